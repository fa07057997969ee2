import { Badge, Button } from '@mantine/core'
import { questionStateNames } from '@zhibu/server/modules/lectures/names-schema'
import type { LectureView, OwnQuestion } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { questionClient } from './api.ts'
import classes from './Lectures.module.css'
import { useWrite } from './useWrite.ts'

/** What the reader has asked and nobody else sees: what waits, and what was not taken, with the reason. */
export function OwnQuestions({ it }: { it: LectureView }) {
  const own = it.own.questions.filter(({ state }) => state === 'waiting' || state === 'declined')
  if (own.length === 0) return null
  return (
    <div className={classes.part}>
      <h3>我的提问（只有您看得到）</h3>
      <ul className={classes.questions} aria-label="我的提问">
        {own.map((one) => (
          <Own key={one.id} activityId={it.activityId} question={one} />
        ))}
      </ul>
    </div>
  )
}

function Own({
  activityId,
  question: { id, text, state, declineReason },
}: {
  activityId: string
  question: OwnQuestion
}) {
  const withdraw = useWrite(() => parseResponse(questionClient.$delete({ param: { activityId, questionId: id } })))
  return (
    <li className={classes.question}>
      <p className={classes.text}>{text}</p>
      <div className={parts.buttons}>
        <Badge color={state === 'waiting' ? 'blue' : 'gray'}>{questionStateNames[state]}</Badge>
        {declineReason !== null && <span className={parts.note}>原因：{declineReason}</span>}
        <Button size="compact-sm" variant="subtle" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          撤回提问
        </Button>
      </div>
      <ProblemNote error={withdraw.error} />
    </li>
  )
}
