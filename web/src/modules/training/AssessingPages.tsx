import { Alert, Badge, Button, Checkbox, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { AssessedRound } from '@zhibu/server/modules/training/acceptance-schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { assessedQuery, assessedRoundQuery, assessingClient, assessingQuery } from './acceptanceApi.ts'
import { LevelsField } from './LevelsField.tsx'
import { RoundShown } from './RoundShown.tsx'
import { useWrite } from './useWrite.ts'

const training = { label: '培训', to: '/training' }
const assessing = { label: '我的评议', to: '/training/assessing' }

/** 我的评议: the programmes in which the reader assesses. */
export function AssessingPage() {
  const { data, error, refetch } = useQuery(assessingQuery)
  return (
    <Page
      title="我的评议"
      breadcrumbs={[training]}
      lead="请您评议成果的培训班。两位评议人各自评议，都提交以前互相看不到。"
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : data.items.length === 0 ? (
        <EmptyState title="没有要评议的培训班">有人请您评议时，会通知您。</EmptyState>
      ) : (
        <RowList
          label="要评议的培训班"
          rows={data.items.map((it) => ({
            key: it.programmeId,
            title: (
              <Link to="/training/assessing/$programmeId" params={{ programmeId: it.programmeId }}>
                {it.title}
              </Link>
            ),
            facts: [it.organization, it.waiting > 0 ? `${it.waiting} 人等您评议` : '现在没有等您评议的'],
          }))}
        />
      )}
    </Page>
  )
}

const ofProgramme = getRouteApi('/signed-in/training/assessing/$programmeId')

/** What was handed in in a programme, for whoever assesses there. */
export function AssessedPage() {
  const { programmeId } = ofProgramme.useParams()
  const { data, error, refetch } = useQuery(assessedQuery(programmeId))
  return (
    <Page
      title={data?.title ?? '评议学员成果'}
      breadcrumbs={[training, assessing]}
      {...(data && { subtitle: data.organization })}
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : data.items.length === 0 ? (
        <EmptyState title="还没有要评议的成果">学员提交自评以后，列在这里。已有两位评议的不再列出。</EmptyState>
      ) : (
        <RowList
          label="学员提交的自评"
          rows={data.items.map((it) => ({
            key: it.roundId,
            title: (
              <Link to="/training/assessing/rounds/$roundId" params={{ roundId: it.roundId }}>
                {it.person}
              </Link>
            ),
            mark: it.isGiven ? <Badge color="gray">已评议</Badge> : <Badge color="yellow">待评议</Badge>,
            facts: [
              it.organization,
              it.number > 1 && `第 ${it.number} 次提交`,
              <InstantText key="at" at={it.handedInAt} />,
            ],
          }))}
        />
      )}
    </Page>
  )
}

const ofRound = getRouteApi('/signed-in/training/assessing/rounds/$roundId')

/** One participant's results, to be assessed. */
export function AssessedRoundPage() {
  const { roundId } = ofRound.useParams()
  const { data: it, error, refetch } = useQuery(assessedRoundQuery(roundId))
  return (
    <Page
      title={it ? `评议：${it.person}` : '评议学员成果'}
      breadcrumbs={[
        training,
        assessing,
        ...(it ? [{ label: it.programme.name, to: `/training/assessing/${it.programme.id}` }] : []),
      ]}
      {...(it && { subtitle: it.number > 1 ? `${it.organization}，第 ${it.number} 次提交` : it.organization })}
    >
      {!it ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        <>
          <Section title="学员的自评">
            <RoundShown
              criteria={it.criteria}
              self={it.self}
              assessments={it.own && it.other ? [{ ...it.own, by: '我的评议' }, it.other] : null}
            />
          </Section>
          {it.can.assess ? (
            <Assessing key={roundId} roundId={roundId} it={it} />
          ) : (
            <Alert color="gray">两位评议人都已提交，或者培训班已经办结，评议不能再改。</Alert>
          )}
        </>
      )}
    </Page>
  )
}

function Assessing({ roundId, it }: { roundId: string; it: AssessedRound }) {
  const navigate = ofRound.useNavigate()
  const [levels, setLevels] = useState(it.own?.levels ?? {})
  const [words, setWords] = useState(it.own?.words ?? '')
  const [isSigned, setIsSigned] = useState(it.own?.isSigned ?? false)
  const [isTouched, setIsTouched] = useState(false)
  useUnsaved(isTouched)
  const give = useWrite(
    async () => {
      await parseResponse(
        assessingClient.rounds[':roundId'].$put({ param: { roundId }, json: { levels, words, isSigned } }),
      )
    },
    () => {
      setIsTouched(false)
      void navigate({ to: '/training/assessing/$programmeId', params: { programmeId: it.programme.id } })
    },
  )
  const needs = {
    ...Object.fromEntries(it.criteria.map(({ key, name }) => [name, levels[key] !== undefined])),
    评语: words.trim() !== '',
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length === 0 && !give.isPending) give.mutate()
  }
  return (
    <Section title="我的评议" lead="另一位评议人提交以前可以改，对方看不到；两位都提交以后不能再改。">
      <form onSubmit={submit} onChange={() => setIsTouched(true)} className={parts.form} noValidate>
        <LevelsField criteria={it.criteria} levels={levels} onChange={setLevels} error={give.error} />
        <Textarea
          label="评语"
          description="作出结论以后，学员看得到。"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          error={problemIn(give.error, 'words')}
          maxLength={2000}
          autosize
          minRows={3}
          required
        />
        <Checkbox
          label="署名，学员看得到是我写的"
          checked={isSigned}
          onChange={(event) => setIsSigned(event.currentTarget.checked)}
        />
        <ProblemNote error={give.error} isKept />
        <div className={parts.buttons}>
          <Button type="submit" loading={give.isPending} disabled={missingOf(needs).length > 0}>
            提交评议
          </Button>
          <StillMissing needs={needs} />
        </div>
      </form>
    </Section>
  )
}
