import { IconCheck } from '@tabler/icons-react'
import { leastAnswers, questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { RoomState, RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import type { AskedQuestion } from '@zhibu/server/modules/quizzes/schema'
import { letterOf } from './answering.ts'
import { resultInWords, sizeOf } from './leading.ts'
import classes from './Screen.module.css'
import { Why } from './Solved.tsx'
import { TeamBars } from './TeamBars.tsx'
import { useSecondsLeft } from './useSecondsLeft.ts'

/** A question as it is asked, and once its answer is shown how it fell, what is right and why. */
export function ScreenQuestion({ it: { state }, aheadMs }: { it: RoomView; aheadMs: number }) {
  const { question, position, questionCount, solution, result } = state
  if (!question) return null
  return (
    <section className={classes.stage} data-size={sizeOf(question)} data-shown={solution !== null || undefined}>
      <div className={classes.question}>
        <p className={classes.number}>
          第 {(position ?? 0) + 1} 题，共 {questionCount} 题　{questionKindNames[question.kind]}
        </p>
        <h2>{question.text}</h2>
        {question.options.length > 0 && <Options question={question} state={state} />}
      </div>
      {solution ? (
        <aside className={classes.side} aria-label="答案">
          {result && <p>{resultInWords(result)}</p>}
          <Why solution={solution} />
          {state.teams.length > 0 && <TeamBars teams={state.teams} />}
        </aside>
      ) : (
        <aside className={classes.side} aria-label="作答情况">
          <Countdown endsAt={state.endsAt} aheadMs={aheadMs} />
          <p>
            已作答 <b className={classes.figure}>{state.answered}</b> 人
          </p>
        </aside>
      )}
    </section>
  )
}

function Options({ question, state: { solution, result } }: { question: AskedQuestion; state: RoomState }) {
  const byOption = result?.byOption ?? null
  const most = Math.max(1, ...(byOption ?? []))
  return (
    <>
      <ul className={classes.options}>
        {question.options.map((option, place) => {
          const isRight = solution?.choices.includes(place) ?? false
          const count = byOption?.[place]
          return (
            <li key={option} data-right={isRight || undefined} data-dimmed={(solution && !isRight) || undefined}>
              <span className={classes.letter}>{letterOf(place)}</span>
              <span>
                {option}
                {isRight && (
                  <span className={classes.mark}>
                    <IconCheck stroke={2.5} aria-hidden />
                    正确答案
                  </span>
                )}
              </span>
              {count !== undefined && (
                <>
                  <span className={classes.count}>{count} 人</span>
                  <div className={classes.bar} aria-hidden="true">
                    <span style={{ width: `${(100 * count) / most}%` }} />
                  </div>
                </>
              )}
            </li>
          )
        })}
      </ul>
      {solution && byOption === null && (
        <p className={classes.number}>不足 {leastAnswers} 人作答，不显示各项的人数。</p>
      )}
    </>
  )
}

function Countdown({ endsAt, aheadMs }: { endsAt: string | null; aheadMs: number }) {
  const seconds = useSecondsLeft(endsAt, aheadMs)
  if (seconds === undefined) return null
  return (
    <p role="timer">
      {seconds > 0 ? (
        <>
          还剩 <b className={classes.figure}>{seconds}</b> 秒
        </>
      ) : (
        '时间到，正在公布答案'
      )}
    </p>
  )
}
