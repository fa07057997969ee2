import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { filingChangesQuery } from '../archive/api.ts'

/** Who changed the filing list, when, why and what. */
export function FilingHistory() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(filingChangesQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  const changes = data.pages.flatMap((it) => it.items)
  return (
    <Section title="调整记录">
      {changes.length === 0 && <p>本校还没有调整过归档清单，现在使用系统自带的清单。</p>}
      <RowList
        label="调整记录"
        rows={changes.map((it) => ({
          key: it.at,
          title: it.changes.join('；'),
          facts: [
            <span key="by">
              {it.by}，<InstantText at={it.at} />
            </span>,
            `原因：${it.reason}`,
          ],
        }))}
      />
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          查看更早的调整
        </Button>
      )}
    </Section>
  )
}
