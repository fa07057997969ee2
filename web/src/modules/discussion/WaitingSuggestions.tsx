import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Section } from '../../ui/Section.tsx'
import { countsQuery, topicsQuery } from './api.ts'
import { byPromise } from './byPromise.ts'
import { TopicRows } from './TopicRows.tsx'

/** So many stand on the desk, where other things are due as well. */
const shownAtMost = 5

/** On the desk: suggestions that the reader has to answer, the nearest promised day first. Nothing where none wait. */
export function WaitingSuggestions() {
  const waiting = useQuery({ ...countsQuery, staleTime: 60_000 }).data?.toAnswer ?? 0
  const { data } = useInfiniteQuery({ ...topicsQuery({ only: 'toAnswer' }), enabled: waiting > 0 })
  if (waiting === 0 || !data) return null
  const rows = byPromise(data.pages.flatMap((it) => it.items))
  return (
    <Section
      title="要答复的建议"
      lead="您负责的组织收到的建议、来稿和投诉反映，答复期限近的在前。"
      actions={
        <LinkButton variant="default" to="/discussion" search={{ list: 'answers' }}>
          全部 {waiting} 条
        </LinkButton>
      }
    >
      <TopicRows label="要答复的建议" rows={rows.slice(0, shownAtMost)} />
    </Section>
  )
}
