import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { InstantText } from '../../ui/InstantText.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { publicityClient, publicityKey, remarksQuery } from './api.ts'
import type { Thread } from './blocks.ts'
import classes from './Publicity.module.css'

interface ThreadProps {
  articleId: string
  thread: Thread
  canAnswer: boolean
}

/** A remark, the answers to it, and whether it is settled. */
export function RemarkThread({ articleId, thread: { remark, answers }, canAnswer }: ThreadProps) {
  const queries = useQueryClient()
  const [isAnswering, setIsAnswering] = useState(false)
  const settle = useMutation({
    mutationFn: () =>
      parseResponse(
        publicityClient.articles[':articleId'].remarks[':remarkId'].settlement.$post({
          param: { articleId, remarkId: remark.id },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: publicityKey }),
  })
  const isSettled = remark.settledAt !== null
  return (
    <article className={classes.remark} data-settled={isSettled || undefined}>
      {remark.quote && <p className={classes.quote}>“{remark.quote}”</p>}
      <p className={classes.said}>{remark.body}</p>
      <p className={classes.facts}>
        {remark.writtenByName} <InstantText at={remark.writtenAt} />
      </p>
      {answers.map((it) => (
        <div key={it.id} className={classes.answer}>
          <p className={classes.said}>{it.body}</p>
          <p className={classes.facts}>
            {it.writtenByName} <InstantText at={it.writtenAt} />
          </p>
        </div>
      ))}
      {isSettled ? (
        <p className={classes.facts}>{remark.settledByName} 标为已处理</p>
      ) : isAnswering ? (
        <RemarkForm
          articleId={articleId}
          block={remark.block}
          quote=""
          answersId={remark.id}
          onClose={() => setIsAnswering(false)}
        />
      ) : (
        <div className={`${classes.buttons} no-print`}>
          {canAnswer && (
            <Button size="compact-sm" variant="default" onClick={() => setIsAnswering(true)}>
              回复
            </Button>
          )}
          {remark.can.settle && (
            <Button size="compact-sm" variant="default" loading={settle.isPending} onClick={() => settle.mutate()}>
              已处理
            </Button>
          )}
        </div>
      )}
      <ProblemNote error={settle.error} />
    </article>
  )
}

interface FormProps {
  articleId: string
  block: number
  quote: string
  answersId?: string
  onClose: () => void
}

/** Writes a remark beside a block, or an answer to one. */
export function RemarkForm({ articleId, block, quote, answersId, onClose }: FormProps) {
  const queries = useQueryClient()
  const [body, setBody] = useState('')
  useUnsaved(body !== '')
  const write = useMutation({
    mutationFn: () =>
      parseResponse(
        publicityClient.articles[':articleId'].remarks.$post({
          param: { articleId },
          json: { block, quote, body, answersId: answersId ?? null },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: remarksQuery(articleId).queryKey })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (body.trim() !== '' && !write.isPending) write.mutate()
  }
  const label = answersId === undefined ? '意见' : '回复'
  return (
    <form onSubmit={submit} className={classes.remark} noValidate>
      {quote && <p className={classes.quote}>“{quote}”</p>}
      <Textarea
        aria-label={label}
        placeholder={answersId === undefined ? '写明怎样改、为什么' : '回复这条意见'}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        error={problemIn(write.error, 'body')}
        maxLength={1000}
        autosize
        minRows={2}
        autoFocus
      />
      <ProblemNote error={write.error} isKept />
      <div className={classes.buttons}>
        <Button type="submit" size="compact-sm" disabled={body.trim() === ''} loading={write.isPending}>
          写下{label}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          取消
        </Button>
      </div>
    </form>
  )
}
