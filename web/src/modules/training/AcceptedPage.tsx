import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { acceptanceStateNames } from '@zhibu/server/modules/training/names-schema'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { DecisionDialog } from './AcceptedListPage.tsx'
import { acceptedQuery } from './acceptanceApi.ts'
import { DecisionNote, Preconditions } from './DecisionNote.tsx'
import { RoundShown } from './RoundShown.tsx'

const route = getRouteApi('/signed-in/training/$programmeId/acceptance/$personId')

/** One participant's results, for whoever runs the programme: what they say, what the assessors say once both have, and what was decided. */
export function AcceptedPage() {
  const { programmeId, personId } = route.useParams()
  const { data: it, error, refetch } = useQuery(acceptedQuery(programmeId, personId))
  const [isDeciding, setIsDeciding] = useState(false)
  return (
    <Page
      title={it?.person.name ?? '学员'}
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(it
          ? [
              { label: it.programme.name, to: `/training/${programmeId}` },
              { label: '验收和办结', to: `/training/${programmeId}/acceptance` },
            ]
          : []),
      ]}
      {...(it && { subtitle: `${it.organization}，${acceptanceStateNames[it.state]}` })}
      actions={it && it.can.decide.length > 0 && <Button onClick={() => setIsDeciding(true)}>决定验收结果</Button>}
    >
      {!it ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        <>
          {it.decisions.map((one, at) => (
            // Decisions keep their places.
            <DecisionNote key={String(at)} it={one} />
          ))}
          {it.preconditions.length > 0 && (
            <Section title="前置条件" lead="只供参考，不是结论。">
              <Preconditions items={it.preconditions} />
            </Section>
          )}
          {it.rounds.length === 0 && it.criteria.length > 0 && <p className={parts.note}>还没有提交自评。</p>}
          {it.rounds.map((round) => (
            <Section key={round.id} title={`第 ${round.number} 次提交`}>
              <p className={parts.note}>
                {round.handedInAt && <InstantText at={round.handedInAt} />} 提交
                {round.assessments === null && `，已有 ${round.given ?? 0} 位评议。两位都提交以后，这里才看得到评议。`}
              </p>
              <RoundShown
                number={round.number}
                criteria={it.criteria}
                self={round.self}
                assessments={round.assessments}
                differing={round.differing}
              />
            </Section>
          ))}
          {isDeciding && (
            <DecisionDialog
              programmeId={programmeId}
              personIds={[personId]}
              decisions={it.can.decide}
              onDone={() => setIsDeciding(false)}
              onClose={() => setIsDeciding(false)}
            />
          )}
        </>
      )}
    </Page>
  )
}
