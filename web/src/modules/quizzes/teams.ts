import { mostTeams } from '@zhibu/server/modules/quizzes/names-schema'

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八'] as const

/** The usual names of so many teams: 第一队, 第二队, … */
export const usualTeams = (count: number): string[] => numerals.slice(0, count).map((it) => `第${it}队`)

/** From none to so many teams are chosen at once; the last choice is for one more, and stands for as many as there are then. */
const mostAtOnce = 4

/** The choices of how many teams there are, one of which is always that of the teams that there are. */
export const teamChoices = (count: number): { value: string; label: string }[] =>
  [0, 2, 3, mostAtOnce, Math.max(mostAtOnce + 1, count)].map((it) => ({
    value: String(it),
    label: it === 0 ? '不分队' : it > mostAtOnce && count <= mostAtOnce ? '更多' : `${it} 队`,
  }))

/** The names with one more, which none of them has; the same where there are as many as there may be. */
export function withTeam(names: readonly string[]): string[] {
  const next = usualTeams(mostTeams).find((it) => !names.includes(it))
  return names.length >= mostTeams || next === undefined ? [...names] : [...names, next]
}
