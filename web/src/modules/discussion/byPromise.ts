import type { TopicRow } from '@zhibu/server/modules/discussion/schema'

/** Suggestions by the day on which their answer is promised, the nearest first. */
export const byPromise = (rows: readonly TopicRow[]): TopicRow[] =>
  rows.toSorted((a, b) => (a.promisedOn ?? '').localeCompare(b.promisedOn ?? ''))
