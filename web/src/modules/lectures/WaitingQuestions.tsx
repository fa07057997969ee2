import { Button } from '@mantine/core'
import type { LectureView, Question } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { lecturesKey, questionClient } from './api.ts'
import classes from './Lectures.module.css'
import { useWrite } from './useWrite.ts'

/** What waits for whoever holds the lecture. Only they see it, and not whose it is. */
export function WaitingQuestions({ it }: { it: LectureView }) {
  if (it.waiting.length === 0) return null
  return (
    <Section
      title={`等待公开的提问（${it.waiting.length}）`}
      lead="只有组织者看得到。不采用的写明原因，提问的人看得到。"
    >
      <ul className={classes.questions} aria-label="等待公开的提问">
        {it.waiting.map((one) => (
          <Waiting key={one.id} activityId={it.activityId} question={one} />
        ))}
      </ul>
    </Section>
  )
}

function Waiting({ activityId, question: { id, text, askerName } }: { activityId: string; question: Question }) {
  const [isDeclining, setIsDeclining] = useState(false)
  const param = { activityId, questionId: id }
  const release = useWrite(() => parseResponse(questionClient.release.$post({ param })))
  return (
    <li className={classes.question}>
      <p className={classes.text}>{text}</p>
      <p className={parts.note}>{askerName ?? '匿名提问'}</p>
      <div className={parts.buttons}>
        <Button size="compact-md" loading={release.isPending} onClick={() => release.mutate()}>
          公开提问
        </Button>
        <Button size="compact-md" variant="default" onClick={() => setIsDeclining(true)}>
          不采用
        </Button>
      </div>
      <ProblemNote error={release.error} />
      {isDeclining && (
        <ReasonDialog
          title="不采用这条提问"
          lead="这条提问不公开。原因只有提问的人看得到。"
          label="原因"
          submitLabel="不采用"
          write={(reason) => parseResponse(questionClient.decline.$post({ param, json: { reason } }))}
          changes={lecturesKey}
          onClose={() => setIsDeclining(false)}
        />
      )}
    </li>
  )
}
