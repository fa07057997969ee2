import type { TeamResult } from '@zhibu/server/modules/quizzes/room-schema'
import classes from './Screen.module.css'

/** How many there are in each team, while people come in. */
export function TeamCounts({ teams }: { teams: readonly TeamResult[] }) {
  return (
    <ul className={classes.counts} aria-label="各队人数">
      {teams.map(({ name, players }) => (
        <li key={name}>
          {name} {players} 人
        </li>
      ))}
    </ul>
  )
}
