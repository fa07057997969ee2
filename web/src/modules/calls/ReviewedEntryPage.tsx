import { Alert, Button, Checkbox, Radio, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { reviewStateNames } from '@zhibu/server/modules/calls/names-schema'
import type { ReviewedEntry } from '@zhibu/server/modules/calls/review-schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { callsKey, mediaAt, reviewedEntryQuery, reviewingClient } from './api.ts'
import classes from './Calls.module.css'
import { ShownFields } from './ShownFields.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/calls/reviewing/$callId/$number')

/** One entry to be reviewed. */
export function ReviewedEntryPage() {
  const { callId, number } = route.useParams()
  const { data, error, refetch } = useQuery(reviewedEntryQuery(callId, number))
  const breadcrumbs = [
    { label: '征集', to: '/calls' },
    ...(data ? [{ label: `评审：${data.callTitle}`, to: `/calls/reviewing/${callId}` }] : []),
  ]
  if (!data)
    return (
      <Page title="评审作品" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={`${data.number} 号 ${data.title}`}
      breadcrumbs={breadcrumbs}
      subtitle={`${data.kindName}，${reviewStateNames[data.state]}${
        data.authors.length > 0 ? `，作者：${data.authors.join('、')}` : ''
      }`}
    >
      <Section title="作品">
        <ShownFields fields={data.fields} at={mediaAt.review(callId, number)} title={data.title} />
      </Section>
      {data.canReview ? (
        <Reviewing key={`${callId} ${number}`} callId={callId} it={data} />
      ) : (
        <Alert color="gray">
          {data.state === 'recused' ? '您已经回避这件作品。' : '这一轮评审已经结束，意见不能再改。'}
        </Alert>
      )}
    </Page>
  )
}

function Reviewing({ callId, it }: { callId: string; it: ReviewedEntry }) {
  const navigate = route.useNavigate()
  const back = () => void navigate({ to: '/calls/reviewing/$callId', params: { callId } })
  const param = { callId, number: String(it.number) }
  const [levels, setLevels] = useState(it.own.levels)
  const [abstains, setAbstains] = useState(it.own.abstainReason !== '')
  const [abstainReason, setAbstainReason] = useState(it.own.abstainReason)
  const [remark, setRemark] = useState(it.own.remark)
  const [isRecusing, setIsRecusing] = useState(false)
  const to = reviewingClient[':callId'].entries[':number']
  const give = useWrite(async () => {
    const json = { levels: abstains ? {} : levels, abstainReason: abstains ? abstainReason : '', remark }
    await parseResponse(to.review.$put({ param, json }))
  }, back)
  const needs = abstains
    ? { 弃权的原因: abstainReason.trim() !== '' }
    : Object.fromEntries(it.criteria.map(({ key, name }) => [name, levels[key] !== undefined]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length === 0 && !give.isPending) give.mutate()
  }
  return (
    <Section
      title="我的意见"
      actions={
        <Button variant="default" onClick={() => setIsRecusing(true)}>
          回避这件作品
        </Button>
      }
    >
      <form onSubmit={submit} className={classes.form} noValidate>
        <Checkbox
          label="弃权，不评价这件作品"
          checked={abstains}
          onChange={(event) => setAbstains(event.currentTarget.checked)}
        />
        {abstains ? (
          <Textarea
            label="弃权的原因"
            value={abstainReason}
            onChange={(event) => setAbstainReason(event.currentTarget.value)}
            error={problemIn(give.error, 'abstainReason')}
            maxLength={500}
            autosize
            minRows={2}
            required
          />
        ) : (
          it.criteria.map((criterion) => (
            <Radio.Group
              key={criterion.key}
              label={criterion.name}
              value={levels[criterion.key] === undefined ? '' : String(levels[criterion.key])}
              onChange={(value) => setLevels({ ...levels, [criterion.key]: Number(value) })}
              error={problemIn(give.error, `levels.${criterion.key}`)}
              required
            >
              {criterion.levels.map((level, place) => (
                <Radio key={level.name} value={String(place)} label={level.name} description={level.words} mt="xs" />
              ))}
            </Radio.Group>
          ))
        )}
        <Textarea
          label="评语"
          description="征集单位看到，不写您的名字。"
          value={remark}
          onChange={(event) => setRemark(event.currentTarget.value)}
          error={problemIn(give.error, 'remark')}
          maxLength={2_000}
          autosize
          minRows={3}
        />
        <ProblemNote error={give.error} isKept />
        <div className={parts.buttons}>
          <Button type="submit" loading={give.isPending} disabled={missingOf(needs).length > 0}>
            保存意见
          </Button>
          <StillMissing needs={needs} />
        </div>
      </form>
      {isRecusing && (
        <ReasonDialog
          title="回避这件作品"
          lead="认出了作者，或者和作者有利害关系的，请回避。作品改分给别人，您写过的意见作废。"
          label="回避的原因"
          submitLabel="回避"
          write={async (reason) => {
            await parseResponse(to.recusal.$post({ param, json: { reason } }))
          }}
          changes={callsKey}
          onClose={() => setIsRecusing(false)}
        />
      )}
    </Section>
  )
}
