import { addDays, type Day, dayWritten } from '@zhibu/rules'
import { and, eq, gte, isNull, or } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { ancestors } from '../../platform/org-path.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField } from '../../platform/refusal.ts'
import { appoint, endOffice } from '../organization/offices.ts'
import { may as mayAt } from '../organization/policy.ts'
import { findOrganization } from '../organization/queries.ts'
import { offices, organizations } from '../organization/tables.ts'
import { findPerson } from '../people/queries.ts'
import { accessesOf, decide, type FoundAccess } from './accesses.ts'
import { type Told, tellSuccession } from './informing.ts'
import type { Side } from './names-schema.ts'
import { maySucceed } from './policy.ts'
import type { NewEntry, NewSuccession, Settlement, Signing } from './succession-schema.ts'
import { type OpenedSuccession, ofSuccession, openSuccession, subjectOfSuccession } from './succession-stored.ts'
import { kitToKeep } from './succession-views.ts'
import {
  talentSuccessionEntries,
  talentSuccessionKits,
  talentSuccessionSignatures,
  talentSuccessions,
} from './tables.ts'

/** The hand-over of an office (工作交接), from its beginning to the last signature. Everything here runs over the whole university. */

/** An office that ended no longer ago than this may still be handed over. */
const daysAfterEnd = 366

/** So many lines are written down in one hand-over. */
const mostEntries = 100

/** Begins the hand-over of an office that is held, or ended not long ago. Returns its id. Nobody begins that of their own. */
export async function beginSuccession(
  ctx: Context,
  { organizationId, officeId, incomingPersonId }: NewSuccession,
  { base }: Told,
): Promise<string> {
  const organization = found(await findOrganization(ctx, organizationId, { lock: 'share' }), '个组织')
  const [row] = await ctx.db
    .select()
    .from(offices)
    .where(
      and(eq(offices.tenantId, ctx.tenantId), eq(offices.id, officeId), eq(offices.organizationId, organizationId)),
    )
    .for('update')
  const office = found(row, '项任职')
  const { path } = organization
  authorize(mayAt(ctx.actor, organization).appoint.includes(office.office), '办理这项职务的工作交接')
  authorize(ctx.actor.personId !== office.personId, '办理自己职务的工作交接（请由上级党组织办理）')
  if (office.from > ctx.today)
    throw new Refusal('conflict', `这项任职从${dayWritten(office.from)}开始，还没有可以交接的工作。`)
  const isOver = office.until !== null && office.until < ctx.today
  if (isOver && office.until !== null && office.until < addDays(ctx.today, -daysAfterEnd))
    throw new Refusal('conflict', `这项任职已在${dayWritten(office.until)}结束，超过一年，不再办理交接。`)
  const incoming = incomingPersonId === null ? null : await successorFor(ctx, office, incomingPersonId)
  const open = and(
    eq(talentSuccessions.tenantId, ctx.tenantId),
    eq(talentSuccessions.officeId, officeId),
    isNull(talentSuccessions.closedOn),
    isNull(talentSuccessions.droppedOn),
  )
  if ((await ctx.db.$count(talentSuccessions, open)) > 0)
    throw new Refusal('conflict', '这项职务的工作交接已经开始。请在“工作交接”里打开。')

  const id = newId()
  await ctx.db.insert(talentSuccessions).values({
    ...{ tenantId: ctx.tenantId, id, organizationId, path, officeId, office: office.office },
    ...{ outgoingPersonId: office.personId, outgoingName: office.personName },
    ...{ incomingPersonId: incoming?.id ?? null, incomingName: incoming?.name ?? null },
    ...{ begunBy: ctx.actor.name, begunOn: ctx.today, lastOn: isOver ? office.until : null },
  })
  await record(
    ctx,
    'talent.succession-begun',
    { ...subjectOfSuccession({ id, path }), personId: office.personId },
    { office: office.office, officer: office.personName, successor: incoming?.name ?? null },
  )
  await tellBoth(ctx, { id, path, to: [office.personId, ...(incoming ? [incoming.id] : [])], base })
  return id
}

/** Names the successor, or another one, as read at this revision. Not once the office was given or they have signed. */
export async function nameSuccessor(
  ctx: Context,
  successionId: string,
  personId: string,
  { base, revision }: Told & { revision: number },
): Promise<void> {
  const it = await openSuccession(ctx, successionId, { lock: true })
  authorize(maySucceed(ctx.actor, it, ctx.today).nameSuccessor, '确定这项职务的接手人')
  refuseActOnStale(it, revision, '这次工作交接')
  const incoming = await successorFor(ctx, { personId: it.outgoingPersonId }, personId)
  await change(ctx, it, { incomingPersonId: incoming.id, incomingName: incoming.name })
  await record(
    ctx,
    'talent.succession-successor-named',
    { ...subjectOfSuccession(it), personId: incoming.id },
    { successor: incoming.name },
  )
  await tellBoth(ctx, { ...it, to: [incoming.id], base })
}

/** Writes down what was promised, or where something lies. What the line says stands in no row of the journal. */
export async function writeEntry(ctx: Context, successionId: string, entry: NewEntry): Promise<string> {
  const it = await openSuccession(ctx, successionId, { lock: true })
  refuseDrawnUp(it)
  authorize(maySucceed(ctx.actor, it, ctx.today).write, '在这份交接单里写')
  const { tenantId } = ctx
  const ofEntries = and(
    eq(talentSuccessionEntries.tenantId, tenantId),
    eq(talentSuccessionEntries.successionId, successionId),
  )
  if ((await ctx.db.$count(talentSuccessionEntries, ofEntries)) >= mostEntries)
    throw new Refusal('too-large', `一份交接单最多写 ${mostEntries} 条。请把相近的合并成一条。`)
  const id = newId()
  await ctx.db.insert(talentSuccessionEntries).values({
    ...{ ...entry, tenantId, id, successionId, path: it.path, writerPersonId: personOf(ctx) },
    ...{ writtenBy: ctx.actor.name, writtenOn: ctx.today },
  })
  await change(ctx, it, {})
  await record(ctx, 'talent.succession-entry-written', subjectOfSuccession(it), { kitEntry: entry.kind })
  return id
}

/** Takes back an own line, as long as the kit was not drawn up. */
export async function removeEntry(ctx: Context, successionId: string, entryId: string): Promise<void> {
  const it = await openSuccession(ctx, successionId, { lock: true })
  refuseDrawnUp(it)
  authorize(maySucceed(ctx.actor, it, ctx.today).write, '修改这份交接单')
  const [removed] = await ctx.db
    .delete(talentSuccessionEntries)
    .where(
      and(
        eq(talentSuccessionEntries.tenantId, ctx.tenantId),
        eq(talentSuccessionEntries.successionId, successionId),
        eq(talentSuccessionEntries.id, entryId),
        eq(talentSuccessionEntries.writerPersonId, personOf(ctx)),
      ),
    )
    .returning({ kind: talentSuccessionEntries.kind })
  const { kind } = found(removed, '条由您写下的内容')
  await change(ctx, it, {})
  await record(ctx, 'talent.succession-entry-removed', subjectOfSuccession(it), { kitEntry: kind })
}

/**
 * Settles what becomes of every access, all in this one transaction and as read at this revision: the office ends on the day before and is
 * given to the successor from the day on, and each other access is kept, withdrawn or passed on as decided. Refuses all where one
 * is refused, and where the list is another by now.
 */
export async function settleSuccession(
  ctx: Context,
  successionId: string,
  { firstOn, documentNumber, decisions }: Settlement,
  revision: number,
): Promise<void> {
  const it = await openSuccession(ctx, successionId, { lock: true })
  authorize(maySucceed(ctx.actor, it, ctx.today).settle, '移交这项职务的权限')
  refuseActOnStale(it, revision, '这次工作交接')
  // Before its offices, in the order of the page of the organisation: so neither waits for the other.
  await findOrganization(ctx, it.organizationId, { lock: 'update' })
  const { incomingPersonId } = it
  const isFirst = it.settledOn === null
  const decided = decidedOf(await accessesOf(ctx, { ...it, isSettled: !isFirst }), decisions)

  const lastOn = isFirst ? await endOfOffice(ctx, it, addDays(firstOn, -1)) : it.lastOn
  if (!isFirst && lastOn !== null && firstOn <= lastOn)
    refuseField('firstOn', `移交人任职到${dayWritten(lastOn)}，接手日期请填在这以后`)
  await decide(ctx, decided, { firstOn, incomingPersonId, documentNumber })
  const beganOn =
    incomingPersonId === null ? null : await giveOffice(ctx, it, { incomingPersonId, firstOn, documentNumber })
  const settled = decided.map(({ access: { key, kind, title, facts }, decision }) => ({
    ...{ key, kind, title, facts, decision },
  }))
  await change(ctx, it, {
    ...{ lastOn, firstOn: beganOn, accesses: [...it.accesses, ...settled] },
    ...(isFirst && { settledOn: ctx.today, settledBy: ctx.actor.name }),
  })
  await record(
    ctx,
    'talent.succession-settled',
    { ...subjectOfSuccession(it), personId: it.outgoingPersonId },
    {
      firstOn,
      passedCount: countOf(settled, 'pass'),
      withdrawnCount: countOf(settled, 'withdraw'),
      keptCount: countOf(settled, 'keep'),
    },
  )
  await closeWhereDone(ctx, successionId)
}

/** What is decided of each access: of all that there are now, and of nothing else. */
function decidedOf(all: readonly FoundAccess[], decisions: Settlement['decisions']) {
  const given = new Map(decisions.map((one) => [one.key, one.decision]))
  if (given.size !== all.length || all.some((it) => !given.has(it.key)))
    throw new Refusal('changed', '要处理的权限刚刚有变化，这次没有办理。请刷新页面，逐项看过再办理。')
  return all.map((access) => {
    const decision = given.get(access.key) ?? 'keep'
    if (!access.allowed.includes(decision)) refuseField('decisions', `“${access.title}”不能这样处理，请重新选择`)
    return { access, decision }
  })
}

const countOf = (all: readonly { decision: string }[], decision: string): number =>
  all.filter((one) => one.decision === decision).length

/** Ends the office on its last day, where it is not over by then; answers with that day. */
async function endOfOffice(ctx: Context, it: OpenedSuccession, lastOn: Day): Promise<Day> {
  const [office] = await ctx.db
    .select({ from: offices.from, until: offices.until })
    .from(offices)
    .where(and(eq(offices.tenantId, ctx.tenantId), eq(offices.id, it.officeId)))
    .for('update')
  const { from, until } = found(office, '项任职')
  if (until !== null && until <= lastOn) return until
  if (lastOn < from) refuseField('firstOn', `移交人从${dayWritten(from)}起任职，接手日期请填在这以后`)
  await endOffice(ctx, it.organizationId, it.officeId, { on: lastOn, reason: '工作交接' })
  return lastOn
}

/** Gives the office to who comes, unless it was given to them on the page of the organisation before; answers with their first day. */
async function giveOffice(
  ctx: Context,
  { organizationId, office }: OpenedSuccession,
  {
    incomingPersonId: personId,
    firstOn,
    documentNumber,
  }: { incomingPersonId: string; firstOn: Day; documentNumber: string },
): Promise<Day> {
  const [held] = await ctx.db
    .select({ from: offices.from })
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, ctx.tenantId),
        eq(offices.organizationId, organizationId),
        eq(offices.personId, personId),
        eq(offices.office, office),
        or(isNull(offices.until), gte(offices.until, firstOn)),
      ),
    )
    .orderBy(offices.from)
    .limit(1)
  if (held) return held.from
  const number = documentNumber === '' ? {} : { documentNumber }
  await appoint(ctx, organizationId, { personId, office, from: firstOn, ...number })
  return firstOn
}

/** Signs for one side, with a remark, what was read at this revision. The first signature draws the kit up, and from then on nothing in it changes. */
export async function signSuccession(
  ctx: Context,
  successionId: string,
  { remark }: Signing,
  { side, now, revision }: { side: Side; now: Date; revision: number },
): Promise<void> {
  const it = await openSuccession(ctx, successionId, { lock: true })
  const can = maySucceed(ctx.actor, it, ctx.today)
  if (side === 'outgoing' ? it.hasOutgoingSigned : it.hasIncomingSigned)
    throw new Refusal('conflict', '这一方已经签过，不能再签。')
  if (it.closedOn !== null && (can.isOutgoing || can.isIncoming))
    throw new Refusal('conflict', '这次工作交接已经办结，不能再签。请刷新页面查看办结原因。')
  if (side === 'incoming' && can.isIncoming && !can.signIncoming)
    throw new Refusal(
      'conflict',
      '移交人还没有确认已交。请等移交人确认以后再确认；移交人任职结束以后，没有确认也可以先确认。',
    )
  authorize(side === 'outgoing' ? can.signOutgoing : can.signIncoming, '签这一方的字')
  refuseActOnStale(it, revision, '这份交接单')
  await drawUp(ctx, it, now)
  const { tenantId, actor, today } = ctx
  await ctx.db.insert(talentSuccessionSignatures).values({
    ...{ tenantId, successionId, path: it.path, side, signerPersonId: personOf(ctx), name: actor.name, remark },
    signedOn: today,
  })
  await change(ctx, it, {})
  await record(
    ctx,
    'talent.succession-signed',
    { ...subjectOfSuccession(it), personId: personOf(ctx) },
    { signedSide: side, hasRemark: remark !== '' },
  )
  await closeWhereDone(ctx, successionId)
}

/** Closes a hand-over whose accesses are settled and in which a side has not signed, with the reason, as read at this revision. */
export async function closeSuccession(
  ctx: Context,
  successionId: string,
  { reason, revision, now }: { reason: string; revision: number; now: Date },
): Promise<void> {
  const it = await openSuccession(ctx, successionId, { lock: true })
  const can = maySucceed(ctx.actor, it, ctx.today)
  if (it.settledOn === null && can.settle)
    throw new Refusal('conflict', '权限还没有移交。请先点“办理移交”，逐项处理权限，再办结。')
  authorize(can.close, '办结这次工作交接')
  refuseActOnStale(it, revision, '这次工作交接')
  await drawUp(ctx, it, now)
  await change(ctx, it, { closedOn: ctx.today, closedBy: ctx.actor.name, closeReason: reason })
  await record(ctx, 'talent.succession-closed', subjectOfSuccession(it), { reason })
}

/**
 * Calls a hand-over off before anything was settled: one that was begun by mistake, or whose successor cannot be given the office after all. What was
 * written down for it goes; what was signed by then stays as it was, for who gives the office.
 */
export async function dropSuccession(
  ctx: Context,
  successionId: string,
  { reason, revision }: { reason: string; revision: number },
): Promise<void> {
  const it = await openSuccession(ctx, successionId, { lock: true })
  authorize(maySucceed(ctx.actor, it, ctx.today).drop, '取消这次工作交接')
  refuseActOnStale(it, revision, '这次工作交接')
  await ctx.db
    .delete(talentSuccessionEntries)
    .where(
      and(eq(talentSuccessionEntries.tenantId, ctx.tenantId), eq(talentSuccessionEntries.successionId, successionId)),
    )
  await change(ctx, it, { droppedOn: ctx.today, dropReason: reason })
  await record(ctx, 'talent.succession-dropped', subjectOfSuccession(it), { reason })
}

/** Keeps the kit as the records say at this moment, unless it was drawn up before. */
async function drawUp(ctx: Context, it: OpenedSuccession, now: Date): Promise<void> {
  if (it.isDrawnUp) return
  const kit = await kitToKeep(ctx, it, now)
  const { tenantId, today, actor } = ctx
  await ctx.db
    .insert(talentSuccessionKits)
    .values({ tenantId, successionId: it.id, path: it.path, drawnUpOn: today, drawnUpBy: actor.name, kit })
}

/** It is done with the last of three: the office given, both signatures there. */
async function closeWhereDone(ctx: Context, successionId: string): Promise<void> {
  const it = await openSuccession(ctx, successionId)
  if (it.firstOn !== null && it.hasOutgoingSigned && it.hasIncomingSigned)
    await change(ctx, it, { closedOn: ctx.today })
}

function refuseDrawnUp(it: OpenedSuccession): void {
  if (it.isDrawnUp) throw new Refusal('conflict', '交接单已经签过，内容不再改动。补充的话，请写在签字的备注里。')
}

const change = (ctx: Context, it: OpenedSuccession, set: Partial<typeof talentSuccessions.$inferInsert>) =>
  ctx.db
    .update(talentSuccessions)
    .set({ ...set, revision: it.revision + 1 })
    .where(ofSuccession(ctx, it.id))

/** Whom the actor may name: a person whose file they keep, who is not the one that goes, and not themselves. */
async function successorFor(
  ctx: Context,
  { personId }: { personId: string },
  incomingPersonId: string,
): Promise<{ id: string; name: string }> {
  const person = await findPerson(ctx, incomingPersonId)
  const it = found(person && ctx.actor.holds('keep-files', person.path) ? person : undefined, '位同志')
  if (incomingPersonId === personId) refuseField('incomingPersonId', '接手人不能是移交人自己')
  if (incomingPersonId === ctx.actor.personId) refuseField('incomingPersonId', '由您接手的，请上级党组织来办这次交接')
  return { id: incomingPersonId, name: it.name }
}

/** Tells those who hand over or take over, in the name of the organisation above, whose officers have arranged it. */
async function tellBoth(
  ctx: Context,
  { id, path, to, base }: Told & Pick<OpenedSuccession, 'id' | 'path'> & { to: readonly string[] },
): Promise<void> {
  const above = ancestors(path).at(-1) ?? path
  const [row] = await ctx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.path, above)))
  if (row) await tellSuccession(ctx, { organizationId: row.id, path: above, to, successionId: id, base })
}
