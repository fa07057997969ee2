import { Badge } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import { topicKindNames } from '@zhibu/server/modules/discussion/names-schema'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { MarkedText } from '../../ui/MarkedText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { foundPostsQuery } from './api.ts'
import classes from './Discussion.module.css'

interface Props {
  q: string
  organizationId: string | undefined
}

/** The posts in which all words stand, the newest first. */
export function FoundPosts({ q, organizationId }: Props) {
  const list = useInfiniteQuery(foundPostsQuery(q, organizationId))
  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <PageLoading />
  const rows = list.data.pages.flatMap((it) => it.items)
  if (rows.length === 0) return <EmptyState title={`没有找到“${q}”`}>换一个字词，或者不限组织再查找。</EmptyState>
  return (
    <Section title={`含有“${q}”的发言`}>
      <RowList
        label="找到的发言"
        rows={rows.map((it) => ({
          key: it.postId,
          title: (
            <Link
              to="/discussion/topics/$topicId"
              params={{ topicId: it.topicId }}
              search={{ post: String(it.seq) }}
              className={classes.topic}
            >
              <MarkedText {...it.title} />
            </Link>
          ),
          mark: <Badge variant="default">{topicKindNames[it.kind]}</Badge>,
          facts: [
            <MarkedText key="text" {...it.snippet} />,
            it.organization.name,
            it.authorName,
            isDay(it.on) && <DayText key="on" on={it.on} />,
          ],
        }))}
      />
      <MoreButton list={list}>查看更早的发言</MoreButton>
    </Section>
  )
}
