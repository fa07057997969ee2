import { useInfiniteQuery } from '@tanstack/react-query'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { topicsQuery } from './api.ts'
import { TopicRows } from './TopicRows.tsx'

/** 与我有关: what is new where the reader takes part or was named, and what they have to answer. */
export function Concerning() {
  const list = useInfiniteQuery(topicsQuery({ only: 'concerning' }))
  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <PageLoading />
  const rows = list.data.pages.flatMap((it) => it.items)
  if (rows.length === 0)
    return (
      <EmptyState title="没有与您有关的新内容">
        有人提到您、您关注的话题有新发言、您的建议有答复，或者有建议要您答复，都会列在这里。
      </EmptyState>
    )
  return (
    <Section
      title="与我有关"
      lead="提到您的、您关注的话题里没看过的，您的建议的办理和答复，要您答复的建议。看过、答复过就不再列出。只有您自己看得到。"
    >
      <TopicRows label="与我有关" rows={rows} />
      <MoreButton list={list}>查看其余的</MoreButton>
    </Section>
  )
}
