import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { actLabels, stageLabels, waitingLabels } from '@zhibu/rules'
import type { development } from '@zhibu/server/modules/development/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions } from '../../api.ts'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ReasonList } from '../../ui/ReasonList.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './MyWay.module.css'

const developmentClient = hc<typeof development>('/api/development', clientOptions)

/** Where a person stands, what is next, until when, and why. */
export function MyWay({ personId }: { personId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['development', 'own-file', personId],
    queryFn: () => parseResponse(developmentClient.files[':personId'].$get({ param: { personId } })),
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  const { stage, due, person } = data
  const path: string = `/development/${personId}`
  return (
    <Section
      title={stage === null ? '尚未登记入党申请' : `现在是${stageLabels[stage]}`}
      lead={person.organization}
      actions={data.acts.length > 0 && <Link to={path}>查看完整的发展过程</Link>}
    >
      {due.length === 0 ? (
        <EmptyState title={stage === 'full' ? '发展过程已经完成' : '目前没有待办的下一步'}>
          {stage === null && '递交入党申请书后，由党支部登记，这里会显示下一步。'}
        </EmptyState>
      ) : (
        <ol className={classes.next} aria-label="下一步">
          {due.map((act) => (
            <li key={`${act.kind} ${act.latestOn}`}>
              <h3>{actLabels[act.kind]}</h3>
              <p className={classes.facts}>
                {act.earliestOn && (
                  <span>
                    最早 <DayText on={act.earliestOn} />
                  </span>
                )}
                {act.latestOn && (
                  <span>
                    最迟 <DayText on={act.latestOn} relative="deadline" />
                  </span>
                )}
                <span>由{waitingLabels[act.waitingOn]}办理</span>
              </p>
              <ReasonList
                question={act.earliestOn || act.latestOn ? '为什么是这一天' : '依据'}
                reasons={act.reasons.map(({ text, article, facts }) => ({
                  text,
                  ...(article && { citation: `《发展党员工作细则》第 ${article} 条` }),
                  facts,
                }))}
              />
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
