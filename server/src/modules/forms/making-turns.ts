import type { Context as HonoContext } from 'hono'
import { accountOf, type Env } from '../../platform/http.ts'
import { Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'

/** How many makings and readings of templates go on at a time; one of each account. Each has a thread of its own. */
const takeTurn = turns(2)

/** Does a work of these when its turn has come. Refuses whoever has another one under way. */
export async function inTurn<Result>(c: HonoContext<Env>, work: () => Promise<Result>): Promise<Result> {
  const done = await takeTurn(accountOf(c), async () => ({ result: await work() }))
  if (done === null) throw new Refusal('too-many', '您的另一项生成还在进行。请等它完成，再做这一项。')
  return done.result
}
