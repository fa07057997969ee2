import { Alert, Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { decisionNames, entryStateNames } from '@zhibu/server/modules/calls/names-schema'
import type { EntryView } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { callQuery, entriesClient, entryQuery, mediaAt } from './api.ts'
import { ConsentsPart } from './ConsentsPart.tsx'
import { WorkCorrections } from './Corrections.tsx'
import { CriteriaShown } from './CriteriaShown.tsx'
import { EntryWriting } from './EntryWriting.tsx'
import { ShownFields } from './ShownFields.tsx'
import { TeamPart } from './TeamPart.tsx'
import { Tellings } from './Tellings.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/calls/entries/$entryId')

/** A work: written by its author, read by its team, and by those who hold the call once it was submitted. */
export function EntryPage() {
  const { entryId } = route.useParams()
  const { data, error, refetch } = useQuery(entryQuery(entryId))
  const call = useQuery({
    ...callQuery(data?.value.call.id ?? ''),
    enabled: data?.value.can.write ?? false,
  }).data?.value
  const breadcrumbs = [
    { label: '征集', to: '/calls' },
    ...(data ? [{ label: data.value.call.title, to: `/calls/${data.value.call.id}` }] : []),
  ]
  if (!data || (data.value.can.write && !call))
    return (
      <Page title="作品" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const it = data.value
  const decided = it.decision !== null && it.can.judge === false
  return (
    <Page
      title={it.title === '' ? '我的作品' : it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.kindName} <Badge color={it.state === 'draft' ? 'gray' : 'blue'}>{entryStateNames[it.state]}</Badge>
        </>
      }
      actions={<Actions it={it} />}
    >
      {decided && it.decision !== null && (
        <Alert color={it.decision === 'accepted' ? 'green' : 'gray'} title={decisionNames[it.decision]}>
          {it.decisionWords === '' ? '感谢参加。' : it.decisionWords}
        </Alert>
      )}
      {it.corrections.length > 0 && (
        <Section title="结果更正">
          <WorkCorrections items={it.corrections} title={it.title} />
        </Section>
      )}
      {it.can.write && call ? (
        <>
          <CriteriaShown criteria={call.criteria} />
          <EntryWriting key={it.id} it={it} etag={data.etag} call={call} />
        </>
      ) : (
        <Section title="作品">
          <ShownFields fields={it.fields} at={mediaAt.entry(it.id)} title={it.title} />
          {it.fields.every((one) => one.text === '' && one.media.length === 0) && (
            <p className={parts.note}>还没有内容。</p>
          )}
        </Section>
      )}
      {it.can.judge && <Tellings it={it} />}
      {it.own && it.state !== 'withdrawn' && <ConsentsPart entryId={it.id} own={it.own} />}
      <TeamPart it={it} />
    </Page>
  )
}

function Actions({ it }: { it: EntryView }) {
  const navigate = route.useNavigate()
  const param = { entryId: it.id }
  const takeBack = useWrite(() => parseResponse(entriesClient[':entryId'].submission.$delete({ param })))
  const withdraw = useWrite(
    () => parseResponse(entriesClient[':entryId'].$delete({ param })),
    () => void navigate({ to: '/calls/$callId', params: { callId: it.call.id } }),
  )
  const isDraft = it.state === 'draft'
  return (
    <>
      {it.can.takeBack && (
        <Button variant="default" loading={takeBack.isPending} onClick={() => takeBack.mutate()}>
          取回修改
        </Button>
      )}
      {it.can.withdraw && (
        <ConfirmButton
          question={
            isDraft
              ? '草稿和里面的内容随即删除，不能恢复。'
              : '作品退出这次征集，已经上架的随即取下。撤回以后不能恢复。'
          }
          confirmLabel={isDraft ? '删除草稿' : '撤回作品'}
          isBusy={withdraw.isPending}
          onConfirm={() => withdraw.mutate()}
        >
          {isDraft ? '删除草稿' : '撤回作品'}
        </ConfirmButton>
      )}
      <ProblemNote error={takeBack.error ?? withdraw.error} />
    </>
  )
}
