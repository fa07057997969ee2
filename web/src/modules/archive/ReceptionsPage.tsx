import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useKeepsFiles } from '../organization/ForKeepers.tsx'
import { receptionsQuery } from './api.ts'
import { receptionRowOf } from './receptionRow.tsx'

/** The packages of other keepers that were taken over, the last one first. */
export function ReceptionsPage() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(receptionsQuery())
  const mayReceive = useKeepsFiles() ?? false
  const rows = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <Page
      title="接收记录"
      breadcrumbs={wayFrom(useSession()?.can ?? [], '/archive')}
      lead="从其他学校或其他系统接收的档案包。每次接收都有回执，可以交给移交方核对。"
      actions={mayReceive && <LinkButton to="/archive/receptions/new">接收档案包</LinkButton>}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && rows.length === 0 && (
        <EmptyState title="还没有接收过档案包">收到其他单位移交的档案包（.zip）时，在这里接收。</EmptyState>
      )}
      {rows.length > 0 && (
        <Section title="接收过的档案包">
          <RowList label="接收过的档案包" rows={rows.map(receptionRowOf)} />
          {hasNextPage && (
            <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              查看更早的
            </Button>
          )}
        </Section>
      )}
    </Page>
  )
}
