import { Button, Textarea } from '@mantine/core'
import type { QueryKey } from '@tanstack/react-query'
import type { Comment } from '@zhibu/server/modules/exchanges/schema'
import { type FormEvent, type ReactNode, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useWriting } from '../../useWriting.ts'
import classes from './Exchanges.module.css'

interface Props {
  items: readonly Comment[]
  canSay: boolean
  say: (text: string) => Promise<unknown>
  takeBack: (commentId: string) => Promise<unknown>
  /** What whoever runs the meeting does with what somebody else has said. */
  removal?: (it: Comment) => ReactNode
  /** What is read anew. */
  changes: QueryKey
}

/** What is said of a case, and a field for a few words of one’s own. */
export function Comments({ items, canSay, say, takeBack, removal, changes }: Props) {
  const [text, setText] = useState('')
  const saying = useWriting(changes, say, () => setText(''))
  const taking = useWriting(changes, takeBack)
  const isReady = text.trim().length >= 2
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !saying.isPending) saying.mutate(text)
  }
  return (
    <Section title="讨论" lead="问清楚怎样做，说说自己的情况。">
      <div className={parts.form}>
        {items.length === 0 && <p className={parts.note}>还没有人发言。</p>}
        <ul className={classes.comments} aria-label="发言">
          {items.map((it) => (
            <li key={it.id} className={classes.comment}>
              <p className={classes.said}>
                {it.authorName}（{it.institution}
                {it.isGuest && '，校外嘉宾'}） <InstantText at={it.writtenAt} />
              </p>
              {it.removedReason === null ? (
                <p className={parts.text}>{it.text}</p>
              ) : (
                <p className={parts.note}>这条发言已经撤下：{it.removedReason}</p>
              )}
              {it.removedReason === null && it.isOwn && canSay && (
                <ConfirmButton
                  question="撤回以后，这条发言不再显示，不能恢复。"
                  confirmLabel="撤回发言"
                  isBusy={taking.isPending}
                  onConfirm={() => taking.mutate(it.id)}
                  isQuiet
                >
                  撤回发言
                </ConfirmButton>
              )}
              {it.removedReason === null && !it.isOwn && removal?.(it)}
            </li>
          ))}
        </ul>
        <ProblemNote error={taking.error} />
        {canSay && (
          <form onSubmit={submit} className={`${parts.form} no-print`}>
            <Textarea
              label="发言"
              description="署您的姓名和单位，最多 500 个字。"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={problemIn(saying.error, 'text')}
              maxLength={500}
              autosize
              minRows={2}
            />
            <ProblemNote error={saying.error} isKept />
            <div>
              <Button type="submit" loading={saying.isPending} disabled={!isReady}>
                发言
              </Button>
            </div>
          </form>
        )}
      </div>
    </Section>
  )
}
