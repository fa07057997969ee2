import { Button } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { NumberingChange } from '@zhibu/server/modules/archive/seal-schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'

interface Props {
  /** Names the list for screen readers. */
  label: string
  query: UseInfiniteQueryResult<InfiniteData<{ items: NumberingChange[] }>>
  /** Said where nothing has been changed yet. */
  none: string
}

/** Who changed a setting of the archive, when, why and what, the last change first. */
export function ChangeHistory({ label, query, none }: Props) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  const changes = data.pages.flatMap((it) => it.items)
  if (changes.length === 0) return <p>{none}</p>
  return (
    <>
      <RowList
        label={label}
        rows={changes.map((it) => ({
          key: it.at,
          title: it.changes.join('；'),
          facts: [
            <span key="by">
              {it.by}，<InstantText at={it.at} />
            </span>,
            it.reason !== null && `原因：${it.reason}`,
          ],
        }))}
      />
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          查看更早的{label}
        </Button>
      )}
    </>
  )
}
