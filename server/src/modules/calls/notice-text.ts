import type { Day } from '@zhibu/rules'
import { beginningOf } from '../../platform/storable.ts'
import { dayInWords } from '../activities/when.ts'
import type { Fact, Telling, TellingSource, ToBeSaid } from '../notices/begun-drafts.ts'
import type { Beginning } from '../notices/schema.ts'
import { ofCall, type StoredCall } from './stored.ts'
import { calls } from './tables.ts'

/** The text of the notice of a call, and of the one of its results, and what has to stand in them whoever has written them over. */

/** Which notice of a call is next: that of its results, once they are announced. */
export const nextNoticeOf = ({ id, resultsAt }: StoredCall): Beginning => ({
  of: resultsAt === null ? 'call' : 'callResults',
  id,
})

/** How a call, or what has come of it, is told now. */
export function tellingOf(call: StoredCall, base: string): Telling {
  return { ...(call.resultsAt === null ? announcement(call, base) : outcome(call, base)), ...toBeSaidOf(call) }
}

/** The same of the call as it is stored; undefined where it takes no more entries, or where the results are not announced. */
const tellingWhere =
  (isTold: (call: StoredCall) => boolean): TellingSource =>
  async (ctx, id, { base, lock = false }) => {
    const query = ctx.db.select().from(calls).where(ofCall(ctx, id)).$dynamic()
    const [call] = await (lock ? query.for('update') : query)
    return call && call.cancelledAt === null && isTold(call) ? tellingOf(call, base) : undefined
  }
export const callTelling = tellingWhere((it) => it.resultsAt === null && it.closedAt === null)
export const callResultsTelling = tellingWhere((it) => it.resultsAt !== null)

/** The last days of a call, or the days of its vote. */
export function toBeSaidOf({ kinds, resultsAt, vote }: StoredCall): ToBeSaid {
  const days = (label: string, now: string, ...on: Day[]): Fact => ({
    ...{ label, now },
    words: on.map((it) => [it, dayInWords(it)]),
  })
  return {
    happensOn: null,
    facts:
      resultsAt === null
        ? kinds.map((it) => days(it.name, `${it.untilOn} 截止`, it.untilOn))
        : vote === null
          ? []
          : [days('投票', `${vote.fromOn} 至 ${vote.untilOn}`, vote.fromOn, vote.untilOn)],
  }
}

function announcement({ id, title, body, kinds }: StoredCall, base: string) {
  const days = kinds.map((it) => `${it.name}：${it.untilOn} 截止`).join('\n')
  return {
    title: beginningOf(title, 80),
    body: `${beginningOf(body, 1_000)}\n\n${days}\n\n详情和参加：${base}/calls/${id}`,
  }
}

function outcome({ id, title, vote }: StoredCall, base: string) {
  const voting = vote === null ? '' : `\n投票：${vote.fromOn} 至 ${vote.untilOn}，每人最多选 ${vote.most} 件。`
  return {
    title: `${beginningOf(title, 74)}：结果公布`,
    body: `“${title}”的结果已经公布。参加的同志可以在自己的作品中看到结果，入选作品见作品架。${voting}\n\n${base}/calls/${id}`,
  }
}
