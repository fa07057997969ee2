import { IconCheck, IconX } from '@tabler/icons-react'
import type { Answer, AskedQuestion, Solution } from '@zhibu/server/modules/quizzes/schema'
import parts from '../../ui/Parts.module.css'
import { letterOf, writeAnswer, writeSolution } from './answering.ts'
import classes from './Quizzes.module.css'

interface Props {
  question: AskedQuestion
  solution: Solution
  /** What was answered; null where nothing was. */
  answer: Answer | null
}

/** A question with what is right, what was answered, why, and where it can be looked up. */
export function Solved({ question: { kind, text, options }, solution, answer }: Props) {
  return (
    <div className={parts.form}>
      <p className={classes.asked}>{text}</p>
      {kind === 'blank' ? (
        answer && <p className={parts.text}>您的答案：{writeAnswer(answer)}</p>
      ) : (
        <ul className={classes.options}>
          {options.map((option, place) => (
            <SolvedOption
              key={option}
              letter={letterOf(place)}
              text={option}
              isRight={solution.choices.includes(place)}
              isChosen={answer?.choices.includes(place) ?? false}
            />
          ))}
        </ul>
      )}
      <Why solution={solution} />
    </div>
  )
}

/** What is right, why, and where it can be looked up. */
export function Why({ solution }: { solution: Solution }) {
  const { explanation, source } = solution
  return (
    <div className={classes.why}>
      <p className={parts.text}>
        <b>正确答案：</b>
        {writeSolution(solution)}
      </p>
      {explanation !== '' && (
        <p className={parts.text}>
          <b>解析：</b>
          {explanation}
        </p>
      )}
      {source !== '' && (
        <p className={parts.text}>
          <b>出处：</b>
          {source}
        </p>
      )}
    </div>
  )
}

interface OptionProps {
  letter: string
  text: string
  isRight: boolean
  isChosen: boolean
}

function SolvedOption({ letter, text, isRight, isChosen }: OptionProps) {
  return (
    <li className={classes.option} data-right={isRight || undefined} data-wrong={(isChosen && !isRight) || undefined}>
      <span className={classes.letter}>{letter}</span>
      <span>{text}</span>
      <span className={classes.mark}>
        {isRight && <IconCheck size={20} stroke={2} aria-hidden />}
        {isChosen && !isRight && <IconX size={20} stroke={2} aria-hidden />}
        {[isRight && '正确答案', isChosen && '您选的'].filter((it) => it !== false).join('，')}
      </span>
    </li>
  )
}

/** Whether it was right, with a sign and in words. */
export function Verdict({ isRight }: { isRight: boolean }) {
  return (
    <p className={classes.verdict} data-right={isRight} role="status">
      {isRight ? <IconCheck size={28} stroke={2.2} aria-hidden /> : <IconX size={28} stroke={2.2} aria-hidden />}
      {isRight ? '答对了' : '答错了'}
    </p>
  )
}
