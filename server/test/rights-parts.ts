import { type Row, rows } from './rights-rows.ts'

/**
 * The modules whose routes are asked for in a file of their own, `rights-<part>.test.ts`, so that parts are asked for side by
 * side. What is in none of them is asked for in `rights.test.ts`.
 */
export const parts = {
  archive: ['archive', 'digitization', 'handovers'],
  discussion: ['discussion', 'exams', 'guidance', 'notices'],
  exchanges: ['exchanges', 'experts', 'talent', 'training'],
  publicity: ['activities', 'courseware', 'media', 'publicity', 'quizzes'],
} as const

/** The rows of a part. */
export const rowsOf = (part: keyof typeof parts): Record<string, Row> => rowsWhere((it) => partOf(it) === part)

/** The rows of no part. */
export const otherRows = (): Record<string, Row> => rowsWhere((it) => partOf(it) === undefined)

const rowsWhere = (isWanted: (route: string) => boolean) =>
  Object.fromEntries(Object.entries(rows).filter(([route]) => isWanted(route)))

function partOf(route: string): string | undefined {
  const module = /^[A-Z]+ \/api\/([^/]+)/.exec(route)?.[1]
  return Object.entries(parts).find(([, modules]) => modules.some((it) => it === module))?.[0]
}
