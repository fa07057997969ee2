import { useInfiniteQuery } from '@tanstack/react-query'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { topicsQuery } from './api.ts'
import { byPromise } from './byPromise.ts'
import { TopicRows } from './TopicRows.tsx'

/** 要答复的建议: what waits for an answer where the reader answers, the nearest promised day first. */
export function ToAnswer() {
  const list = useInfiniteQuery(topicsQuery({ only: 'toAnswer' }))
  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <PageLoading />
  const rows = byPromise(list.data.pages.flatMap((it) => it.items))
  if (rows.length === 0)
    return <EmptyState title="没有要答复的建议">收到的建议、来稿和投诉反映都已答复。新的到了，会列在这里。</EmptyState>
  return (
    <Section title="要答复的建议" lead="您负责的组织收到的建议、来稿和投诉反映，答复期限近的在前。">
      <TopicRows label="要答复的建议" rows={rows} />
      <MoreButton list={list}>查看其余的</MoreButton>
    </Section>
  )
}
