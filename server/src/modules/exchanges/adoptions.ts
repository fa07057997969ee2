import { dayWritten } from '@zhibu/rules'
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { organizations } from '../organization/tables.ts'
import type { Adoption, NewAdoption, ReportText } from './card-schema.ts'
import { ofCard, refuseWithdrawn } from './cards.ts'
import { mayRun } from './policy.ts'
import { placeFor } from './stored.ts'
import { exchangeAdoptions, exchangeCards, exchangeReports } from './tables.ts'

/** Which organisations try a practice (我们也试试), and what they report of it. Everybody of the university reads it, in the order of its days. */

type StoredAdoption = typeof exchangeAdoptions.$inferSelect

/** So many reports an organisation gives of one practice. */
const mostReports = 20

/** Says that an organisation tries a practice. Returns the id. */
export async function adoptCard(ctx: Context, cardId: string, { organizationId, plan }: NewAdoption): Promise<string> {
  const path = await placeFor(ctx, organizationId, '采用做法')
  const [row] = await ctx.db.select().from(exchangeCards).where(ofCard(ctx, cardId))
  const card = found(row, '张做法卡片')
  refuseWithdrawn(card)
  const { tenantId, actor, today } = ctx
  const id = newId()
  const [made] = await ctx.db
    .insert(exchangeAdoptions)
    .values({
      ...{ tenantId, id, cardId, version: card.version, organizationId, path, plan },
      ...{ adoptedOn: today, adoptedBy: actor.name },
    })
    .onConflictDoNothing()
    .returning({ id: exchangeAdoptions.id })
  if (!made) throw new Refusal('conflict', '这个组织已经在试这个做法。请刷新页面，在下面填写反馈。')
  await record(ctx, 'exchanges.card-adopted', subjectOf({ id, path }), { title: card.text.title })
  return id
}

/** Says that an organisation tries it no longer, and why; its reports stay. */
export async function endAdoption(ctx: Context, adoptionId: string, reason: string): Promise<void> {
  const it = await lockAdoption(ctx, adoptionId, '停止试用')
  if (it.endedOn !== null) throw new Refusal('conflict', '已经停止试用。请刷新页面查看。')
  await ctx.db
    .update(exchangeAdoptions)
    .set({ endedOn: ctx.today, endReason: reason })
    .where(ofAdoption(ctx, adoptionId))
  await record(ctx, 'exchanges.adoption-ended', subjectOf(it), { reason })
}

/** Tells what an organisation did, what came of it, and what was different there; that it was no use is told just so. Returns the id. */
export async function reportOn(ctx: Context, adoptionId: string, text: ReportText): Promise<string> {
  const it = await lockAdoption(ctx, adoptionId, '填写反馈')
  if (text.on > ctx.today) refuseField('on', '不能晚于今天')
  if (text.on < it.adoptedOn) refuseField('on', `不能早于采用的日期${dayWritten(it.adoptedOn)}`)
  const known = await ctx.db.$count(
    exchangeReports,
    and(eq(exchangeReports.tenantId, ctx.tenantId), eq(exchangeReports.adoptionId, adoptionId)),
  )
  if (known >= mostReports) throw new Refusal('conflict', `一个组织对一个做法最多写 ${mostReports} 次反馈。`)
  const id = newId()
  const { tenantId, actor } = ctx
  await ctx.db.insert(exchangeReports).values({
    ...{ tenantId, id, adoptionId, cardId: it.cardId, path: it.path, text, writtenBy: actor.name },
  })
  await record(ctx, 'exchanges.reported', subjectOf(it), { practiceOutcome: text.outcome, on: text.on })
  return id
}

/** Takes back a report of the own organisation, such as one that was written to the wrong card. */
export async function removeReport(ctx: Context, adoptionId: string, reportId: string): Promise<void> {
  const it = await lockAdoption(ctx, adoptionId, '撤回反馈')
  const [gone] = await ctx.db
    .delete(exchangeReports)
    .where(
      and(
        eq(exchangeReports.tenantId, ctx.tenantId),
        eq(exchangeReports.adoptionId, adoptionId),
        eq(exchangeReports.id, reportId),
      ),
    )
    .returning()
  found(gone, '条反馈')
  await record(ctx, 'exchanges.report-removed', subjectOf(it), {})
}

/** Who tries a card, in the order of their days, with their reports. In two statements. */
export async function adoptionsOf(ctx: Context, cardId: string): Promise<Adoption[]> {
  const { tenantId } = ctx
  const rows = await ctx.db
    .select({ it: exchangeAdoptions, organization: { id: organizations.id, name: organizations.name } })
    .from(exchangeAdoptions)
    .innerJoin(
      organizations,
      and(
        eq(organizations.tenantId, exchangeAdoptions.tenantId),
        eq(organizations.id, exchangeAdoptions.organizationId),
      ),
    )
    .where(and(eq(exchangeAdoptions.tenantId, tenantId), eq(exchangeAdoptions.cardId, cardId)))
    .orderBy(asc(exchangeAdoptions.adoptedOn), asc(exchangeAdoptions.id))
  const reports = await ctx.db
    .select()
    .from(exchangeReports)
    .where(and(eq(exchangeReports.tenantId, tenantId), eq(exchangeReports.cardId, cardId)))
    .orderBy(sql`${exchangeReports.text}->>'on'`, asc(exchangeReports.id))
  return rows.map(({ it, organization }) => {
    const runs = mayRun(ctx.actor, it.path)
    return {
      ...{ id: it.id, organization, plan: it.plan, version: it.version, adoptedOn: it.adoptedOn },
      ended: it.endedOn === null ? null : { on: it.endedOn, reason: it.endReason ?? '' },
      reports: reports
        .filter((one) => one.adoptionId === it.id)
        .map(({ id, text, writtenBy }) => ({ ...text, id, writtenBy, canRemove: runs })),
      can: { report: runs },
    }
  })
}

async function lockAdoption(ctx: Context, adoptionId: string, named: string): Promise<StoredAdoption> {
  const [row] = await ctx.db.select().from(exchangeAdoptions).where(ofAdoption(ctx, adoptionId))
  authorize(mayRun(ctx.actor, found(row, '次采用').path), named)
  const [locked] = await ctx.db.select().from(exchangeAdoptions).where(ofAdoption(ctx, adoptionId)).for('update')
  return found(locked, '次采用')
}

const ofAdoption = ({ tenantId }: Pick<Context, 'tenantId'>, adoptionId: string): SQL =>
  and(eq(exchangeAdoptions.tenantId, tenantId), eq(exchangeAdoptions.id, adoptionId)) ?? sql`false`

const subjectOf = ({ id, path }: Pick<StoredAdoption, 'id' | 'path'>) => ({
  kind: 'practiceAdoption',
  id,
  orgPath: path,
})
