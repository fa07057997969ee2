import { leastInTeam } from '@zhibu/server/modules/quizzes/names-schema'
import type { TeamResult } from '@zhibu/server/modules/quizzes/room-schema'
import classes from './Quizzes.module.css'

/** How the teams do, in the order in which they were named: of their answers, how many were right. */
export function TeamBars({ teams }: { teams: readonly TeamResult[] }) {
  return (
    <ul className={classes.bars} aria-label="各队">
      {teams.map((it) => (
        <li key={it.name}>
          <span>
            {it.name}（{it.players} 人）
          </span>
          <span>{shareInWords(it)}</span>
          {it.share !== null && (
            <div className={classes.bar} aria-hidden="true">
              <span style={{ width: `${100 * it.share}%` }} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function shareInWords({ players, share }: TeamResult): string {
  if (share !== null) return `答对 ${Math.round(100 * share)}%`
  return players < leastInTeam ? `不足 ${leastInTeam} 人，不单独显示` : `各队都有 ${leastInTeam} 人作答的题才计入`
}
