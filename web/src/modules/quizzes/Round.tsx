import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Answer, AskedQuestion } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { useSession } from '../../session.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import type { Answered } from './answering.ts'
import { quizClient } from './api.ts'
import { type BegunRound, keepRound } from './keptRound.ts'
import classes from './Quizzes.module.css'
import { Solved, Verdict } from './Solved.tsx'
import { takeFocus } from './takeFocus.ts'

interface Props {
  quizId: string
  begun: BegunRound
  onAgain: (questions: AskedQuestion[]) => void
}

/** The questions of one round, and at its end how it went. */
export function Round({ quizId, begun, onAgain }: Props) {
  const { questions } = begun
  const accountId = useSession()?.account.id
  const [answered, setAnswered] = useState(begun.answered)
  const [place, setPlace] = useState(answered.length)
  const question = questions[place]
  const current = answered[place]
  const send = useMutation({
    mutationFn: async (asked: { question: AskedQuestion; answer: Answer }) => {
      const json = { ...asked.answer, questionId: asked.question.id }
      return { ...asked, outcome: await parseResponse(quizClient.answers.$post({ param: { quizId }, json })) }
    },
    onSuccess: (one) => {
      const all = [...answered, one]
      keepRound({ accountId, quizId }, { questionIds: questions.map((it) => it.id), answered: all.length })
      setAnswered(all)
    },
  })
  if (!question) return <RoundEnd quizId={quizId} questions={questions} answered={answered} onAgain={onAgain} />
  return (
    <Section title={`第 ${place + 1} 题，共 ${questions.length} 题`}>
      <div className={classes.sheet}>
        {current ? (
          <>
            <Verdict isRight={current.outcome.isRight} />
            <Solved question={question} solution={current.outcome.solution} answer={current.answer} />
            <Button ref={takeFocus} size="lg" onClick={() => setPlace(place + 1)}>
              {place + 1 < questions.length ? '下一题' : '看结果'}
            </Button>
          </>
        ) : (
          <AnswerForm
            key={question.id}
            question={question}
            isBusy={send.isPending}
            error={send.error}
            onSubmit={(answer) => send.mutate({ question, answer })}
          />
        )}
      </div>
    </Section>
  )
}

interface EndProps {
  quizId: string
  questions: AskedQuestion[]
  answered: Answered[]
  onAgain: (questions: AskedQuestion[]) => void
}

function RoundEnd({ quizId, questions, answered, onAgain }: EndProps) {
  const wrong = answered.filter(({ outcome }) => !outcome.isRight)
  return (
    <>
      <Section title="这一轮答完了">
        <div className={parts.form}>
          <p className={classes.tally} role="status">
            {questions.length} 题中答对 {questions.length - wrong.length} 题。
          </p>
          <div className={parts.buttons}>
            {wrong.length > 0 && (
              <Button onClick={() => onAgain(wrong.map((it) => it.question))}>再做错题（{wrong.length}）</Button>
            )}
            <Button variant="default" onClick={() => onAgain(questions)}>
              再做一遍
            </Button>
            <BackToQuiz quizId={quizId} />
          </div>
        </div>
      </Section>
      {wrong.length > 0 && (
        <Section title="答错的题目">
          <ol className={classes.solvedList}>
            {wrong.map(({ question, answer, outcome }) => (
              <li key={question.id}>
                <Solved question={question} solution={outcome.solution} answer={answer} />
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  )
}

/** The way from a round back to its set. */
export function BackToQuiz({ quizId }: { quizId: string }) {
  return (
    <LinkButton variant="default" to="/quizzes/$quizId" params={{ quizId }}>
      返回题集
    </LinkButton>
  )
}
