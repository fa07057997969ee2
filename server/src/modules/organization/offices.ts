import { addDays, type Day } from '@zhibu/rules'
import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { lockedToAppoint, refuseDissolved, subjectOf, touch } from './changing.ts'
import { may } from './policy.ts'
import type { OrganizationRow } from './queries.ts'
import type { NewOffice, NewOffices, OfficeEnd } from './schema.ts'
import { offices, register } from './tables.ts'

type OfficeStored = typeof offices.$inferSelect

/**
 * Gives a person an office. One secretary at a time; the same person holds the same office once at a time.
 * Refuses persons outside the actor's reach, and whom a later module excludes: see `checkAppointments`.
 */
export async function appoint(ctx: Context, organizationId: string, office: NewOffice): Promise<string> {
  const it = await lockedToAppoint(ctx, organizationId)
  const officer = await officerFor(ctx, it, office)
  refuseDissolved(it)
  if (office.until && office.until < office.from) refuseField('until', '离任日期不能早于任职日期，请核对。')
  const personName = officer.name
  for (const check of appointmentChecks) await check(ctx, office.personId)
  const other = await findOverlapping(ctx, organizationId, office)
  if (other) throw new Refusal('conflict', alreadyHeld(other))

  const id = newId()
  const { tenantId } = ctx
  await ctx.db.insert(offices).values({ tenantId, id, organizationId, path: it.path, personName, ...office })
  await touch(ctx, it)
  await record(
    ctx,
    'organization.office-given',
    { ...subjectOf(it), personId: office.personId },
    { officeId: id, ...office },
  )
  return id
}

/** Gives offices in several organisations. Refuses all of them where one is refused, and says which row it is. */
export async function appointAll(ctx: Context, { offices: rows }: NewOffices): Promise<void> {
  // In one order, so that two who do this at once do not wait for each other.
  const inOrder = [...rows.entries()].sort(([, a], [, b]) => (a.organizationId < b.organizationId ? -1 : 1))
  for (const [at, { organizationId, replaces, ...office }] of inOrder) {
    await inRow(at, async () => {
      const present = replaces ? await findOverlapping(ctx, organizationId, office) : undefined
      if (present && present.from < office.from)
        await endOffice(ctx, organizationId, present.id, { on: addDays(office.from, -1) })
      await appoint(ctx, organizationId, office)
    })
  }
}

/** What a row is refused for, with the row. */
async function inRow(at: number, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const fields = error.fields.map(({ path, message }) => ({ path: `offices.${at}.${path}`, message }))
    throw new Refusal(error.reason, `第 ${at + 1} 项：${error.message}`, { fields })
  }
}

/** Ends an office on its last day, which is not before its first and not after an end already known. */
export async function endOffice(ctx: Context, organizationId: string, officeId: string, { on, reason }: OfficeEnd) {
  const it = await lockedToAppoint(ctx, organizationId)
  const office = found(await findOffice(ctx, organizationId, officeId), '项任职')
  authorize(may(ctx.actor, it).appoint.includes(office.office), '登记这项职务的离任')
  if (on < office.from) refuseField('on', `离任日期不能早于任职日期 ${office.from}，请核对。`)
  if (office.until && on > office.until) {
    throw new Refusal('conflict', `这项任职到 ${office.until} 为止；如继续任职，请另行登记一项任职。`)
  }

  await ctx.db
    .update(offices)
    .set({ until: on, endReason: reason ?? null })
    .where(and(eq(offices.tenantId, ctx.tenantId), eq(offices.id, officeId)))
  await touch(ctx, it)
  await record(
    ctx,
    'organization.office-ended',
    { ...subjectOf(it), personId: office.personId },
    { officeId, on, reason },
  )
}

/** Lets the offices of a person follow a change of name, as far as the actor may write them. */
export async function renameOfficer(ctx: Context, personId: string, personName: string): Promise<void> {
  await ctx.db
    .update(offices)
    .set({ personName })
    .where(and(eq(offices.tenantId, ctx.tenantId), eq(offices.personId, personId)))
}

/** A condition for holding an office that a later module knows of; it throws a refusal where the person may not. */
export type AppointmentCheck = (ctx: Context, personId: string) => Promise<void>

/**
 * Adds a condition to every appointment. The accounts use it: the three administrators hold no office, and only
 * that module knows who they are. (Even without it an administrator's grants are void, see `Actor`.)
 */
export function checkAppointments(check: AppointmentCheck): void {
  appointmentChecks.push(check)
}

const appointmentChecks: AppointmentCheck[] = []

/**
 * Whom the actor may give this office: a person whose files the actor keeps. Nobody gives an office to themselves but who
 * manages the organisation, so that no one keeps rights beyond the own office.
 */
async function officerFor(
  ctx: Context,
  it: OrganizationRow,
  { personId, office }: NewOffice,
): Promise<{ name: string }> {
  authorize(may(ctx.actor, it).appoint.includes(office), '登记这项职务')
  const [row] = await ctx.db
    .select({ name: register.name, path: register.path })
    .from(register)
    .where(and(eq(register.tenantId, ctx.tenantId), eq(register.id, personId)))
  const person = found(row && ctx.actor.holds('keep-files', row.path) ? row : undefined, '位人员')
  if (personId === ctx.actor.personId && !may(ctx.actor, it).change)
    throw new Refusal('forbidden', '本人的任职由上级党组织登记。')
  return person
}

/** Offices of an organisation whose time meets a period: of one person, or, for the office of secretary, of anyone. */
async function findOverlapping(
  ctx: Context,
  organizationId: string,
  it: { personId: string; office: string; from: Day; until?: Day | undefined },
): Promise<OfficeStored | undefined> {
  const [row] = await ctx.db
    .select()
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, ctx.tenantId),
        eq(offices.organizationId, organizationId),
        sql`${offices.office} = ${it.office}`,
        it.office === 'secretary' ? undefined : eq(offices.personId, it.personId),
        or(isNull(offices.until), gte(offices.until, it.from)),
        it.until ? lte(offices.from, it.until) : undefined,
      ),
    )
    .limit(1)
  return row
}

/** An office of an organisation, locked. */
async function findOffice(ctx: Context, organizationId: string, officeId: string) {
  const [row] = await ctx.db
    .select()
    .from(offices)
    .where(
      and(eq(offices.tenantId, ctx.tenantId), eq(offices.organizationId, organizationId), eq(offices.id, officeId)),
    )
    .for('update')
  return row
}

function alreadyHeld(other: { personName: string; from: Day; until: Day | null }): string {
  const period = other.until ? `${other.from} 至 ${other.until}` : `${other.from} 起`
  return `${other.personName}任此职的时间（${period}）与所填时间重叠，请先登记其离任，或核对任职日期。`
}
