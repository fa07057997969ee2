import type { AttemptView } from '@zhibu/server/modules/exams/attempt-schema'
import { handedInByNames } from '@zhibu/server/modules/exams/names-schema'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import quiz from '../quizzes/Quizzes.module.css'
import { Solved, Verdict } from '../quizzes/Solved.tsx'
import classes from './Exams.module.css'
import { outcomeInWords } from './inWords.ts'

interface Props {
  it: AttemptView
  handedIn: NonNullable<AttemptView['handedIn']>
}

const shownLater = {
  afterEach: '',
  afterEnd: '答案和解析在考试结束以后显示在这里。',
  never: '这场考试不显示答案和解析。',
} as const

/** What came of an attempt, with what was right where it is shown. */
export function AttemptResult({ it, handedIn }: Props) {
  const { solved } = handedIn
  return (
    <>
      <Section title="已交卷">
        <div className={parts.form}>
          <p className={classes.tally} role="status">
            {outcomeInWords(handedIn)}
          </p>
          <p className={parts.note}>
            {handedInByNames[handedIn.by]}，<InstantText at={handedIn.at} />
            。成绩要由主办的人确认。只有您和主办的人看得到，您答了什么只有您看得到。
          </p>
          {solved === null && <p>{shownLater[handedIn.explains]}</p>}
          <div className={parts.buttons}>
            <LinkButton to="/training/exams/$examId/own" params={{ examId: it.examId }}>
              返回考试
            </LinkButton>
          </div>
        </div>
      </Section>
      {solved !== null && (
        <Section title="答案和解析">
          <ol className={quiz.solvedList}>
            {it.questions.map((question) => {
              const one = solved.find(({ questionId }) => questionId === question.id)
              const answer = it.answers.find(({ questionId }) => questionId === question.id) ?? null
              return (
                one && (
                  <li key={question.id}>
                    {answer ? <Verdict isRight={one.isRight} /> : <p className={classes.tally}>没有作答</p>}
                    <Solved question={question} solution={one.solution} answer={answer} />
                  </li>
                )
              )
            })}
          </ol>
        </Section>
      )}
    </>
  )
}
