import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { cardNames, traitNames } from '@zhibu/server/modules/reports/names-schema'
import type { BehindRow } from '@zhibu/server/modules/reports/schema'
import { codeIn } from '../../ui/choices.ts'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { behindQuery, cardQuery } from './api.ts'

const route = getRouteApi('/signed-in/reports/rows')

/** The people or organisations behind one figure. */
export function BehindPage() {
  const search = route.useSearch()
  const organizationId = search.organization ?? ''
  const key = codeIn(cardNames, search.card ?? null) ?? 'stages'
  const by = codeIn(traitNames, search.by ?? null) ?? undefined
  const { row = '', column = '' } = search
  const card = useQuery(cardQuery(organizationId, key, { by })).data
  const list = useInfiniteQuery(behindQuery(organizationId, key, { by, row, column }))
  const items = list.data?.pages.flatMap((it) => it.items)
  const named = (of: { key: string; label: string }[] | undefined, wanted: string) =>
    of?.find((it) => it.key === wanted)?.label
  const [line, heading] = [named(card?.rows, row), named(card?.columns, column)]
  return (
    <Page
      title={line && heading ? `${heading}：${line}` : '名单'}
      breadcrumbs={[{ label: '统计', to: '/reports' }]}
      {...(card && { subtitle: `${card.organization.name}，${card.title}` })}
    >
      {items === undefined ? (
        list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        <Section title="名单" lead="按姓名排列。">
          {items.length === 0 ? (
            <EmptyState title="现在没有了">记录可能刚刚改过，请回到统计页重新看。</EmptyState>
          ) : (
            <RowList label="名单" rows={items.map(rowOf)} />
          )}
          {list.hasNextPage && (
            <div>
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                显示更多
              </Button>
            </div>
          )}
        </Section>
      )}
    </Page>
  )
}

const rowOf = (it: BehindRow) => ({
  key: it.id,
  title:
    it.kind === 'person' ? (
      <Link to="/development/$personId" params={{ personId: it.id }}>
        {it.name}
      </Link>
    ) : (
      <Link to="/organization/$organizationId" params={{ organizationId: it.id }}>
        {it.name}
      </Link>
    ),
  facts: [it.organization, it.on && <DayText key="on" on={it.on} />],
})
