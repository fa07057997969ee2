import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { officesWith } from '../organization/policy.ts'
import { organizations } from '../organization/tables.ts'
import { nextDueOn } from './due-days.ts'
import { openPlace } from './place.ts'
import { mayRead, maySetUp } from './policy.ts'
import type { ScheduleFields, Schedules, Sending } from './schedule-schema.ts'
import { reportSchedules, reportSendings, type StoredSchedule } from './tables.ts'

/** 定期报送: tables that go upward at set times. Everything here runs over the whole university; who may is asked first. */

/** So many stand for an organisation at most, and so many of the last sendings are shown of each. */
const mostSchedules = 20
const mostSendings = 12

/** What goes upward from an organisation, for whoever reads its sums. A fixed number of statements. */
export async function listSchedules(ctx: Context, organizationId: string): Promise<Schedules> {
  const { id, name, path } = await openPlace(ctx, organizationId)
  const all = await ctx.db
    .select()
    .from(reportSchedules)
    .where(and(eq(reportSchedules.tenantId, ctx.tenantId), eq(reportSchedules.organizationId, id), standing))
    .orderBy(asc(reportSchedules.id))
  const rank = sql<number>`row_number() over (partition by ${reportSendings.scheduleId} order by ${reportSendings.dueOn} desc)`
  const ranked = ctx.db
    .select({
      ...{ id: reportSendings.id, scheduleId: reportSendings.scheduleId, dueOn: reportSendings.dueOn },
      ...{ sentOn: reportSendings.sentOn, recipientCount: reportSendings.recipientCount },
      ...{ failure: reportSendings.failure, rank: rank.as('rank') },
    })
    .from(reportSendings)
    .where(
      and(
        eq(reportSendings.tenantId, ctx.tenantId),
        inArray(
          reportSendings.scheduleId,
          all.map((it) => it.id),
        ),
      ),
    )
    .as('ranked')
  const sent = await ctx.db
    .select()
    .from(ranked)
    .where(sql`${ranked.rank} <= ${mostSendings}`)
    .orderBy(desc(ranked.dueOn))
  const above = await upwards(ctx, path)
  return {
    organization: { id, name },
    items: all.map((it) => ({
      ...{ id: it.id, title: it.title, cards: it.cards, every: it.every, dayOfMonth: it.dayOfMonth },
      ...{ recipients: it.recipients, owner: it.ownerName, isPaused: it.pausedAt !== null, revision: it.revision },
      nextOn: it.pausedAt === null ? nextDueOn(it.every, it.dayOfMonth, ctx.today) : null,
      sendings: sent.filter((one) => one.scheduleId === it.id).map(({ scheduleId: _, rank: __, ...one }) => one),
    })),
    choices: above.map((it) => ({ id: it.id, name: it.name, offices: [...readingOffices] })),
    can: { setUp: maySetUp(ctx.actor, path) && above.some((it) => it.id === id) },
  }
}

const standing = isNull(reportSchedules.endedAt)

/** Offices that read all files in their organisation and below it: who holds one may read what is sent to them. */
export const readingOffices = officesWith('read-files')

/** An organisation and those above it that stand, the university first. */
export const upwards = ({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, path: OrgPath) =>
  db
    .select({ id: organizations.id, name: organizations.name, path: organizations.path })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, tenantId),
        inArray(organizations.path, [...ancestors(path), path]),
        isNull(organizations.dissolvedOn),
      ),
    )
    .orderBy(asc(organizations.path))

/** Sets up what is to go upward. It begins with the next day on which it is due. */
export async function setUpSchedule(ctx: Context, organizationId: string, fields: ScheduleFields): Promise<string> {
  const { path } = await openPlace(ctx, organizationId)
  authorize(maySetUp(ctx.actor, path), '设置这个组织的定期报送')
  await refuseOthers(ctx, { organizationId, path }, fields)
  // One after another, so that two at once do not pass the bound.
  await ctx.db.execute(
    sql`select from organizations where tenant_id = ${ctx.tenantId} and id = ${organizationId} for update`,
  )
  const mine = and(
    eq(reportSchedules.tenantId, ctx.tenantId),
    eq(reportSchedules.organizationId, organizationId),
    standing,
  )
  if ((await ctx.db.$count(reportSchedules, mine)) >= mostSchedules)
    throw new Refusal('conflict', `这里已有 ${mostSchedules} 项定期报送。请先停止不用的，再设置新的。`)
  const id = newId()
  await ctx.db
    .insert(reportSchedules)
    .values({ ...fields, ...ownerOf(ctx), tenantId: ctx.tenantId, id, organizationId, path, afterOn: ctx.today })
  await record(ctx, 'reports.schedule-set-up', subjectOf({ id, path }), { title: fields.title })
  return id
}

/** Writes a schedule as it was read; whoever writes it owns it from now on. */
export async function changeSchedule(
  ctx: Context,
  scheduleId: string,
  fields: ScheduleFields,
  read: number,
): Promise<void> {
  const it = await openSchedule(ctx, scheduleId)
  await refuseOthers(ctx, it, fields)
  refuseStale(it, read, '这项报送')
  const isMoved = fields.every !== it.every || fields.dayOfMonth !== it.dayOfMonth
  await write(ctx, it, { ...fields, ...ownerOf(ctx), ...(isMoved && { afterOn: ctx.today }) })
  await record(ctx, 'reports.schedule-changed', subjectOf(it), { title: fields.title })
}

/** Pauses a schedule, or lets it go on with the next day; what was due meanwhile is not sent later. */
export async function pauseSchedule(ctx: Context, scheduleId: string, isPaused: boolean, read: number): Promise<void> {
  const it = await openSchedule(ctx, scheduleId)
  refuseActOnStale(it, read, '这项报送')
  if (isPaused === (it.pausedAt !== null)) return
  await write(ctx, it, isPaused ? { pausedAt: new Date() } : { pausedAt: null, afterOn: ctx.today, ...ownerOf(ctx) })
  await record(ctx, isPaused ? 'reports.schedule-paused' : 'reports.schedule-resumed', subjectOf(it), {
    title: it.title,
  })
}

/** Ends a schedule for good; what went stays readable to whoever got it. */
export async function endSchedule(ctx: Context, scheduleId: string, read: number): Promise<void> {
  const it = await openSchedule(ctx, scheduleId)
  refuseActOnStale(it, read, '这项报送')
  await write(ctx, it, { endedAt: new Date() })
  await record(ctx, 'reports.schedule-ended', subjectOf(it), { title: it.title })
}

/** A table as it went, for whoever reads the sums there: those who got it did on the day, and still do while they hold their office. */
export async function readSending(ctx: Context, sendingId: string): Promise<Sending> {
  const [row] = await ctx.db
    .select({ sending: reportSendings, organization: { id: organizations.id, name: organizations.name } })
    .from(reportSendings)
    .innerJoin(
      reportSchedules,
      and(eq(reportSchedules.tenantId, reportSendings.tenantId), eq(reportSchedules.id, reportSendings.scheduleId)),
    )
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, reportSchedules.tenantId), eq(organizations.id, reportSchedules.organizationId)),
    )
    .where(and(eq(reportSendings.tenantId, ctx.tenantId), eq(reportSendings.id, sendingId)))
  const { sending, organization } = found(
    row?.sending.cards && mayRead(ctx.actor, row.sending.path) ? row : undefined,
    '份统计表',
  )
  const { id, title, dueOn, sentOn, cards } = sending
  return {
    ...{ id, title, organization, dueOn, sentOn },
    cards: (cards ?? []).map(({ name, card }) => ({ name, card: { ...card, hasList: false } })),
  }
}

async function openSchedule(ctx: Context, scheduleId: string): Promise<StoredSchedule> {
  const [row] = await ctx.db
    .select()
    .from(reportSchedules)
    .where(and(eq(reportSchedules.tenantId, ctx.tenantId), eq(reportSchedules.id, scheduleId), standing))
    .for('update')
  const it = found(row && mayRead(ctx.actor, row.path) ? row : undefined, '项报送')
  authorize(maySetUp(ctx.actor, it.path), '设置这个组织的定期报送')
  return it
}

const write = (ctx: Context, it: StoredSchedule, set: Partial<StoredSchedule>) =>
  ctx.db
    .update(reportSchedules)
    .set({ ...set, revision: it.revision + 1 })
    .where(and(eq(reportSchedules.tenantId, ctx.tenantId), eq(reportSchedules.id, it.id)))

/** Refuses what goes nowhere: nothing goes from an organisation that is dissolved, and only upward, to offices that read all files here. */
async function refuseOthers(
  ctx: Context,
  { organizationId, path }: Pick<StoredSchedule, 'organizationId' | 'path'>,
  { recipients }: ScheduleFields,
): Promise<void> {
  const places = new Set((await upwards(ctx, path)).map((it) => it.id))
  if (!places.has(organizationId)) throw new Refusal('conflict', '这个组织已经撤销，不能再设置定期报送。')
  if (recipients.some((it) => !places.has(it.organizationId) || !readingOffices.includes(it.office)))
    refuseField('recipients', '只能报给本级和上级组织里可以查看这里全部档案的职务。请重新选择收件人。')
}

const ownerOf = (ctx: Context) => ({
  ...{ ownerAccountId: ctx.actor.accountId, ownerPersonId: personOf(ctx), ownerName: ctx.actor.name },
})

export const subjectOf = ({ id, path }: Pick<StoredSchedule, 'id' | 'path'>) => ({
  ...{ kind: 'schedule', id, orgPath: path },
})
