import { dayWritten } from '@zhibu/rules'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import type { Paper } from '../../platform/papers/official-paper.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { isBlank, mediaIds, plainText } from '../../platform/rich-text/reading-schema.ts'
import { findOrganization } from '../organization/queries.ts'
import { mayRun } from './policy.ts'
import { consented } from './quotations.ts'
import { rubricOf } from './rubric.ts'
import { openProgramme, type StoredProgramme, subjectOf } from './stored.ts'
import { figuresOf } from './summary-figures.ts'
import type { SummaryView } from './summary-schema.ts'
import { asQuoted, chartsOf, paperBlocks, proposedText, type Quoted } from './summary-text.ts'
import { trainingQuotations, trainingSummaries } from './tables.ts'

/**
 * 培训总结 of a closed programme: written by whoever runs it, from what the records say, and signed with name and day. After that it stays, with its figures, as
 * it was signed. Everything here runs over the whole university, after it was settled who may.
 */

type StoredSummary = typeof trainingSummaries.$inferSelect

/** The summary of a programme as far as it is written, and what the records propose. */
export async function readSummary(ctx: Context, programmeId: string): Promise<{ view: SummaryView; revision: number }> {
  const programme = await openSummarized(ctx, programmeId)
  const stored = await summaryOf(ctx, programmeId)
  const figures = stored?.figures ?? (await figuresOf(ctx, programme))
  const quotations = (await consented(ctx, programmeId)).filter((it) => it.shownSince !== null)
  const { name } = found(await findOrganization(ctx, programme.organizationId), '个组织')
  const { criteria } = await rubricOf(ctx, programmeId)
  const proposed = proposedText(
    programme,
    name,
    figures,
    quotations,
    criteria.map((it) => it.name),
  )
  const isOpen = stored === undefined || stored.signedOn === null
  const view: SummaryView = {
    programme: { id: programme.id, name: programme.title },
    text: stored?.text ?? proposed,
    ...{ proposed, figures, isWritten: stored !== undefined, writtenBy: stored?.writtenBy ?? null },
    signed: signatureOf(stored),
    revision: stored?.revision ?? 0,
    can: { write: isOpen, sign: isOpen && stored !== undefined },
  }
  return { view, revision: view.revision }
}

const signatureOf = (it: StoredSummary | undefined): SummaryView['signed'] =>
  it === undefined || it.signedOn === null || it.signedBy === null ? null : { by: it.signedBy, on: it.signedOn }

/** Keeps what is written, as read at this revision (0: nothing yet). */
export async function writeSummary(ctx: Context, programmeId: string, text: RichText, read: number): Promise<void> {
  const programme = await openSummarized(ctx, programmeId, { lock: true })
  const stored = await summaryOf(ctx, programmeId)
  refuseSigned(stored)
  refuseStale({ revision: stored?.revision ?? 0 }, read, '这份总结')
  if (mediaIds(text).length > 0) refuseField('text', '总结里不放图片和视频，图表由系统按记录生成。请删去')

  const { tenantId, actor } = ctx
  const set = { text, revision: read + 1, writtenAt: new Date(), writtenBy: actor.name }
  await ctx.db
    .insert(trainingSummaries)
    .values({ ...set, tenantId, programmeId, path: programme.path })
    .onConflictDoUpdate({ target: [trainingSummaries.tenantId, trainingSummaries.programmeId], set })
  await record(ctx, 'training.summary-written', subjectOf(programme), { title: programme.title })
}

/** Signs what is written, as read at this revision, with the actor's name, today, and the figures of today. Refuses words whose author has taken the consent back. */
export async function signSummary(ctx: Context, programmeId: string, read: number): Promise<void> {
  const programme = await openSummarized(ctx, programmeId, { lock: true })
  const stored = await summaryOf(ctx, programmeId)
  if (stored === undefined) throw new Refusal('incomplete', '还没有写总结。请先写、保存，再签署。')
  refuseSigned(stored)
  refuseActOnStale(stored, read, '这份总结')
  if (isBlank(stored.text)) throw new Refusal('incomplete', '总结是空的。请先写、保存，再签署。')
  await refuseWithdrawn(ctx, programmeId, stored.text)

  const figures = await figuresOf(ctx, programme)
  await ctx.db
    .update(trainingSummaries)
    .set({ figures, signedOn: ctx.today, signedBy: ctx.actor.name, revision: read + 1 })
    .where(ofSummary(ctx, programmeId))
  await record(ctx, 'training.summary-signed', subjectOf(programme), { title: programme.title })
}

/** The summary as a paper with charts; one that is not signed says so on every page, and holds no words whose author has taken the consent back. */
export async function summaryPaper(ctx: Context, programmeId: string): Promise<Paper> {
  const programme = await openSummarized(ctx, programmeId)
  const stored = await summaryOf(ctx, programmeId)
  if (stored === undefined) throw new Refusal('conflict', '还没有写总结。请先写、保存，再导出。')
  const signed = signatureOf(stored)
  if (signed === null) await refuseWithdrawn(ctx, programmeId, stored.text)
  return {
    title: `${programme.title}总结`,
    body: [...paperBlocks(stored.text), ...chartsOf(stored.figures ?? (await figuresOf(ctx, programme)))],
    attachments: [],
    ...(signed ? { signer: signed.by, signedOn: dayWritten(signed.on) } : { runningHead: '草稿，还没有签署' }),
    ...{ marksMissing: true, madeOn: signed?.on ?? ctx.today },
  }
}

function refuseSigned(stored: StoredSummary | undefined): void {
  if (stored !== undefined && stored.signedOn !== null)
    throw new Refusal(
      'conflict',
      `这份总结已由${stored.signedBy ?? ''}在${dayWritten(stored.signedOn)}签署，不能再改。请刷新页面查看。`,
    )
}

/** Refuses words whose author has taken the consent back, and a name under words that are shown without it by now. */
async function refuseWithdrawn(ctx: Context, programmeId: string, text: RichText): Promise<void> {
  const withdrawn = await ctx.db
    .select({ quote: trainingQuotations.quote, signature: trainingQuotations.signature })
    .from(trainingQuotations)
    .where(
      and(
        eq(trainingQuotations.tenantId, ctx.tenantId),
        eq(trainingQuotations.programmeId, programmeId),
        isNotNull(trainingQuotations.withdrawnOn),
      ),
    )
  const standing = await consented(ctx, programmeId)
  const words = squeezed(plainText(text))
  const isUsed = (it: Quoted) => words.includes(squeezed(asQuoted(it)))
  const gone = withdrawn.find(
    (it) =>
      !standing.some((one) => one.quote === it.quote && one.signature === it.signature) &&
      (standing.some((one) => one.quote === it.quote)
        ? it.signature !== '' && isUsed(it)
        : words.includes(squeezed(it.quote))),
  )
  if (gone)
    throw new Refusal(
      'conflict',
      `总结里的“${gone.quote.slice(0, 20)}”，本人已经收回同意${standing.some((one) => one.quote === gone.quote) ? '署名' : ''}，不能再用。请删去、保存以后再签署或导出。`,
    )
}

const squeezed = (it: string): string => it.replace(/\s+/g, '')

async function openSummarized(ctx: Context, programmeId: string, { lock = false } = {}): Promise<StoredProgramme> {
  const programme = await openProgramme(ctx, programmeId, { lock })
  authorize(mayRun(ctx.actor, programme.path), '写这个培训班的总结')
  if (programme.closedAt === null || programme.cancelledAt !== null)
    throw new Refusal('conflict', '培训班还没有办结。请先办结，再写总结。')
  return programme
}

async function summaryOf({ db, tenantId }: Context, programmeId: string): Promise<StoredSummary | undefined> {
  const [row] = await db.select().from(trainingSummaries).where(ofSummary({ tenantId }, programmeId))
  return row
}

const ofSummary = ({ tenantId }: Pick<Context, 'tenantId'>, programmeId: string) =>
  and(eq(trainingSummaries.tenantId, tenantId), eq(trainingSummaries.programmeId, programmeId))
