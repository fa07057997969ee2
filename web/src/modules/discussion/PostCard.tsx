import { Alert, Badge, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { stepNames } from '@zhibu/server/modules/discussion/names-schema'
import type { Post, TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { type RefObject, useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RichTextView } from '../../ui/rich-text/RichTextView.tsx'
import { type Door, moderationClient, ownProtectedQuery, postsClient, protectedClient, topicsClient } from './api.ts'
import classes from './Discussion.module.css'
import { EditsDialog } from './EditsDialog.tsx'
import { hidingOf } from './hiding.ts'
import { PostEditing } from './PostEditing.tsx'
import { picturesOf } from './pictures.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useWrite } from './useWrite.ts'
import { WrittenAt } from './WrittenAt.tsx'

interface Props {
  post: Post
  topic: TopicView
  door: Door
  /** Where the page scrolls to. */
  place?: RefObject<HTMLLIElement | null> | undefined
  onQuote?: (() => void) | undefined
}

type Open = 'editing' | 'edits' | 'report' | 'hide' | 'appeal' | undefined

/** One post: who wrote it and when, what it says, and what its reader may do with it. */
export function PostCard({ post, topic, door, place, onQuote }: Props) {
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const isAccepted = topic.acceptedPostId === post.id
  return (
    <li
      className={classes.post}
      ref={place}
      id={`post-${post.seq}`}
      data-step={post.step !== null}
      data-accepted={isAccepted}
    >
      <header className={classes.head}>
        <span className={classes.author}>{post.authorName || '已注销的账号'}</span>
        {post.isByAuthor && post.seq > 1 && <Badge variant="default">作者</Badge>}
        {post.step && <Badge color="blue">{stepNames[post.step]}</Badge>}
        {isAccepted && <Badge color="green">选定的答案</Badge>}
        <span className={classes.aside}>
          {post.officeName && `${post.officeName}，`}
          <WrittenAt at={post.createdAt} isProtected={topic.isProtected && post.isByAuthor} />
        </span>
        <PostNumber seq={post.seq} topicId={door === 'topics' ? topic.id : undefined} />
      </header>
      {post.quoted && (
        <blockquote className={classes.quote}>
          {post.quoted.authorName}（第 {post.quoted.seq} 条）：{post.quoted.excerpt ?? '（原文已不显示）'}
        </blockquote>
      )}
      {open === 'editing' && post.body ? (
        <PostEditing post={post} topic={topic} onClose={close} />
      ) : (
        <Said post={post} door={door} />
      )}
      {post.hiding && <Hidden hiding={post.hiding} onAppeal={() => setOpen('appeal')} />}
      {open !== 'editing' && <Buttons {...{ post, topic, door, isAccepted, onQuote }} onOpen={setOpen} />}
      {open === 'edits' && <EditsDialog post={post} onClose={close} />}
      {open === 'report' && (
        <ReasonDialog
          title="举报这条发言"
          lead="由本组织的管理人员处理，处理结果写在这条发言下面。举报人的姓名不告诉作者，也不告诉处理的人。"
          label="举报理由"
          submitLabel="举报"
          write={(reason) =>
            parseResponse(
              moderationClient.posts[':postId'].reports.$post({ param: { postId: post.id }, json: { reason } }),
            )
          }
          onClose={close}
        />
      )}
      {open === 'hide' && (
        <ReasonDialog
          title={hidingOf(post.seq, topic.replyCount).title}
          lead={`${hidingOf(post.seq, topic.replyCount).lead}作者会看到原因，并可以向上级申诉。不是违反规定的内容，不要因为意见不同而隐藏。`}
          label="隐藏原因"
          submitLabel="隐藏"
          write={(reason) =>
            parseResponse(
              moderationClient.posts[':postId'].hiding.$post({ param: { postId: post.id }, json: { reason } }),
            )
          }
          onClose={close}
        />
      )}
      {open === 'appeal' && post.hiding && (
        <ReasonDialog
          title="申诉"
          lead={
            door === 'protected'
              ? '以原来的化名提出，和当天的其他来信一起转交，由上级答复。'
              : '由上级组织答复，隐藏它的人不参加。'
          }
          label="申诉理由"
          field="words"
          submitLabel="提出申诉"
          changes={door === 'protected' ? ownProtectedQuery.queryKey : undefined}
          write={(words) => appealAgainst(post.hiding?.id ?? '', topic.id, door, words)}
          onClose={close}
        />
      )}
    </li>
  )
}

/** The number of a post, as a link to it. To a protected author it is none: the page of everybody else is not theirs to ask for. */
function PostNumber({ seq, topicId }: { seq: number; topicId: string | undefined }) {
  if (topicId === undefined) return <span className={classes.aside}>第 {seq} 条</span>
  return (
    <Link
      to="/discussion/topics/$topicId"
      params={{ topicId }}
      search={{ post: String(seq) }}
      className={classes.aside}
    >
      第 {seq} 条
    </Link>
  )
}

const appealAgainst = (hidingId: string, topicId: string, door: Door, words: string): Promise<unknown> =>
  door === 'protected'
    ? parseResponse(
        protectedClient[':topicId'].hidings[':hidingId'].appeal.$post({
          param: { topicId, hidingId },
          json: { words },
        }),
      )
    : parseResponse(moderationClient.hidings[':hidingId'].appeal.$post({ param: { hidingId }, json: { words } }))

/** To a protected author nothing is fetched for a post: it would leave a line in the log with their account. */
function Said({ post, door }: { post: Post; door: Door }) {
  if (post.isDeleted) return <p className={parts.note}>（作者已删除）</p>
  if (!post.body) return <p className={parts.note}>（已由管理人员隐藏）</p>
  return (
    <RichTextView
      doc={post.body}
      profile="post"
      mediaUrl={door === 'protected' ? nothing : picturesOf(post.id)}
      idPrefix={`post-${post.seq}-`}
    />
  )
}

const nothing = () => undefined

function Hidden({ hiding, onAppeal }: { hiding: NonNullable<Post['hiding']>; onAppeal: () => void }) {
  return (
    <Alert
      color={hiding.decision === 'restored' ? 'gray' : 'yellow'}
      title={hiding.decision === 'restored' ? '这条发言曾被隐藏，现已恢复显示' : '这条发言已隐藏，其他人看不到'}
    >
      <p className={classes.text}>原因：{hiding.reason}</p>
      {hiding.appeal && <p className={classes.text}>申诉：{hiding.appeal}</p>}
      {hiding.decision && (
        <p className={classes.text}>
          {hiding.appeal && '上级答复：'}
          {hiding.decision === 'upheld' ? '维持隐藏' : '恢复'}，{hiding.decisionReason}
        </p>
      )}
      {hiding.can.appeal && (
        <Button variant="default" onClick={onAppeal}>
          申诉
        </Button>
      )}
    </Alert>
  )
}

interface ButtonsProps {
  post: Post
  topic: TopicView
  door: Door
  isAccepted: boolean
  onQuote: (() => void) | undefined
  onOpen: (what: Open) => void
}

function Buttons({ post, topic, door, isAccepted, onQuote, onOpen }: ButtonsProps) {
  const remove = useWrite(() => parseResponse(postsClient[':postId'].$delete({ param: { postId: post.id } })))
  const accept = useWrite(() =>
    parseResponse(
      topicsClient[':topicId']['accepted-answer'].$put({
        param: { topicId: topic.id },
        json: { postId: isAccepted ? null : post.id },
      }),
    ),
  )
  const isShown = post.body !== null && !post.isDeleted && !post.isHidden
  const about = `第 ${post.seq} 条`
  return (
    <>
      <div className={`${parts.buttons} no-print`}>
        {onQuote && isShown && (
          <Button size="compact-sm" variant="subtle" aria-label={`引用${about}`} onClick={onQuote}>
            引用
          </Button>
        )}
        {topic.can.accept && isShown && post.seq > 1 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`${isAccepted ? '不再作为答案' : '选为答案'}：${about}`}
            loading={accept.isPending}
            onClick={() => accept.mutate()}
          >
            {isAccepted ? '不再作为答案' : '选为答案'}
          </Button>
        )}
        {door === 'topics' && post.editedAt && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onOpen('edits')}>
            改过，查看修改记录
          </Button>
        )}
        {post.can.edit && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`修改${about}`}
            onClick={() => onOpen('editing')}
          >
            修改
          </Button>
        )}
        {post.can.delete && (
          <ConfirmButton
            isQuiet
            question="删除后文字和图片不再显示，位置保留，不能恢复。"
            confirmLabel="删除发言"
            isBusy={remove.isPending}
            onConfirm={() => remove.mutate()}
          >
            删除<span className="for-screen-readers">{about}</span>
          </ConfirmButton>
        )}
        {post.can.hide && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`隐藏${about}`}
            onClick={() => onOpen('hide')}
          >
            隐藏
          </Button>
        )}
        {post.can.report && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`举报${about}`}
            onClick={() => onOpen('report')}
          >
            举报
          </Button>
        )}
      </div>
      {post.reported && <p className={parts.note}>{becameOf(post.reported)}</p>}
      <ProblemNote error={remove.error ?? accept.error} />
    </>
  )
}

/** What came of the report of the reader, which they alone see. */
function becameOf({ decision, decisionReason }: NonNullable<Post['reported']>): string {
  if (decision === null) return '您已举报，等待管理人员处理。'
  return `您的举报已处理：${decision === 'hidden' ? '隐藏' : '保留'}，${decisionReason}`
}
