import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CardRow } from '@zhibu/server/modules/exchanges/card-schema'
import type { MeetingRow } from '@zhibu/server/modules/exchanges/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Section } from '../../ui/Section.tsx'
import { TabLinks } from '../../ui/TabLinks.tsx'
import { whenOf } from '../activities/words.ts'
import { cardsQuery, meetingListQuery } from './api.ts'
import classes from './Exchanges.module.css'
import { MeetingDialog } from './MeetingDialog.tsx'
import { meetingStateNames, stateColours } from './words.ts'

const route = getRouteApi('/signed-in/training/exchanges')

/** 经验交流: the meetings, and the library of practices. */
export function ExchangesPage() {
  const { list } = route.useSearch()
  const navigate = route.useNavigate()
  const organizations = useQuery(meetingListQuery).data?.organizations ?? []
  const [isNew, setIsNew] = useState(false)
  return (
    <Page
      title="经验交流"
      breadcrumbs={[{ label: '培训', to: '/training' }]}
      lead="把各自试过的做法摆出来谈，会后整理成卡片，别人可以照着试，再把结果说回来。不评比、不排名。"
      actions={organizations.length > 0 && <Button onClick={() => setIsNew(true)}>筹备交流会</Button>}
    >
      <TabLinks
        label="经验交流的各部分"
        to="/training/exchanges"
        tabs={[{ label: '交流会' }, { list: 'cards', label: '做法库' }]}
        current={list}
      />
      {list === 'cards' ? <Library /> : <Meetings />}
      {isNew && (
        <MeetingDialog
          organizations={organizations}
          onClose={() => setIsNew(false)}
          onDone={(exchangeId) => void navigate({ to: '/training/exchanges/$exchangeId', params: { exchangeId } })}
        />
      )}
    </Page>
  )
}

function Meetings() {
  const { data, error, refetch } = useQuery(meetingListQuery)
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  if (data.items.length === 0)
    return (
      <EmptyState title="还没有交流会">
        {data.organizations.length > 0
          ? '点“筹备交流会”，写明主题，请各支部和校外的同行来谈。'
          : '举办单位发布以后，列在这里。'}
      </EmptyState>
    )
  return (
    <>
      <RowList label="交流会" rows={data.items.map(meetingRow)} />
      {data.isCut && <p className={parts.note}>只列出最近的 200 场。</p>}
    </>
  )
}

const meetingRow = (it: MeetingRow) => ({
  key: it.id,
  title: (
    <Link to="/training/exchanges/$exchangeId" params={{ exchangeId: it.id }} className={parts.link}>
      {it.title}
    </Link>
  ),
  mark: <Badge color={stateColours[it.state]}>{meetingStateNames[it.state]}</Badge>,
  facts: [whenOf({ ...it, fromOn: it.on, untilOn: null }), it.place, it.organization.name],
})

function Library() {
  const { q, topic } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(cardsQuery(q, topic))
  const narrow = (part: { q?: string | undefined; topic?: string | undefined }) =>
    void navigate({ search: { list: 'cards', q, topic, ...part }, replace: true })
  const cards = list.data?.pages.flatMap((it) => it.items)
  const topics = list.data?.pages[0]?.topics ?? []
  return (
    <Section title="做法库" lead="全校都能看。按放进来的先后排列，新的在前。">
      <div className={parts.form}>
        <search className="no-print">
          <SearchField
            label="查找做法"
            placeholder="问题、做法、单位，按回车查找"
            value={q}
            onSearch={(q) => narrow({ q })}
          />
        </search>
        {topic !== undefined ? (
          <div>
            <FilterChip label={`主题“${topic}”`} onRemove={() => narrow({ topic: undefined })} />
          </div>
        ) : (
          topics.length > 0 && (
            <nav aria-label="主题" className={`${classes.topics} no-print`}>
              {topics.map((it) => (
                <Link key={it} to="/training/exchanges" search={{ list: 'cards', q, topic: it }}>
                  {it}
                </Link>
              ))}
            </nav>
          )
        )}
        {list.error && !cards ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : !cards ? (
          <PageLoading />
        ) : cards.length > 0 ? (
          <RowList label="做法" rows={cards.map(cardRow)} />
        ) : q !== undefined || topic !== undefined ? (
          <EmptyState title="没有找到做法">请换个词，或去掉主题。</EmptyState>
        ) : (
          <EmptyState title="做法库还是空的">交流会上的案例，经作者同意、举办单位整理以后，列在这里。</EmptyState>
        )}
        {list.hasNextPage && (
          <div>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              查看更早的做法
            </Button>
          </div>
        )}
      </div>
    </Section>
  )
}

const cardRow = (it: CardRow) => ({
  key: it.id,
  title: (
    <Link to="/training/exchanges/cards/$cardId" params={{ cardId: it.id }} className={parts.link}>
      {it.title}
    </Link>
  ),
  facts: [`${it.authorName}，${it.institution}`, it.topics.join('、'), it.problem],
})
