import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { type Tab, TabLinks } from '../../ui/TabLinks.tsx'
import { placesQuery, reviewedQuery } from './api.ts'
import { CallList } from './CallList.tsx'
import { ReviewedCalls } from './ReviewedCalls.tsx'
import { Shelf } from './Shelf.tsx'
import type { CallsPart } from './searches.ts'

const route = getRouteApi('/signed-in/calls')

/** 征集: what is called for now, what was, what came of it, and what the reader reviews or holds. */
export function CallsPage() {
  const { list } = route.useSearch()
  const holds = (useQuery(placesQuery).data?.items.length ?? 0) > 0
  return (
    <Page
      title="征集"
      breadcrumbs={[{ label: '活动', to: '/activities' }]}
      lead="党员故事和其他作品的征集、评审和作品架。作品由人评、用文字说，不打分、不排名。"
      actions={holds && <LinkButton to="/calls/new">发起征集</LinkButton>}
    >
      <Tabs list={list} holds={holds} />
      <Part list={list} />
    </Page>
  )
}

function Part({ list }: { list: CallsPart | undefined }) {
  if (list === 'shelf') return <Shelf />
  if (list === 'reviewing') return <ReviewedCalls />
  return <CallList key={list} only={list ?? 'open'} />
}

function Tabs({ list, holds }: { list: CallsPart | undefined; holds: boolean }) {
  const open = useQuery(reviewedQuery).data?.items.reduce((sum, it) => sum + it.open, 0)
  const shown: Tab<CallsPart>[] = [
    { label: '正在征集' },
    { list: 'over', label: '已截止的' },
    { list: 'shelf', label: '作品架' },
    { list: 'reviewing', label: '我的评审', count: open },
    ...(holds || list === 'held' ? ([{ list: 'held', label: '我负责的' }] as const) : []),
  ]
  return <TabLinks label="征集的各部分" to="/calls" tabs={shown} current={list} />
}
