import { Button } from '@mantine/core'
import type { Post, TopicView } from '@zhibu/server/modules/discussion/schema'
import { isBlank, plainText } from '@zhibu/server/platform/rich-text/reading-schema'
import { parseResponse } from 'hono/client'
import { useEffect, useRef, useState } from 'react'
import { problemIn } from '../../problem.ts'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { topicsClient } from './api.ts'
import { blankPost } from './blankPost.ts'
import classes from './Discussion.module.css'
import { PostField } from './PostField.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  it: TopicView
  /** Another object each time somebody asks to quote, so that the form comes before their eyes again. */
  quoted: { post: Post } | undefined
  onUnquote: () => void
  onReplied: () => void
}

/** Writes a reply, to a post or to all that was said. The editor comes when it is asked for. */
export function ReplyForm({ it, quoted, onUnquote, onReplied }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const [round, setRound] = useState(0)
  const [body, setBody] = useState(blankPost)
  useUnsaved(!isBlank(body))
  const reply = useWrite(
    () =>
      parseResponse(
        topicsClient[':topicId'].posts.$post({
          param: { topicId: it.id },
          json: { body, quotedPostId: quoted?.post.id ?? null },
        }),
      ),
    () => {
      setBody(blankPost)
      setRound(round + 1)
      setIsOpen(false)
      onReplied()
    },
  )
  const form = useRef<HTMLDivElement>(null)
  // The form stands below all that was said. An editor that is there already takes the focus; one that comes takes it by itself.
  useEffect(() => {
    if (!isOpen && quoted === undefined) return
    form.current?.scrollIntoView({ block: 'start' })
    form.current?.querySelector<HTMLElement>('[contenteditable=true]')?.focus({ preventScroll: true })
  }, [isOpen, quoted])
  if (!isOpen && !quoted)
    return (
      <div className="no-print">
        <Button onClick={() => setIsOpen(true)}>回复</Button>
      </div>
    )
  return (
    <div ref={form} className={classes.reply}>
      <Section title="回复">
        {quoted && (
          <div>
            <blockquote className={classes.quote}>
              {quoted.post.authorName}（第 {quoted.post.seq} 条）：
              {quoted.post.body && plainText(quoted.post.body).slice(0, 120)}
            </blockquote>
            <Button size="compact-sm" variant="subtle" onClick={onUnquote}>
              不引用
            </Button>
          </div>
        )}
        <PostField
          key={round}
          label="回复内容"
          start={body}
          onChange={setBody}
          at={{ topicId: it.id }}
          isConfidential={it.isConfidential}
          error={problemIn(reply.error, 'body')}
          isFirst
        />
        <ProblemNote error={reply.error} isKept />
        <div className={parts.buttons}>
          <Button loading={reply.isPending} disabled={isBlank(body)} onClick={() => reply.mutate()}>
            发表回复
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setIsOpen(false)
              setBody(blankPost)
              onUnquote()
            }}
          >
            取消
          </Button>
        </div>
      </Section>
    </div>
  )
}
