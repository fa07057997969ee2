import { Alert, Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { LectureView, NotesView } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { lectureClient, notesQuery } from './api.ts'
import classes from './Lectures.module.css'
import { useWrite } from './useWrite.ts'

/** The shared notes: read by all, written by those who hold the lecture. */
export function Notes({ it }: { it: LectureView }) {
  const { data, error, refetch } = useQuery(notesQuery(it.activityId))
  const [writing, setWriting] = useState<{ text: string; etag: string }>()
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null
  const { value: notes, etag } = data
  if (notes.text === '' && !notes.can.write) return null
  return (
    <Section
      title="共享笔记"
      lead="组织者记下要点，大家都能看。"
      actions={
        notes.can.write && !writing ? (
          <Button variant="default" onClick={() => setWriting({ text: notes.text, etag })}>
            写笔记
          </Button>
        ) : undefined
      }
    >
      {writing ? (
        <Writing
          activityId={it.activityId}
          begun={writing}
          newer={writing.etag === etag ? undefined : { text: notes.text, etag }}
          onDone={() => setWriting(undefined)}
        />
      ) : (
        <div className={classes.part}>
          <p className={classes.text}>{notes.text === '' ? '还没有写。' : notes.text}</p>
          <History notes={notes} />
        </div>
      )}
    </Section>
  )
}

interface WritingProps {
  activityId: string
  begun: { text: string; etag: string }
  /** What somebody else has saved meanwhile. */
  newer: { text: string; etag: string } | undefined
  onDone: () => void
}

function Writing({ activityId, begun, newer, onDone }: WritingProps) {
  const [text, setText] = useState(begun.text)
  // Once the newer notes stand beside the own ones, pressing again replaces them.
  const etag = newer?.etag ?? begun.etag
  useUnsaved(text !== begun.text)
  const save = useWrite(
    () => parseResponse(lectureClient.notes.$put({ param: { activityId }, json: { text } }, ifMatch(etag))),
    onDone,
  )
  return (
    <div className={classes.part}>
      <Textarea
        label="笔记"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problemIn(save.error, 'text')}
        maxLength={20_000}
        autosize
        minRows={6}
        maxRows={24}
      />
      {newer && (
        <Alert color="yellow" title="您写的时候，另一位组织者保存了新的笔记" role="status">
          <p className={classes.text}>{newer.text === '' ? '（新的笔记是空的）' : newer.text}</p>
          您写的还在上面。请把两份合好再保存，保存以后以您的为准。
        </Alert>
      )}
      <div className={parts.buttons}>
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {newer ? '用我合好的笔记保存' : '保存笔记'}
        </Button>
        <Button variant="default" onClick={onDone}>
          取消
        </Button>
      </div>
      <ProblemNote error={isChanged(save.error) ? null : save.error} isKept />
    </div>
  )
}

function History({ notes: { history } }: { notes: NotesView }) {
  const [last] = history
  if (!last) return null
  return (
    <details className={parts.note}>
      <summary>
        {last.savedBy} 最后保存，
        <InstantText at={last.savedAt} />
      </summary>
      <ul>
        {history.map((one) => (
          <li key={one.revision}>
            {one.savedBy}，<InstantText at={one.savedAt} />
          </li>
        ))}
      </ul>
    </details>
  )
}
