import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { ActivityRows } from './ActivityRows.tsx'
import { ownSignUpsQuery } from './api.ts'

const title = '我报名的'

/** 我报名的: the activities to come for which the reader has signed up, and where they stand in each. */
export function OwnSignUps() {
  const { data, error, refetch } = useQuery(ownSignUpsQuery)
  return (
    <Section title={title} lead="还没有办的，最近的在前。办过的在“往期活动”里。">
      {data ? (
        data.items.length > 0 ? (
          <ActivityRows
            label={title}
            rows={data.items}
            markOf={({ own, state }) => {
              if (state === 'cancelled') return ''
              return own.place === 'taken' ? '已报名' : `候补第 ${own.queue} 位`
            }}
          />
        ) : (
          <EmptyState title="没有报名的活动">在“近期活动”里点开一项，需要报名的可以在那里报名。</EmptyState>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Section>
  )
}
