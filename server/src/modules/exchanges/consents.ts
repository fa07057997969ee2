import { and, eq, isNull } from 'drizzle-orm'
import { type Recorder, record } from '../../platform/journal.ts'
import { exchangeCards } from './tables.ts'

/** Withdraws the card that was made of a case, where one stands: its author no longer agrees. */
export async function withdrawCardOf(ctx: Recorder, caseId: string, withdrawReason: string): Promise<void> {
  const [card] = await ctx.db
    .update(exchangeCards)
    .set({ withdrawnAt: new Date(), withdrawReason })
    .where(
      and(
        eq(exchangeCards.tenantId, ctx.tenantId),
        eq(exchangeCards.caseId, caseId),
        isNull(exchangeCards.withdrawnAt),
      ),
    )
    .returning()
  if (!card) return
  await record(
    ctx,
    'exchanges.card-withdrawn',
    { kind: 'practiceCard', id: card.id, orgPath: card.path },
    { title: card.text.title, reason: withdrawReason },
  )
}
