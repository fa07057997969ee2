import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Answer, AskedQuestion, Outcome, QuizView } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import { questionsFor, type RoundChoice } from './answering.ts'
import { quizClient, quizQuery, quizzesKey } from './api.ts'
import classes from './Quizzes.module.css'
import { Solved, Verdict } from './Solved.tsx'
import { takeFocus } from './takeFocus.ts'

const route = getRouteApi('/signed-in/quizzes/$quizId/play')

/** 自己答题: one question after another, each with what is right and why as soon as it is answered. */
export function PlayPage() {
  const { quizId } = route.useParams()
  const { only, draw } = route.useSearch()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(quizQuery(quizId))
  const it = data?.value
  // What was answered shows on the other pages; this round keeps its questions.
  useEffect(() => () => void queries.invalidateQueries({ queryKey: quizzesKey }), [queries])
  const choice = { onlyWrong: only === 'wrong', draw: draw && /^[1-9]\d{0,2}$/.test(draw) ? Number(draw) : undefined }
  return (
    <Page
      title="自己答题"
      breadcrumbs={[
        { label: '答题', to: '/quizzes' },
        { label: it?.title ?? '题集', to: `/quizzes/${quizId}` },
      ]}
      subtitle={it && `${it.title}，${it.organization.name}`}
      lead="不限时间。您答了什么，只有您自己能看到。"
    >
      {it ? (
        <Rounds key={`${quizId} ${only} ${draw}`} it={it} choice={choice} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

function Rounds({ it, choice }: { it: QuizView; choice: RoundChoice }) {
  const [questions, setQuestions] = useState(() => questionsFor(it, choice))
  const [round, setRound] = useState(1)
  if (questions.length === 0)
    return (
      <EmptyState
        title={choice.onlyWrong ? '没有答错的题目' : '这个题集还没有题目'}
        action={<BackToQuiz quizId={it.id} />}
      >
        {choice.onlyWrong ? '上一次答错的题目会列在这里，答对以后就不再出现。' : '添加题目以后再来。'}
      </EmptyState>
    )
  return (
    <Round
      key={round}
      quizId={it.id}
      questions={questions}
      onAgain={(next) => {
        setQuestions(next)
        setRound(round + 1)
      }}
    />
  )
}

/** What was answered, and what came of it. */
interface Answered {
  question: AskedQuestion
  answer: Answer
  outcome: Outcome
}

interface RoundProps {
  quizId: string
  questions: AskedQuestion[]
  onAgain: (questions: AskedQuestion[]) => void
}

function Round({ quizId, questions, onAgain }: RoundProps) {
  const [place, setPlace] = useState(0)
  const [answered, setAnswered] = useState<Answered[]>([])
  const question = questions[place]
  const current = answered[place]
  const send = useMutation({
    mutationFn: async (asked: { question: AskedQuestion; answer: Answer }) => {
      const json = { ...asked.answer, questionId: asked.question.id }
      return { ...asked, outcome: await parseResponse(quizClient.answers.$post({ param: { quizId }, json })) }
    },
    onSuccess: (one) => setAnswered((all) => [...all, one]),
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

function RoundEnd({ quizId, questions, answered, onAgain }: RoundProps & { answered: Answered[] }) {
  const wrong = answered.filter(({ outcome }) => !outcome.isRight)
  return (
    <>
      <Section title="这一轮答完了">
        <div className={classes.form}>
          <p className={classes.tally} role="status">
            {questions.length} 题中答对 {questions.length - wrong.length} 题。
          </p>
          <div className={classes.buttons}>
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

function BackToQuiz({ quizId }: { quizId: string }) {
  return (
    <LinkButton variant="default" to="/quizzes/$quizId" params={{ quizId }}>
      返回题集
    </LinkButton>
  )
}
