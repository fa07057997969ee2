import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import { reviewStateNames } from '@zhibu/server/modules/calls/names-schema'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { reviewedCallQuery } from './api.ts'
import classes from './Calls.module.css'

const route = getRouteApi('/signed-in/calls/reviewing/$callId')
const breadcrumbs = [{ label: '征集', to: '/calls' }]

/** What was given to the reader to review, by numbers. */
export function ReviewedCallPage() {
  const { callId } = route.useParams()
  const { data, error, refetch } = useQuery(reviewedCallQuery(callId))
  if (!data)
    return (
      <Page title="评审" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const { phase, entries } = data
  return (
    <Page
      title={`评审：${data.title}`}
      breadcrumbs={breadcrumbs}
      subtitle={
        phase && isDay(phase.untilOn) ? (
          <>
            {phase.name}，评到 <DayText on={phase.untilOn} {...(phase.isOpen && { relative: 'day' as const })} />
          </>
        ) : undefined
      }
      lead="每件作品按各条标准选一档，写几句评语。不便评价的可以弃权，认出作者的请回避。结束以前都可以改。"
    >
      <Section title="分给我的作品">
        {entries.length === 0 ? (
          <EmptyState title="还没有分给您的作品">评审开始以后列在这里。</EmptyState>
        ) : (
          <RowList
            label="分给我的作品"
            rows={entries.map((it) => ({
              key: String(it.number),
              title: (
                <Link
                  to="/calls/reviewing/$callId/$number"
                  params={{ callId, number: String(it.number) }}
                  className={classes.link}
                >
                  {it.number} 号 {it.title}
                </Link>
              ),
              mark: <Badge color={it.state === 'open' ? 'blue' : 'gray'}>{reviewStateNames[it.state]}</Badge>,
              facts: [it.kindName],
            }))}
          />
        )}
      </Section>
    </Page>
  )
}
