import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { journal, record } from '../../platform/journal.ts'
import { lowestAbove } from '../../platform/org-path.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { forgetEntries } from '../../platform/search/entries.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { isLapsed, isOut, isUnlisted, ofListed } from './disposable.ts'
import { mayDispose } from './policy.ts'
import type { DisposalDecision, NewDisposal } from './schema.ts'
import { archiveDisposalDocuments, archiveDisposals, archiveDocuments } from './tables.ts'
import { filingListOf } from './template.ts'

/**
 * Lists of documents that are to be destroyed. Nothing goes by itself: one person draws up the list, another from above
 * decides, and of what is destroyed the entry stays. What may be listed: what was withdrawn, and what has been kept as long
 * as its place asks for.
 */

/** Draws up a list. Refuses what may not be destroyed yet, and what stands on another open list. */
export async function proposeDisposal(ctx: Context, { documentIds, reason }: NewDisposal): Promise<string> {
  const ids = [...new Set(documentIds)]
  const filing = await filingListOf(ctx)
  const asked = and(eq(archiveDocuments.tenantId, ctx.tenantId), inArray(archiveDocuments.id, ids))
  // Locked first: what is read with the lock may be older than the list for which it was waited.
  await ctx.db
    .select({ id: archiveDocuments.id })
    .from(archiveDocuments)
    .where(asked)
    .orderBy(archiveDocuments.id)
    .for('update')
  const rows = await ctx.db
    .select({
      document: archiveDocuments,
      mayGo: sql<boolean>`${isUnlisted} and (${isOut} or ${isLapsed(ctx, filing)})`,
    })
    .from(archiveDocuments)
    .where(asked)
  found(rows.length === ids.length ? rows : undefined, '些材料')
  for (const { document } of rows) found(mayDispose(ctx.actor, document).propose ? document : undefined, '些材料')
  const kept = rows.find(({ mayGo, document }) => !mayGo || document.isWithdrawal)
  if (kept)
    throw new Refusal(
      'conflict',
      `“${kept.document.title}”不能列入销毁清单：保管期限未满，也没有撤出，或已在另一份清单中。请去掉后重新提交。`,
    )
  const own = rows.find(({ document }) => document.personId !== null && document.personId === ctx.actor.personId)
  if (own) throw new Refusal('forbidden', '清单中有您本人的材料，须由其他同志办理。请去掉后重新提交。')

  const at = found(await findOrganization(ctx, await commonOrganization(ctx, rows)), '个组织')
  if (!mayDispose(ctx.actor, at).propose)
    throw new Refusal(
      'conflict',
      `这些材料分属${at.name}以下的不同组织，一并列入清单须由${at.name}办理。请按所在组织分别编制清单。`,
    )
  const list = { tenantId: ctx.tenantId, id: newId(), organizationId: at.id, path: at.path, reason }
  await ctx.db
    .insert(archiveDisposals)
    .values({ ...list, proposedBy: ctx.actor.accountId, proposedByName: ctx.actor.name })
  await ctx.db.insert(archiveDisposalDocuments).values(
    rows.map(({ document }) => ({
      tenantId: ctx.tenantId,
      disposalId: list.id,
      documentId: document.id,
      path: document.path,
    })),
  )
  await record(ctx, 'archive.disposal-proposed', subjectOf(list), { documents: ids, reason })
  return list.id
}

/** Decides on a list. Approved, its documents are destroyed: their entries stay, the bytes go as soon as nothing else has them. */
export async function decideDisposal(
  ctx: Context,
  disposalId: string,
  { decision, reason }: DisposalDecision,
): Promise<void> {
  const [it] = await ctx.db
    .select()
    .from(archiveDisposals)
    .where(and(eq(archiveDisposals.tenantId, ctx.tenantId), eq(archiveDisposals.id, disposalId)))
    .for('update')
  const list = found(it, '份销毁清单')
  found(mayDispose(ctx.actor, list).propose ? list : undefined, '份销毁清单')
  if (list.proposedBy === ctx.actor.accountId)
    throw new Refusal('forbidden', '销毁须由两人办理：您编制了这份清单，须由上级党组织的另一位同志审批。')
  authorize(mayDispose(ctx.actor, list).decide, '审批销毁清单')
  await refuseOwnPapers(ctx, disposalId)
  if (list.decision !== null) throw new Refusal('conflict', '这份清单已经审批过。请刷新后查看。')
  if (decision === 'approved') await refuseMovedAway(ctx, disposalId)

  await ctx.db
    .update(archiveDisposals)
    .set({
      decision,
      decisionReason: reason,
      decidedBy: ctx.actor.accountId,
      decidedByName: ctx.actor.name,
      decidedAt: sql`now()`,
    })
    .where(and(eq(archiveDisposals.tenantId, ctx.tenantId), eq(archiveDisposals.id, disposalId)))
  const ofList = and(
    eq(archiveDisposalDocuments.tenantId, ctx.tenantId),
    eq(archiveDisposalDocuments.disposalId, disposalId),
  )
  if (decision === 'approved') {
    await ctx.db.update(archiveDisposalDocuments).set({ destroyedOn: ctx.today }).where(ofList)
    await forgetEntries(ctx, 'document', await destroyFormer(ctx, disposalId))
    await enqueue(ctx.db, 'archive.remove-destroyed', { tenantId: ctx.tenantId, disposalId })
  }
  await record(ctx, 'archive.disposal-decided', subjectOf(list), { decision, reason })
}

/** Destroys with the documents of a list what each of them had superseded: a paper goes with its whole history. Gives all of them. */
async function destroyFormer(ctx: Context, disposalId: string): Promise<string[]> {
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    with recursive line as (
      select d.id, d.supersedes, d.path from archive_disposal_documents listed
        join archive_documents d on d.tenant_id = listed.tenant_id and d.id = listed.document_id
        where listed.tenant_id = ${ctx.tenantId} and listed.disposal_id = ${disposalId}
      union select d.id, d.supersedes, d.path from line
        join archive_documents d on d.tenant_id = ${ctx.tenantId} and d.id = line.supersedes
    ), destroyed as (
      insert into archive_disposal_documents (tenant_id, disposal_id, document_id, path, destroyed_on)
        select ${ctx.tenantId}, ${disposalId}, id, path, ${ctx.today} from line
        on conflict do nothing
    ) select id from line`)
  return rows.map((it) => it.id)
}

/** Nobody approves what they do not see: documents move with their person, also out of the sight of who is to decide. */
async function refuseMovedAway({ db, tenantId }: Context, disposalId: string): Promise<void> {
  const [proposed] = await db
    .select({ documents: sql<string[]>`${journal.details} -> 'documents'` })
    .from(journal)
    .where(
      and(
        eq(journal.tenantId, tenantId),
        eq(journal.subjectId, disposalId),
        eq(journal.event, 'archive.disposal-proposed'),
      ),
    )
  const rows = await db
    .select({ id: archiveDisposalDocuments.documentId })
    .from(archiveDisposalDocuments)
    .where(and(eq(archiveDisposalDocuments.tenantId, tenantId), eq(archiveDisposalDocuments.disposalId, disposalId)))
    .for('update')
  const seen = new Set(rows.map((it) => it.id))
  const gone = (proposed?.documents ?? []).filter((id) => !seen.has(id)).length
  if (gone > 0)
    throw new Refusal(
      'conflict',
      `清单中有 ${gone} 份材料已随本人转到您管理的范围以外，您看不到，不能批准。请选“不批准”，由编制人把其余的材料重新编制成清单。`,
    )
}

/** Nobody decides on what becomes of their own papers. */
async function refuseOwnPapers({ db, tenantId, actor }: Context, disposalId: string): Promise<void> {
  if (actor.personId === null) return
  const [own] = await db
    .select({ id: archiveDocuments.id })
    .from(archiveDisposalDocuments)
    .innerJoin(archiveDocuments, ofListed)
    .where(
      and(
        eq(archiveDisposalDocuments.tenantId, tenantId),
        eq(archiveDisposalDocuments.disposalId, disposalId),
        eq(archiveDocuments.personId, actor.personId),
      ),
    )
    .limit(1)
  if (own) throw new Refusal('forbidden', '清单中有您本人的材料，须由上级党组织的其他同志审批。')
}

/** Whether a document stands on a list that waits for its decision, or was destroyed by one. */
export async function disposalOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  documentId: string,
): Promise<'proposed' | 'destroyed' | null> {
  const rows = await db
    .select({ decision: archiveDisposals.decision, destroyedOn: archiveDisposalDocuments.destroyedOn })
    .from(archiveDisposalDocuments)
    .innerJoin(
      archiveDisposals,
      and(
        eq(archiveDisposals.tenantId, archiveDisposalDocuments.tenantId),
        eq(archiveDisposals.id, archiveDisposalDocuments.disposalId),
      ),
    )
    .where(and(eq(archiveDisposalDocuments.tenantId, tenantId), eq(archiveDisposalDocuments.documentId, documentId)))
  if (rows.some((it) => it.destroyedOn !== null)) return 'destroyed'
  return rows.some((it) => it.decision === null) ? 'proposed' : null
}

/** The lowest organisation above all documents of a list. */
async function commonOrganization(ctx: Context, rows: readonly { document: { path: string } }[]): Promise<string> {
  const common = lowestAbove(rows.map(({ document }) => document.path)) ?? ''
  const [row] = await ctx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.path, common)))
  return found(row, '个组织').id
}

const subjectOf = (it: { id: string; path: string }) => ({ kind: 'disposal', id: it.id, orgPath: it.path })
