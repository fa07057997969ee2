import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { LectureView } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { feedbackQuery, lectureClient } from './api.ts'
import classes from './Lectures.module.css'
import { useWrite } from './useWrite.ts'

/** What people say when it is over: a form for each reader, once; what was said, for whoever holds the lecture. */
export function Feedback({ it }: { it: LectureView }) {
  const hasGiven = it.own.hasGivenFeedback
  if (!it.can.giveFeedback && !(it.can.hold && it.session.closedAt !== null)) return null
  return (
    <Section title="反馈" lead="不记名，不打分，每人一份。满 3 份以后，组织者才看得到，看不出是谁写的。">
      <div className={parts.form}>
        {hasGiven && <p className={parts.note}>您已经填写过，谢谢。</p>}
        {it.can.giveFeedback && !hasGiven && <FeedbackForm activityId={it.activityId} />}
        {it.can.hold && <Given activityId={it.activityId} />}
      </div>
    </Section>
  )
}

function FeedbackForm({ activityId }: { activityId: string }) {
  const [gained, setGained] = useState('')
  const [suggested, setSuggested] = useState('')
  const isBlank = gained.trim() === '' && suggested.trim() === ''
  useUnsaved(!isBlank)
  const give = useWrite(
    () => parseResponse(lectureClient.feedback.$post({ param: { activityId }, json: { gained, suggested } })),
    () => {
      setGained('')
      setSuggested('')
    },
  )
  return (
    <form
      className={parts.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBlank && !give.isPending) give.mutate()
      }}
    >
      <Textarea
        label="哪里有收获"
        value={gained}
        onChange={(event) => setGained(event.currentTarget.value)}
        error={problemIn(give.error, 'gained')}
        maxLength={1_000}
        autosize
        minRows={2}
      />
      <Textarea
        label="有什么建议"
        value={suggested}
        onChange={(event) => setSuggested(event.currentTarget.value)}
        error={problemIn(give.error, 'suggested')}
        maxLength={1_000}
        autosize
        minRows={2}
      />
      <ProblemNote error={give.error} isKept />
      <div>
        <Button type="submit" loading={give.isPending} disabled={isBlank}>
          提交反馈
        </Button>
      </div>
    </form>
  )
}

function Given({ activityId }: { activityId: string }) {
  const items = useQuery(feedbackQuery(activityId)).data?.items
  if (items === undefined) return null
  if (items === null) return <p className={parts.note}>反馈不足 3 份，暂不显示。</p>
  return (
    <ul className={classes.questions} aria-label="收到的反馈">
      {items.map((it, at) => (
        // They come without ids, in an order that stays.
        <li key={`${String(at)} ${it.gained}`} className={classes.question}>
          {it.gained !== '' && <p className={classes.text}>收获：{it.gained}</p>}
          {it.suggested !== '' && <p className={classes.text}>建议：{it.suggested}</p>}
        </li>
      ))}
    </ul>
  )
}
