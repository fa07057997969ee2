import { Button, NumberInput } from '@mantine/core'
import type { QuestionRow } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useRef, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { quizClient } from './api.ts'
import classes from './Quizzes.module.css'
import { useWrite } from './useWrite.ts'

interface Props {
  quizId: string
  items: readonly QuestionRow[]
  /** Under which they were read in this order. */
  etag: string
}

/** Which question is put at which place, from 1, and with which button. */
interface Move {
  id: string
  place: number
  by: 'up' | 'down' | 'to'
}

/** The questions of a set in their order, to be put in another one: one step at a time, or at once to any place. */
export function QuestionOrder({ quizId, items, etag }: Props) {
  const [asked, setAsked] = useState<QuestionRow>()
  const [moved, setMoved] = useState<Move>()
  const list = useRef<HTMLOListElement>(null)
  const move = useWrite(
    ({ id, place }: Move) =>
      parseResponse(
        quizClient.questions[':questionId'].place.$put(
          { param: { quizId, questionId: id }, json: { place } },
          ifMatch(etag),
        ),
      ),
    () => setAsked(undefined),
  )
  const go = (to: Move) => {
    if (move.isPending) return
    move.mutate(to, { onSuccess: () => setMoved(to) })
  }
  // A line that is moved loses the focus: whoever moves on by the keyboard has it again.
  useEffect(() => {
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-question="${moved?.id}"]`) ?? [])]
    const pressed = buttons.find((it) => it.dataset.by === moved?.by && !it.disabled)
    ;(pressed ?? buttons.find((it) => !it.disabled))?.focus()
  }, [moved])
  return (
    <div className={`${parts.form} no-print`}>
      <p className={parts.note}>各题的作答、已经开始的现场答题不受影响。</p>
      <ol ref={list} className={classes.order} aria-label="题目的顺序">
        {items.map((it, at) => (
          <li key={it.id}>
            <span className={classes.orderText}>
              {at + 1}. {it.text}
            </span>
            <span className={parts.buttons}>
              <MoveButton it={it} by="up" isOff={at === 0} onPress={() => go({ id: it.id, place: at, by: 'up' })} />
              <MoveButton
                it={it}
                by="down"
                isOff={at === items.length - 1}
                onPress={() => go({ id: it.id, place: at + 2, by: 'down' })}
              />
              <MoveButton it={it} by="to" isOff={items.length < 3} onPress={() => setAsked(it)} />
            </span>
          </li>
        ))}
      </ol>
      <p role="status" className={parts.note}>
        {moved && `已移到第 ${moved.place} 题。`}
      </p>
      {!asked && <ProblemNote error={move.error} />}
      {asked && (
        <PlaceDialog
          it={asked}
          count={items.length}
          isBusy={move.isPending}
          error={move.error}
          onSubmit={(place) => go({ id: asked.id, place, by: 'to' })}
          onClose={() => {
            move.reset()
            setAsked(undefined)
          }}
        />
      )}
    </div>
  )
}

const words = { up: '上移', down: '下移', to: '移到…' } as const

interface MoveButtonProps {
  it: QuestionRow
  by: Move['by']
  isOff: boolean
  onPress: () => void
}

function MoveButton({ it, by, isOff, onPress }: MoveButtonProps) {
  return (
    <Button
      size="compact-md"
      variant="default"
      disabled={isOff}
      aria-label={`${words[by]}：${it.text}`}
      data-question={it.id}
      data-by={by}
      onClick={onPress}
    >
      {words[by]}
    </Button>
  )
}

interface PlaceDialogProps {
  it: QuestionRow
  count: number
  isBusy: boolean
  error: unknown
  onSubmit: (place: number) => void
  onClose: () => void
}

function PlaceDialog({ it, count, isBusy, error, onSubmit, onClose }: PlaceDialogProps) {
  const [place, setPlace] = useState<number>()
  return (
    <FormDialog
      title="移到另一个位置"
      lead={it.text}
      submitLabel="移动"
      needs={{ 第几题: place !== undefined }}
      isBusy={isBusy}
      error={error}
      onSubmit={() => place !== undefined && onSubmit(place)}
      onClose={onClose}
    >
      <NumberInput
        label="第几题"
        description={`1 到 ${count}，后面的题目依次后移。`}
        value={place ?? ''}
        onChange={(value) => setPlace(typeof value === 'number' ? value : undefined)}
        min={1}
        max={count}
        allowDecimal={false}
        clampBehavior="strict"
        required
        data-autofocus
      />
    </FormDialog>
  )
}
