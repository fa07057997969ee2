import { Button } from '@mantine/core'
import type { LectureView, Question } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { AnswerDialog } from './AnswerDialog.tsx'
import { lecturesKey, questionClient } from './api.ts'
import classes from './Lectures.module.css'
import { useWrite } from './useWrite.ts'

/** One question that all readers see: support for it, its answer, and what whoever holds the lecture does with it. */
export function QuestionCard({ it, question }: { it: LectureView; question: Question }) {
  const { id, text, askerName, supportCount, answer, state } = question
  const [asked, setAsked] = useState<'answer' | 'decline'>()
  const param = { activityId: it.activityId, questionId: id }
  const supports = it.own.supports.includes(id)
  const isOwn = it.own.questions.some((one) => one.id === id)
  const isAnswered = state === 'answered'
  const support = useWrite(() => parseResponse(questionClient.support.$put({ param, json: { supports: !supports } })))
  const answered = useWrite(() => parseResponse(questionClient.answer.$put({ param, json: { answer: '' } })))
  const withdraw = useWrite(() => parseResponse(questionClient.$delete({ param })))
  return (
    <li className={classes.question} data-answered={isAnswered}>
      <p className={classes.text}>{text}</p>
      <p className={parts.note}>
        {askerName ?? '匿名提问'}
        {isOwn && '（我的提问）'}
        {supportCount > 0 && `，${supportCount} 人附议`}
      </p>
      {isAnswered && <p className={`${classes.text} ${classes.answer}`}>{answer === '' ? '已当场回答。' : answer}</p>}
      <div className={`${parts.buttons} no-print`}>
        {it.can.ask && !isOwn && !isAnswered && (
          <Button
            size="compact-md"
            variant={supports ? 'filled' : 'default'}
            aria-pressed={supports}
            loading={support.isPending}
            onClick={() => support.mutate()}
          >
            {supports ? '已附议' : '附议'}
          </Button>
        )}
        {it.can.hold && !isAnswered && (
          <Button size="compact-md" variant="default" loading={answered.isPending} onClick={() => answered.mutate()}>
            已当场回答
          </Button>
        )}
        {it.can.hold && (
          <Button size="compact-md" variant="default" onClick={() => setAsked('answer')}>
            {answer === '' ? '书面回答' : '修改回答'}
          </Button>
        )}
        {it.can.hold && !isAnswered && (
          <Button size="compact-md" variant="subtle" onClick={() => setAsked('decline')}>
            不再公开
          </Button>
        )}
        {isOwn && !isAnswered && (
          <Button size="compact-md" variant="subtle" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            撤回提问
          </Button>
        )}
      </div>
      <ProblemNote error={support.error ?? answered.error ?? withdraw.error} />
      {asked === 'answer' && <AnswerDialog {...param} before={answer} onClose={() => setAsked(undefined)} />}
      {asked === 'decline' && (
        <ReasonDialog
          title="不再公开"
          lead="这条提问不再显示。原因只有提问的人看得到。"
          label="原因"
          submitLabel="不再公开"
          write={(reason) => parseResponse(questionClient.decline.$post({ param, json: { reason } }))}
          changes={lecturesKey}
          onClose={() => setAsked(undefined)}
        />
      )}
    </li>
  )
}
