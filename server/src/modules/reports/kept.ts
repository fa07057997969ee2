import type { Context } from '../../platform/context.ts'
import type { Card } from './schema.ts'

/** So long figures are shown as they were counted: whoever pages through a dashboard does not have a university counted again each time. */
export const secondsKept = 60

/** So many cards are kept at most, over all organisations. */
const most = 2_000

/**
 * The cards that were counted within the last minute, of one server. What a card says of an organisation is the same for everybody who may read it, so it is kept
 * for all of them; who may is asked each time before.
 */
export class KeptCards {
  readonly #cards = new Map<string, { until: number; card: Card }>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  /** The kept card under this key, or the one that is counted now. */
  async take(ctx: Pick<Context, 'tenantId'>, key: string, count: () => Promise<Card>): Promise<Card> {
    const whole = `${ctx.tenantId} ${key}`
    const kept = this.#cards.get(whole)
    const now = this.#now().getTime()
    if (kept && now < kept.until) return kept.card
    const card = await count()
    this.#cards.delete(whole)
    this.#cards.set(whole, { until: now + secondsKept * 1000, card })
    const [oldest] = this.#cards.keys()
    if (this.#cards.size > most && oldest !== undefined) this.#cards.delete(oldest)
    return card
  }
}
