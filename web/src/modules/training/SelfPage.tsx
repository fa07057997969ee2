import { Alert, Button, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import type { AcceptanceView, OwnWorks, SelfAssessment } from '@zhibu/server/modules/training/acceptance-schema'
import { acceptanceStateNames, workKindNames } from '@zhibu/server/modules/training/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { acceptanceClient, acceptanceQuery, worksQuery } from './acceptanceApi.ts'
import { programmeQuery } from './api.ts'
import { DecisionNote, Preconditions } from './DecisionNote.tsx'
import { LevelsField } from './LevelsField.tsx'
import { RoundShown } from './RoundShown.tsx'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/self')

type Own = NonNullable<AcceptanceView['own']>

/** A participant's own results: what they say of themselves, what was decided, and what is missing. */
export function SelfPage() {
  const { programmeId } = route.useParams()
  const programme = useQuery(programmeQuery(programmeId)).data?.value
  const { data, error, refetch } = useQuery(acceptanceQuery(programmeId))
  const view = data?.value
  const own = view?.own
  const [latest] = own?.rounds ?? []
  return (
    <Page
      title="我的成果验收"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(programme ? [{ label: programme.title, to: `/training/${programmeId}` }] : []),
      ]}
      {...(own && { subtitle: acceptanceStateNames[own.state] })}
      lead="提交以前只有您自己看得到。提交以后，评议人和组织培训的人看得到，别人看不到。"
    >
      {!view ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : !own ? (
        <Alert color="gray">您没有录取到这个培训班，不用自评。</Alert>
      ) : (
        <>
          {own.decisions[0] && <DecisionNote it={own.decisions[0]} />}
          {own.preconditions.length > 0 && (
            <Section title="前置条件" lead="供您对照，不是结论。">
              <Preconditions items={own.preconditions} />
            </Section>
          )}
          {own.can.write && (
            <Writing
              key={`${latest?.id} ${latest?.revision}`}
              programmeId={programmeId}
              criteria={view.criteria}
              own={own}
            />
          )}
          {own.rounds
            .filter((it) => it.handedInAt !== null)
            .map((it) => (
              <Section key={it.id} title={`第 ${it.number} 次提交`}>
                <RoundShown number={it.number} criteria={view.criteria} self={it.self} assessments={it.assessments} />
              </Section>
            ))}
        </>
      )}
    </Page>
  )
}

const blank: SelfAssessment = { levels: {}, notes: {}, evidence: [], words: '' }

interface WritingProps {
  programmeId: string
  criteria: AcceptanceView['criteria']
  own: Own
}

function Writing({ programmeId, criteria, own }: WritingProps) {
  const [latest] = own.rounds
  const kept = latest?.self ?? blank
  const [it, setIt] = useState(kept)
  const isTouched = it !== kept
  useUnsaved(isTouched)
  const tag = ifMatch(`"${latest?.revision ?? 0}"`)
  const save = useWrite(() => parseResponse(acceptanceClient.own.$put({ param: { programmeId }, json: it }, tag)))
  const handIn = useWrite(() =>
    parseResponse(acceptanceClient.own['handing-in'].$post({ param: { programmeId } }, tag)),
  )
  const missing = criteria.filter(({ key }) => it.levels[key] === undefined || (it.notes[key] ?? '').trim() === '')
  const setEvidence = (evidence: SelfAssessment['evidence']) => setIt({ ...it, evidence })
  return (
    <Section title={latest && latest.number > 1 ? `自评（第 ${latest.number} 次）` : '自评'}>
      <div className={parts.form}>
        <LevelsField
          criteria={criteria}
          levels={it.levels}
          onChange={(levels) => setIt({ ...it, levels })}
          error={save.error}
          beside={(key) => (
            <Textarea
              label={`怎样做到的：${criteria.find((one) => one.key === key)?.name ?? ''}`}
              value={it.notes[key] ?? ''}
              onChange={(event) => setIt({ ...it, notes: { ...it.notes, [key]: event.currentTarget.value } })}
              error={problemIn(save.error, `notes.${key}`)}
              maxLength={500}
              autosize
              minRows={2}
              required
            />
          )}
        />
        <fieldset className={classes.own}>
          <legend>成果</legend>
          {it.evidence.map((one, place) => {
            const set = (part: Partial<typeof one>) =>
              setEvidence(it.evidence.map((other, at) => (at === place ? { ...other, ...part } : other)))
            return (
              // Pieces of work have no names of their own until they are written, and keep their places.
              <div key={String(place)} className={classes.pair}>
                <TextInput
                  label={`成果 ${place + 1} 的名称`}
                  value={one.title}
                  onChange={(event) => set({ title: event.currentTarget.value })}
                  error={problemIn(save.error, `evidence.${place}.title`)}
                  maxLength={80}
                  required
                />
                <TextInput
                  label={`成果 ${place + 1} 的网址（可不填）`}
                  value={one.url}
                  onChange={(event) => set({ url: event.currentTarget.value })}
                  error={problemIn(save.error, `evidence.${place}.url`)}
                  maxLength={500}
                />
                <Button
                  variant="default"
                  aria-label={`删去成果 ${place + 1}`}
                  onClick={() => setEvidence(it.evidence.filter((_, at) => at !== place))}
                >
                  删去
                </Button>
              </div>
            )
          })}
          <WorkChooser
            chosen={it.evidence.map((one) => one.url)}
            isFull={it.evidence.length >= mostWorks}
            onChoose={({ title, url }) => setEvidence([...it.evidence, { title: title.slice(0, 80), url, about: '' }])}
          />
          <div className={parts.buttons}>
            <Button
              variant="default"
              disabled={it.evidence.length >= mostWorks}
              onClick={() => setEvidence([...it.evidence, { title: '', url: '', about: '' }])}
            >
              添加成果
            </Button>
          </div>
        </fieldset>
        <Textarea
          label="还想说明的（可不填）"
          value={it.words}
          onChange={(event) => setIt({ ...it, words: event.currentTarget.value })}
          error={problemIn(save.error, 'words')}
          maxLength={2000}
          autosize
          minRows={2}
        />
        <ProblemNote error={save.error ?? handIn.error} isKept />
        <div className={parts.buttons}>
          <Button onClick={() => save.mutate()} loading={save.isPending} disabled={!isTouched}>
            保存自评
          </Button>
          <ConfirmButton
            question="提交以后不能再改，评议人和组织培训的人就看得到了。"
            confirmLabel="提交自评"
            isBusy={handIn.isPending}
            disabled={isTouched || latest === undefined || missing.length > 0}
            onConfirm={() => handIn.mutate()}
          >
            提交自评
          </ConfirmButton>
          {missing.length > 0 ? (
            <p className={parts.note}>提交以前还需填写：{missing.map((one) => one.name).join('、')}</p>
          ) : (
            isTouched && <p className={parts.note}>先保存，再提交。</p>
          )}
        </div>
      </div>
    </Section>
  )
}

/** So many pieces of work may be named. */
const mostWorks = 20

interface ChooserProps {
  /** The addresses of what is named already. */
  chosen: readonly string[]
  isFull: boolean
  onChoose: (work: OwnWorks['items'][number]) => void
}

/** What the reader has done here, to be named without typing it; nothing where there is nothing. */
function WorkChooser({ chosen, isFull, onChoose }: ChooserProps) {
  const works = useQuery(worksQuery).data?.items.filter((it) => !chosen.includes(it.url)) ?? []
  if (works.length === 0) return null
  return (
    <Select
      label="从您在本系统里做过的选（可不选）"
      description="选了就填好名称和网址，可以再改。评议人打开时，按各页面的权限看得到多少是多少。"
      placeholder="做法卡片、交流案例、文章、活动、学习心得"
      data={works.map((it) => ({
        value: it.url,
        label: `${workKindNames[it.kind]}：${it.title}${it.on ? `（${dayWritten(it.on)}）` : ''}`,
      }))}
      value={null}
      onChange={(url) => {
        const work = works.find((it) => it.url === url)
        if (work) onChoose(work)
      }}
      disabled={isFull}
      searchable
      nothingFoundMessage="没有这样的"
    />
  )
}
