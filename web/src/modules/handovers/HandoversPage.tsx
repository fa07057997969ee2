import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { useKeepsFiles } from '../organization/ForKeepers.tsx'
import { handoversQuery, waitingQuery } from './api.ts'
import { HandoverRows } from './HandoverRows.tsx'

/** 档案移交: what waits to be received, and all that was sent to or from the reader's part of the tree. */
export function HandoversPage() {
  const waiting = useQuery(waitingQuery)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(handoversQuery)
  const maySend = useKeepsFiles() ?? false
  const items = data?.pages.flatMap((it) => it.items)
  return (
    <Page
      title="档案移交"
      breadcrumbs={wayFrom(useSession()?.can ?? [], '/archive')}
      lead="转专业、毕业或转出时，档案由移交方发出、接收方逐件核对后接收。接收以后人员和档案一并转入，培养教育时间连续计算（第12条）。"
      actions={maySend && <LinkButton to="/archive/handovers/new">发起移交</LinkButton>}
    >
      {waiting.data && waiting.data.items.length > 0 && (
        <Section title="等待您这一方接收">
          <HandoverRows label="等待接收的移交" rows={waiting.data.items} />
        </Section>
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : items === undefined ? (
        <PageLoading />
      ) : items.length === 0 ? (
        <EmptyState title="还没有档案移交">
          有人转专业、毕业或转出时，在这里发起移交；别处移交来的，也列在这里。
        </EmptyState>
      ) : (
        <Section title="全部移交">
          <HandoverRows label="全部移交" rows={items} />
          {hasNextPage && (
            <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              查看更早的移交
            </Button>
          )}
        </Section>
      )}
    </Page>
  )
}
