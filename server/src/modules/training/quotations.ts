import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { plainText } from '../../platform/rich-text/reading-schema.ts'
import { openKnown } from './assignments.ts'
import { mayRun } from './policy.ts'
import { openReflection, subjectOfReflection, textOf } from './reflecting.ts'
import type { NewQuotation, QuotationShelf, ReflectionView } from './reflection-schema.ts'
import { findProgramme, type StoredProgramme, subjectOf } from './stored.ts'
import { trainingQuotations } from './tables.ts'

/**
 * 心得摘录: a passage that its author lets be shown, signed or not, from the day of the consent until they take it back, which they may at any time. Whoever runs the
 * programme chooses what of it is shown to those who read the programme. Everything here runs over the whole university, after it was settled who may.
 */

type StoredQuotation = typeof trainingQuotations.$inferSelect

/** So many passages of one reflection are offered. */
const mostOfOne = 5

/** Lets a passage of what the actor has handed in last be shown. */
export async function offerQuotation(
  ctx: Context,
  reflectionId: string,
  { quote, isSigned }: NewQuotation,
): Promise<string> {
  const { reflection, programme, isAuthor } = await openReflection(ctx, reflectionId, { lock: true })
  if (!isAuthor) throw new Refusal('forbidden', '只有本人能同意展示自己的话。')
  if (programme.cancelledAt !== null) throw new Refusal('conflict', '培训班已经取消，不再展示摘录。')
  const text = found(await textOf(ctx, reflectionId, reflection.versions), '次提交')
  if (!oneLine(plainText(text)).includes(oneLine(quote)))
    refuseField('quote', '最后一次交的心得里没有这些话。请照原文摘录；改了的，请先再交一次')
  const offered = (await quotationsOf(ctx, reflectionId)).filter((it) => it.withdrawnOn === null)
  if (offered.some((it) => it.quote === quote)) refuseField('quote', '这段话已经同意展示了')
  if (offered.length >= mostOfOne) throw new Refusal('conflict', `一篇心得最多摘录 ${mostOfOne} 段。请先收回一段。`)

  const { tenantId, actor, today } = ctx
  const id = newId()
  const { programmeId, personId, path } = reflection
  await ctx.db.insert(trainingQuotations).values({
    ...{ tenantId, id, programmeId, reflectionId, personId, path, quote },
    ...{ signature: isSigned ? actor.name : '', consentedOn: today },
  })
  await record(ctx, 'training.quotation-offered', subjectOfReflection(programme, reflection), {
    title: programme.title,
  })
  return id
}

/** Takes the consent back: from now on the passage is shown nowhere. */
export async function withdrawQuotation(ctx: Context, quotationId: string): Promise<void> {
  const { quotation, programme } = await openQuotation(ctx, quotationId)
  if (quotation.personId !== personOf(ctx)) throw new Refusal('forbidden', '只有本人能收回同意。')
  if (quotation.withdrawnOn !== null) throw new Refusal('conflict', '已经收回了。请刷新页面查看。')

  await change(ctx, quotationId, { withdrawnOn: ctx.today, shownSince: null, shownBy: null })
  await record(
    ctx,
    'training.quotation-withdrawn',
    { ...subjectOf(programme), personId: quotation.personId },
    { title: programme.title },
  )
}

/** Shows a passage to those who read the programme, or no longer. */
export async function showQuotation(ctx: Context, quotationId: string, isShown: boolean): Promise<void> {
  const { quotation, programme } = await openQuotation(ctx, quotationId)
  authorize(mayRun(ctx.actor, programme.path), '选择展示哪些摘录')
  if (quotation.withdrawnOn !== null) throw new Refusal('conflict', '本人已经收回同意，不能展示。请刷新页面查看。')

  const set = isShown ? { shownSince: ctx.today, shownBy: ctx.actor.name } : { shownSince: null, shownBy: null }
  await change(ctx, quotationId, set)
  await record(
    ctx,
    isShown ? 'training.quotation-shown' : 'training.quotation-hidden',
    { ...subjectOf(programme), personId: quotation.personId },
    { title: programme.title },
  )
}

/** What is shown of a programme; for whoever runs it what was offered, too, and for authors their own. */
export async function readShelf(ctx: Context, programmeId: string): Promise<QuotationShelf> {
  const { programme, runs } = await openKnown(ctx, programmeId)
  const rows = await consented(ctx, programmeId)
  return {
    programme: { id: programme.id, name: programme.title },
    items: rows
      .filter((it) => runs || it.shownSince !== null || it.personId === personOf(ctx))
      .map(({ id, quote, signature, consentedOn, shownSince, personId }) => ({
        ...{ id, quote, signature, consentedOn, isShown: shownSince !== null, isOwn: personId === personOf(ctx) },
      })),
    can: { show: runs },
  }
}

/** The passages of a programme to which their authors consent today, in the order of being offered. */
export async function consented(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  programmeId: string,
): Promise<StoredQuotation[]> {
  return db
    .select()
    .from(trainingQuotations)
    .where(
      and(
        eq(trainingQuotations.tenantId, tenantId),
        eq(trainingQuotations.programmeId, programmeId),
        isNull(trainingQuotations.withdrawnOn),
      ),
    )
    .orderBy(asc(trainingQuotations.id))
}

/** The passages of one reflection, as its author sees them. */
export async function quotationsOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  reflectionId: string,
): Promise<ReflectionView['quotations']> {
  const { id, quote, signature, consentedOn, withdrawnOn, shownSince } = trainingQuotations
  return db
    .select({ id, quote, signature, consentedOn, withdrawnOn, shownSince })
    .from(trainingQuotations)
    .where(and(eq(trainingQuotations.tenantId, tenantId), eq(trainingQuotations.reflectionId, reflectionId)))
    .orderBy(asc(id))
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** A passage for its author and for whoever runs the programme; for everybody else there is none. */
async function openQuotation(
  ctx: Context,
  quotationId: string,
): Promise<{ quotation: StoredQuotation; programme: StoredProgramme }> {
  const [row] = await ctx.db.select().from(trainingQuotations).where(ofQuotation(ctx, quotationId)).for('update')
  const quotation = found(row, '段摘录')
  const programme = found(await findProgramme(ctx, quotation.programmeId), '段摘录')
  const isParty = quotation.personId === personOf(ctx) || mayRun(ctx.actor, programme.path)
  return { quotation: found(isParty ? quotation : undefined, '段摘录'), programme }
}

async function change(
  ctx: Context,
  quotationId: string,
  set: Partial<typeof trainingQuotations.$inferInsert>,
): Promise<void> {
  await ctx.db.update(trainingQuotations).set(set).where(ofQuotation(ctx, quotationId))
}

const ofQuotation = ({ tenantId }: Pick<Context, 'tenantId'>, quotationId: string) =>
  and(eq(trainingQuotations.tenantId, tenantId), eq(trainingQuotations.id, quotationId)) ?? sql`false`
