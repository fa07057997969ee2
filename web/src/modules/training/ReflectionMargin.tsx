import { Button, Textarea } from '@mantine/core'
import type { RemarkThread } from '@zhibu/server/modules/training/reflection-schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { InstantText } from '../../ui/InstantText.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { trainingClient } from './api.ts'
import { reflectionClient } from './reflectionApi.ts'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'

interface ThreadProps {
  thread: RemarkThread
  canAnswer: boolean
  /** It is about a version that is not shown. */
  isOfOther?: boolean
}

/** A remark in the margin and what was answered. */
export function MarginThread({ thread, canAnswer, isOfOther = false }: ThreadProps) {
  const [isAnswering, setIsAnswering] = useState(false)
  const answer = useWrite(
    (text: string) =>
      parseResponse(
        trainingClient.reflections.remarks[':remarkId'].answers.$post({
          param: { remarkId: thread.id },
          json: { text },
        }),
      ),
    () => setIsAnswering(false),
  )
  return (
    <article className={classes.remark}>
      {isOfOther && <p className={parts.note}>第 {thread.version} 次提交</p>}
      {thread.quote !== '' && <p className={parts.note}>“{thread.quote}”</p>}
      <Said it={thread} />
      {thread.answers.map((it) => (
        <div key={it.id} className={classes.answer}>
          <Said it={it} />
        </div>
      ))}
      {isAnswering ? (
        <Words
          label="答复"
          submitLabel="发出答复"
          isBusy={answer.isPending}
          error={answer.error}
          onWrite={(text) => answer.mutate(text)}
          onClose={() => setIsAnswering(false)}
        />
      ) : (
        canAnswer && (
          <div className={parts.buttons}>
            <Button size="compact-sm" variant="default" onClick={() => setIsAnswering(true)}>
              答复旁注
            </Button>
          </div>
        )
      )}
    </article>
  )
}

function Said({ it }: { it: Pick<RemarkThread, 'by' | 'isAuthor' | 'text' | 'saidAt'> }) {
  return (
    <>
      <p className={parts.text}>{it.text}</p>
      <p className={parts.note}>
        {it.by}
        {it.isAuthor && '（本人）'} <InstantText at={it.saidAt} />
      </p>
    </>
  )
}

interface FormProps {
  reflectionId: string
  version: number
  block: number
  quote: string
  onClose: () => void
}

/** Says something to a paragraph. */
export function MarginForm({ reflectionId, version, block, quote, onClose }: FormProps) {
  const write = useWrite(
    (text: string) =>
      parseResponse(reflectionClient.remarks.$post({ param: { reflectionId }, json: { version, block, quote, text } })),
    onClose,
  )
  return (
    <div className={classes.remark}>
      <p className={parts.note}>“{quote}”</p>
      <Words
        label="旁注"
        submitLabel="写上旁注"
        isBusy={write.isPending}
        error={write.error}
        onWrite={(text) => write.mutate(text)}
        onClose={onClose}
      />
    </div>
  )
}

interface WordsProps {
  label: string
  submitLabel: string
  isBusy: boolean
  error: unknown
  onWrite: (text: string) => void
  onClose: () => void
}

function Words({ label, submitLabel, isBusy, error, onWrite, onClose }: WordsProps) {
  const [text, setText] = useState('')
  useUnsaved(text !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onWrite(text)
  }
  return (
    <form className={classes.margin} onSubmit={submit}>
      <Textarea
        label={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problemIn(error, 'text') ?? problemIn(error, 'quote')}
        maxLength={1000}
        autosize
        minRows={2}
        data-autofocus
      />
      <ProblemNote error={error} isKept />
      <div className={parts.buttons}>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          取消
        </Button>
        <Button size="compact-sm" type="submit" loading={isBusy} disabled={text.trim() === ''}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}
