import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AttemptView, PaperAnswer } from '@zhibu/server/modules/exams/attempt-schema'
import { parseResponse } from 'hono/client'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { keepInWindow, keptInWindow } from '../../keptInWindow.ts'
import { asProblem, Problem } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { secondsUntil } from '../quizzes/clock.ts'
import { useSecondsLeft } from '../quizzes/useSecondsLeft.ts'
import { attemptClient, attemptQuery, attemptsKey, examsKey } from './api.ts'
import classes from './Exams.module.css'
import { type Keeping, type KeepingState, keepAnswers } from './keepAnswers.ts'
import { PaperQuestion } from './PaperQuestion.tsx'

interface Props {
  seat: string
  view: AttemptView
  aheadMs: number
  /** As it was read last: whoever runs the examination may put it off meanwhile. */
  endsAt: string
  /** What is shown where another window has taken the paper over. */
  elsewhere: ReactNode
}

/** The paper while it is written: one question at a time, all of them at hand; what is answered is kept as it is given. */
export function PaperWriting({ seat, view, aheadMs, endsAt, elsewhere }: Props) {
  const { questions } = view
  const keeping = useKeeping(view, seat)
  const { answers, state, problem } = useSyncExternalStore(keeping.subscribe, keeping.read)
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      questions.findIndex((it) => !isDone(answersIn(view).get(it.id))),
    ),
  )
  useUnsaved(state === 'saving' || state === 'waiting')
  const handIn = useHandingIn({ attemptId: view.id, seat, aheadMs }, keeping)
  const open = questions.filter((it) => !isDone(answers.get(it.id))).length
  const question = questions[at]
  if (state === 'elsewhere') return elsewhere
  return (
    <div className={parts.form}>
      <Section title={`第 ${at + 1} 题，共 ${questions.length} 题`}>
        <div className={parts.form}>
          {question && (
            <PaperQuestion
              key={question.id}
              question={question}
              answer={answers.get(question.id)}
              onAnswer={(answer) => keeping.take({ ...answer, questionId: question.id })}
              onNext={() => setAt(Math.min(questions.length - 1, at + 1))}
              onBack={() => setAt(Math.max(0, at - 1))}
            />
          )}
          <div className={parts.buttons}>
            <Button size="md" variant="default" disabled={at === 0} onClick={() => setAt(at - 1)}>
              上一题
            </Button>
            <Button size="md" disabled={at >= questions.length - 1} onClick={() => setAt(at + 1)}>
              下一题
            </Button>
          </div>
        </div>
      </Section>
      <nav aria-label="题号">
        <ol className={classes.places}>
          {questions.map((it, place) => (
            <li key={it.id}>
              <button
                type="button"
                className={classes.place}
                data-done={isDone(answers.get(it.id)) || undefined}
                aria-current={place === at ? 'true' : undefined}
                aria-label={`第 ${place + 1} 题，${isDone(answers.get(it.id)) ? '已作答' : '未作答'}`}
                onClick={() => setAt(place)}
              >
                {place + 1}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {state === 'waiting' && <ProblemNote error={problem} isKept />}
      <ProblemNote error={handIn.error} isKept />
      <div className={classes.bar}>
        <Clock endsAt={endsAt} aheadMs={aheadMs} onOver={handIn.over} />
        <p role="status">{stateNames[state]}</p>
        <ConfirmButton
          question={open > 0 ? `还有 ${open} 题没有作答。交卷以后不能再改。` : '全部题目都作答了。交卷以后不能再改。'}
          confirmLabel="交卷"
          variant="filled"
          isBusy={handIn.isPending}
          onConfirm={handIn.hand}
        >
          交卷
        </ConfirmButton>
      </div>
    </div>
  )
}

const stateNames: Readonly<Record<KeepingState, string>> = {
  saved: '已保存',
  saving: '正在保存…',
  waiting: '还没有保存，连上以后自动保存',
  elsewhere: '',
  over: '时间已到，正在收卷…',
}

const isDone = (answer: PaperAnswer | undefined): boolean =>
  answer !== undefined && (answer.choices.length > 0 || answer.text.trim() !== '')

const answersIn = (view: AttemptView): Map<string, PaperAnswer> =>
  new Map(view.answers.map((it) => [it.questionId, it]))

/** The answers of the paper, kept in this window as long as they are not with the server. */
function useKeeping(view: AttemptView, seat: string): Keeping {
  const accountId = useSession()?.account.id
  const [keeping] = useState(() => {
    const key = `exam.${accountId}.${view.id}`
    return keepAnswers({
      known: view.answers,
      unsent: keptInWindow<PaperAnswer[]>(key) ?? [],
      send: (answers) =>
        parseResponse(attemptClient.answers.$put({ param: { attemptId: view.id }, json: { seat, answers } })),
      remember: (unsent) => keepInWindow(key, unsent.length > 0 ? unsent : undefined),
    })
  })
  useEffect(
    () => () => {
      void keeping.flush()
      keeping.stop()
    },
    [keeping],
  )
  return keeping
}

/**
 * Hands the paper in, once everything is kept; when its time is over with what is there, as soon as there is a connection. Where the end was
 * put off meanwhile it is not over: then it is only read anew.
 */
function useHandingIn(
  { attemptId, seat, aheadMs }: { attemptId: string; seat: string; aheadMs: number },
  keeping: Keeping,
) {
  const queries = useQueryClient()
  const hand = () => parseResponse(attemptClient['handing-in'].$post({ param: { attemptId }, json: { seat } }))
  const onSuccess = async () => {
    await queries.invalidateQueries({ queryKey: attemptsKey })
    await queries.invalidateQueries({ queryKey: examsKey })
  }
  const byPerson = useMutation({
    mutationFn: async () => {
      if (!(await keeping.flush())) throw asProblem(keeping.read().problem)
      return hand()
    },
    onSuccess,
  })
  const byTime = useMutation({
    mutationFn: async () => {
      await keeping.flush()
      const { view } = await queries.fetchQuery({ ...attemptQuery(attemptId), staleTime: 0 })
      if (view.handedIn === null && secondsUntil(view.endsAt, Date.now(), aheadMs) > 0) return
      return hand()
    },
    retry: (_, error) => error instanceof Problem && error.isPassing,
    retryDelay: 3_000,
    onSuccess,
  })
  return {
    hand: () => byPerson.mutate(),
    over: () => byTime.mutate(),
    isPending: byPerson.isPending || byTime.isPending,
    error: byPerson.error ?? byTime.error,
  }
}

/** From so many seconds on the time is shown as late. */
const lateSeconds = 300

function Clock({ endsAt, aheadMs, onOver }: { endsAt: string; aheadMs: number; onOver: () => void }) {
  const seconds = useSecondsLeft(endsAt, aheadMs) ?? 0
  const isOver = seconds === 0
  const [over] = useState(() => onOver)
  useEffect(() => {
    if (isOver) over()
  }, [isOver, over])
  return (
    <p className={classes.time} data-late={seconds <= lateSeconds || undefined} role="timer">
      还剩 {clockOf(seconds)}
    </p>
  )
}

/** 1:05:09, or 5:09 within the last hour. */
function clockOf(seconds: number): string {
  const two = (it: number) => String(it).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`
}
