import { Button, Textarea } from '@mantine/core'
import type { AttendanceRow } from '@zhibu/server/modules/training/attendance-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { writeInstant } from '../../ui/InstantText.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { trainingClient } from './api.ts'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'
import { leaveNames, requestNames } from './words.ts'

interface Props {
  it: AttendanceRow['requests'][number]
  /** Of whoever wrote it. */
  name: string
  mayAnswer: boolean
}

/** What a participant wrote of a session, and its answer; whoever runs the programme answers in place. */
export function RequestLine({ it, name, mayAnswer }: Props) {
  const [isRefusing, setIsRefusing] = useState(false)
  const param = { requestId: it.id }
  const answering = trainingClient.requests[':requestId'].answer
  const grant = useWrite(() => parseResponse(answering.$post({ param, json: { isGranted: true } })))
  const what = `${requestNames[it.kind]}${it.leaveKind === null ? '' : `（${leaveNames[it.leaveKind]}）`}`
  return (
    <div className={classes.request}>
      <p>
        {what}
        {it.text !== '' && `：${it.text}`}
        <span className={classes.quiet}>
          {writeInstant(it.raisedAt)}
          {it.isGranted !== null && (it.isGranted ? '，已同意' : '，没有同意')}
          {it.answer && `：${it.answer}`}
        </span>
      </p>
      {it.isGranted === null && mayAnswer && (
        <div className={`${parts.buttons} no-print`}>
          <Button
            size="xs"
            aria-label={`同意${name}的${requestNames[it.kind]}`}
            loading={grant.isPending}
            onClick={() => grant.mutate()}
          >
            同意
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={`不同意${name}的${requestNames[it.kind]}`}
            onClick={() => setIsRefusing(true)}
          >
            不同意
          </Button>
        </div>
      )}
      <ProblemNote error={grant.error} />
      {isRefusing && (
        <RefuseDialog requestId={it.id} title={`不同意${name}的${what}`} onClose={() => setIsRefusing(false)} />
      )}
    </div>
  )
}

function RefuseDialog({ requestId, title, onClose }: { requestId: string; title: string; onClose: () => void }) {
  const [answer, setAnswer] = useState('')
  const refuse = useWrite(
    () =>
      parseResponse(
        trainingClient.requests[':requestId'].answer.$post({
          param: { requestId },
          json: { isGranted: false, answer },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={title}
      lead="本人会收到通知，看到您写的话。"
      submitLabel="不同意"
      needs={{ 原因: answer.trim().length >= 2 }}
      isBusy={refuse.isPending}
      error={refuse.error}
      onSubmit={() => refuse.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="原因"
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
        error={problemIn(refuse.error, 'answer')}
        maxLength={300}
        autosize
        minRows={2}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
