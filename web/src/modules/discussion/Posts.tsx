import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Post, TopicView } from '@zhibu/server/modules/discussion/schema'
import { Fragment, useEffect, useRef, useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { type Door, postsAtOnce, postsQuery } from './api.ts'
import classes from './Discussion.module.css'
import { PostCard } from './PostCard.tsx'
import { ReplyForm } from './ReplyForm.tsx'
import { useMarkRead } from './useMarkRead.ts'

interface Props {
  it: TopicView
  /** Begins at this post instead of the first one that was not read. */
  begin?: number | undefined
  door?: Door
}

/** What was said, both ways from where the reader begins, and the form for a reply. */
export function Posts({ it, begin, door = 'topics' }: Props) {
  const [start, setStart] = useState(() => startOf(it, begin))
  // What was unread when the page was opened stays marked, although it counts as read by now; what the reader adds is not.
  const [unreadFrom] = useState(it.readSeq > 0 && it.readSeq < it.lastSeq ? it.readSeq + 1 : undefined)
  const [quoted, setQuoted] = useState<{ post: Post }>()
  const list = useInfiniteQuery(postsQuery(it.id, start, door))
  const posts = list.data?.pages.flatMap((page) => page.items) ?? []
  const lastSeen = posts.at(-1)?.seq
  useMarkRead(door === 'topics' ? it : undefined, lastSeen)
  const target = begin ?? unreadFrom
  const place = useRef<HTMLLIElement>(null)
  const isThere = posts.some((post) => post.seq === target)
  useEffect(() => {
    if (isThere) place.current?.scrollIntoView({ block: 'start' })
  }, [isThere])

  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <PageLoading />
  return (
    <>
      {list.hasPreviousPage && (
        <div className={parts.buttons}>
          <Button variant="default" loading={list.isFetchingPreviousPage} onClick={() => void list.fetchPreviousPage()}>
            查看前面的发言
          </Button>
          <Button variant="subtle" onClick={() => setStart({ after: 0 })}>
            从第 1 条看起
          </Button>
        </div>
      )}
      <ol className={classes.posts} aria-label="发言">
        {posts.map((post) => (
          <Fragment key={post.id}>
            {post.seq === unreadFrom && <li className={classes.unread}>以下没看过</li>}
            <PostCard
              post={post}
              topic={it}
              door={door}
              place={post.seq === target ? place : undefined}
              onQuote={it.can.reply ? () => setQuoted({ post }) : undefined}
            />
          </Fragment>
        ))}
      </ol>
      {list.hasNextPage && (
        <div className={parts.buttons}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            查看后面的发言
          </Button>
          <Button variant="subtle" onClick={() => setStart(endOf(it))}>
            看最后几条
          </Button>
        </div>
      )}
      {it.can.reply && (
        <ReplyForm
          it={it}
          quoted={quoted}
          onUnquote={() => setQuoted(undefined)}
          onReplied={() => {
            setQuoted(undefined)
            const isFull = (list.data?.pages.at(-1)?.items.length ?? 0) >= postsAtOnce
            if (list.hasNextPage || isFull) setStart(endOf({ lastSeq: it.lastSeq + 1 }))
          }}
        />
      )}
    </>
  )
}

/** A little above the post that is looked for, else above the first unread one; never so far down that the page stays short. */
function startOf({ readSeq, lastSeq }: TopicView, begin: number | undefined): { after: number } {
  const wanted = begin === undefined ? readSeq - 1 : begin - postsAtOnce / 2
  return { after: Math.max(0, Math.min(wanted, endOf({ lastSeq }).after)) }
}

const endOf = ({ lastSeq }: { lastSeq: number }) => ({ after: Math.max(0, lastSeq - postsAtOnce) })
