import { Badge } from '@mantine/core'
import type { CaseView } from '@zhibu/server/modules/exchanges/schema'

/** By whom a case is, and how it stands. */
export function AuthorLine({
  it,
}: {
  it: Pick<CaseView, 'authorName' | 'institution' | 'isGuest' | 'isSubmitted' | 'agrees'>
}) {
  return (
    <>
      {it.authorName}，{it.institution}
      {it.isGuest && '，校外嘉宾'} {!it.isSubmitted && <Badge color="gray">草稿，只有作者看得到</Badge>}{' '}
      {it.agrees && <Badge color="blue">同意整理成做法卡片</Badge>}
    </>
  )
}
