import { Button, Checkbox, Textarea } from '@mantine/core'
import type { LectureView } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { lectureClient } from './api.ts'
import { inOrder } from './changes.ts'
import classes from './Lectures.module.css'
import { OwnQuestions } from './OwnQuestions.tsx'
import { QuestionCard } from './QuestionCard.tsx'
import { useWrite } from './useWrite.ts'

/** What was asked: a form while the page is open, the questions to be answered, and those that are. */
export function Questions({ it }: { it: LectureView }) {
  const { open, answered } = inOrder(it.questions)
  return (
    <Section title="提问" lead="不署名的提问，谁问的不保存，组织者也查不到。附议的人只显示人数。">
      <div className={parts.form}>
        {it.can.ask && <AskForm it={it} />}
        <OwnQuestions it={it} />
        {open.length > 0 && (
          <div className={classes.part}>
            <h3>待回答</h3>
            <ul className={classes.questions} aria-label="待回答的提问">
              {open.map((one) => (
                <QuestionCard key={one.id} it={it} question={one} />
              ))}
            </ul>
          </div>
        )}
        {answered.length > 0 && (
          <div className={classes.part}>
            <h3>已回答</h3>
            <ul className={classes.questions} aria-label="已回答的提问">
              {answered.map((one) => (
                <QuestionCard key={one.id} it={it} question={one} />
              ))}
            </ul>
          </div>
        )}
        {it.questions.length === 0 && (
          <p className={parts.note}>
            {it.can.ask
              ? '还没有公开的提问。'
              : it.session.openedAt === null
                ? '现场页打开以后可以提问。'
                : '这场讲座没有公开的提问。'}
          </p>
        )}
      </div>
    </Section>
  )
}

function AskForm({ it }: { it: LectureView }) {
  const [text, setText] = useState('')
  const [isNamed, setIsNamed] = useState(false)
  useUnsaved(text !== '')
  const ask = useWrite(
    () =>
      parseResponse(lectureClient.questions.$post({ param: { activityId: it.activityId }, json: { text, isNamed } })),
    () => setText(''),
  )
  return (
    <form
      className={classes.part}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim().length >= 2 && !ask.isPending) ask.mutate()
      }}
    >
      <Textarea
        label="我要提问"
        description={it.session.isModerated ? '300 字以内，组织者看过以后公开。' : '300 字以内，提交以后马上公开。'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problemIn(ask.error, 'text')}
        maxLength={300}
        autosize
        minRows={2}
      />
      <div className={parts.buttons}>
        <Button type="submit" loading={ask.isPending} disabled={text.trim().length < 2}>
          提交提问
        </Button>
        <Checkbox
          label="署上我的名字"
          checked={isNamed}
          onChange={(event) => setIsNamed(event.currentTarget.checked)}
        />
      </div>
      <ProblemNote error={ask.error} isKept />
    </form>
  )
}
