import { Button, CopyButton } from '@mantine/core'
import type { RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import { recordText, resultInWords } from './leading.ts'
import classes from './Screen.module.css'
import { TeamBars } from './TeamBars.tsx'

/** When it is over: how each question fell, how the teams did, and a text for the record of the activity. */
export function ScreenEnd({ it }: { it: RoomView }) {
  const { players, teams } = it.state
  const results = it.state.results ?? []
  return (
    <section className={classes.end}>
      <div className={classes.endHead}>
        <h2>
          答题结束：{players} 人参加，{results.length} 题
        </h2>
        <CopyButton value={recordText(it)} timeout={4_000}>
          {({ copied, copy }) => (
            <Button variant="default" size="lg" className="no-print" onClick={copy}>
              {copied ? '已复制' : '复制活动记录用的文字'}
            </Button>
          )}
        </CopyButton>
      </div>
      {teams.length > 0 && <TeamBars teams={teams} />}
      {results.length > 0 && (
        <ol className={classes.results} aria-label="各题情况">
          {results.map(({ text, ...result }, at) => (
            // The questions of a room keep their places.
            <li key={`${String(at)} ${text}`}>
              <p>{text}</p>
              <p className={classes.number}>{resultInWords(result)}</p>
              {result.right !== null && (
                <div className={classes.bar} aria-hidden="true">
                  <span style={{ width: `${(100 * result.right) / Math.max(1, result.answers)}%` }} />
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
