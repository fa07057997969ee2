import { type Day, dayWritten } from '@zhibu/rules'
import { and, asc, eq, gt, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { isAnyOf, personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { endsAfter, isFree } from './free.ts'
import { endOf, type Moment, tellAppointed, tellCancelled } from './informing.ts'
import { belongsTo, mayAppoint, mayKnow, rootsToAppoint } from './policy.ts'
import type { Appointments, MentorFields, MentorRow, NewMentor } from './schema.ts'
import { sealedPlaces } from './sealed-places.ts'
import {
  bookingColumns,
  changeBooking,
  findMentor,
  mentorSubject,
  ofMentor,
  type StoredBooking,
  type StoredMentor,
  timeOfBooking,
} from './stored.ts'
import { guidanceBookings, guidanceMentors, guidanceTimes } from './tables.ts'

/** 指导老师: who guides for whom, and how much of it there is, as sums. Everything here runs over the whole university. */

/** Appoints somebody whom the actor finds in the register, which was settled before. They are told. */
export async function appointMentor(
  ctx: Context,
  { organizationId, personId, ...fields }: NewMentor,
  moment: Moment,
): Promise<string> {
  // Two who appoint the same person at once wait for one another here.
  const organization = found(await findOrganization(ctx, organizationId, { lock: 'update' }), '个组织')
  const { path, dissolvedOn, name } = organization
  authorize(mayAppoint(ctx.actor, path), '在这个组织聘请指导老师')
  if (dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再聘请指导老师。')
  if (fields.untilOn !== null && fields.untilOn < ctx.today) refuseField('untilOn', '截止日期已经过去')
  await refuseSecond(ctx, { organizationId, personId, ...fields })

  const id = newId()
  const values = { tenantId: ctx.tenantId, id, organizationId, path, personId, ...fields }
  const [mentor] = await ctx.db
    .insert(guidanceMentors)
    .values({ ...values, appointedBy: ctx.actor.name })
    .returning()
  if (!mentor) throw new Error('an inserted row comes back')
  await record(ctx, 'guidance.mentor-appointed', mentorSubject(mentor), { from: fields.fromOn, until: fields.untilOn })
  await tellAppointed(ctx, mentor, name, moment)
  return id
}

async function refuseSecond(
  { db, tenantId }: Context,
  it: Pick<NewMentor, 'organizationId' | 'personId' | 'fromOn' | 'untilOn'>,
): Promise<void> {
  const { organizationId, personId, fromOn, untilOn } = guidanceMentors
  const [known] = await db
    .select({ id: guidanceMentors.id })
    .from(guidanceMentors)
    .where(
      and(
        eq(guidanceMentors.tenantId, tenantId),
        eq(organizationId, it.organizationId),
        eq(personId, it.personId),
        or(isNull(untilOn), gte(untilOn, it.fromOn)),
        it.untilOn === null ? undefined : lte(fromOn, it.untilOn),
      ),
    )
    .limit(1)
  if (known) refuseField('personId', '这位同志在这段时间里已经是本组织的指导老师。要改的，请在名单里修改。')
}

/**
 * Changes what a mentor guides in and until when, as read at this revision. Free times after the last day are not offered any more;
 * talks that are booked after it are cancelled, and both are told.
 */
export async function changeMentor(
  ctx: Context,
  mentorId: string,
  { guidesIn, untilOn }: MentorFields,
  { revision, ...moment }: Moment & { revision: number },
): Promise<void> {
  const stored = await findMentor(ctx, mentorId, 'update')
  const mentor = found(stored && mayKnow(ctx.actor, stored.path) ? stored : undefined, '位指导老师')
  authorize(mayAppoint(ctx.actor, mentor.path), '修改这位指导老师')
  refuseStale(mentor, revision, '这位指导老师')
  if (untilOn !== null && untilOn < mentor.fromOn)
    refuseField('untilOn', `截止日期不能早于开始的${dayWritten(mentor.fromOn)}`)
  if (untilOn !== null && untilOn !== mentor.untilOn && untilOn < ctx.today)
    refuseField('untilOn', '截止日期已经过去。到今天为止的，请填写今天')

  await ctx.db
    .update(guidanceMentors)
    .set({ guidesIn, untilOn, revision: revision + 1 })
    .where(ofMentor(ctx, mentorId))
  await record(ctx, 'guidance.mentor-changed', mentorSubject(mentor), { until: untilOn })
  if (untilOn !== null) await cancelAfter(ctx, mentor, untilOn, moment)
}

/** Cancels what is booked after the last day of a mentor. The office learns nothing of whom it concerns. */
async function cancelAfter(ctx: Context, mentor: StoredMentor, lastOn: Day, moment: Moment): Promise<void> {
  const rows: StoredBooking[] = await ctx.db
    .select(bookingColumns)
    .from(guidanceBookings)
    .innerJoin(guidanceTimes, timeOfBooking)
    .where(
      and(
        eq(guidanceBookings.tenantId, ctx.tenantId),
        eq(guidanceBookings.mentorId, mentor.id),
        isNull(guidanceBookings.cancelledAt),
        gt(guidanceTimes.heldOn, lastOn),
      ),
    )
    .for('update', { of: guidanceBookings })
  for (const it of rows.filter(({ hasRecord }) => !hasRecord)) {
    await changeBooking(ctx, it.id, {
      ...{ cancelledAt: moment.now, cancelledBy: 'mentor', revision: it.revision + 1 },
      cancelReasonSealed: ctx.encryption.sealField(`指导老师的聘期到 ${lastOn} 为止。`, sealedPlaces.reason(it.id)),
    })
    if (endOf(it) > moment.now) await tellCancelled(ctx, mentor, it, moment)
  }
}

/** The mentors whom the actor may book today or later, by organisation from the nearest up. */
export async function bookableMentors(ctx: Context, now: Date): Promise<MentorRow[]> {
  const { path, personId, untilOn } = guidanceMentors
  const rows = await rowsOf(
    ctx,
    now,
    and(
      isAnyOf(path, belongsTo(ctx.actor)),
      sql`${personId} <> ${personOf(ctx)}::uuid`,
      or(isNull(untilOn), gte(untilOn, ctx.today)),
    ),
    mostMentors,
  )
  return rows.map((it) => it.row)
}

/** The appointments of the actor that are in force or begin later. */
export async function ownMentors(ctx: Context, now: Date): Promise<MentorRow[]> {
  const { personId, untilOn } = guidanceMentors
  const rows = await rowsOf(
    ctx,
    now,
    and(eq(personId, personOf(ctx)), or(isNull(untilOn), gte(untilOn, ctx.today))),
    mostMentors,
  )
  return rows.map((it) => it.row)
}

/** So many mentors are listed at once. */
const mostMentors = 500

/** Who guides where the actor runs trainings, and the sums of each organisation: how much is free, booked and past, of nobody in particular. */
export async function listAppointments(ctx: Context, now: Date): Promise<Appointments> {
  const roots = rootsToAppoint(ctx.actor)
  authorize(roots.length > 0, '聘请指导老师')
  const rows = await rowsOf(ctx, now, within(guidanceMentors.path, roots), mostMentors)
  const places = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, ctx.tenantId),
        isNull(organizations.dissolvedOn),
        within(organizations.path, roots),
      ),
    )
    .orderBy(organizations.path)
  return {
    items: rows.map(({ row, stored: { appointedBy, revision } }) => ({
      ...row,
      ...{ appointedBy, revision, isOver: row.untilOn !== null && row.untilOn < ctx.today },
    })),
    sums: await sumsOf(ctx, roots, now),
    places,
  }
}

interface SumRow extends Record<string, unknown> {
  id: string
  name: string
  freeTimes: number
  coming: number
  past: number
}

async function sumsOf(ctx: Context, roots: readonly string[], now: Date): Promise<Appointments['sums']> {
  const { rows } = await ctx.db.execute<SumRow>(sql`
    select o.id, o.name, sum(counted.free)::int as "freeTimes", sum(counted.coming)::int as coming, sum(counted.past)::int as past
    from guidance_mentors join organizations o on o.tenant_id = guidance_mentors.tenant_id and o.id = guidance_mentors.organization_id
    cross join lateral (
      select count(*) filter (where ${isFree(now)}) as free,
        count(*) filter (where b.id is not null and ${endsAfter(now)}) as coming,
        count(*) filter (where b.id is not null and not ${endsAfter(now)} and guidance_times.held_on > ${ctx.today}::date - 366) as past
      from guidance_times left join guidance_bookings b on b.tenant_id = guidance_times.tenant_id and b.time_id = guidance_times.id
        and b.cancelled_at is null
      where guidance_times.tenant_id = guidance_mentors.tenant_id and guidance_times.mentor_id = guidance_mentors.id) counted
    where guidance_mentors.tenant_id = ${ctx.tenantId} and ${within(guidanceMentors.path, roots)}
    group by o.id, o.name, o.path order by o.path`)
  return rows.map(({ id, name, ...sums }) => ({ organization: { id, name }, ...sums }))
}

async function rowsOf(
  { db, tenantId }: Context,
  now: Date,
  wanted: SQL | undefined,
  limit: number,
): Promise<{ row: MentorRow; stored: Pick<StoredMentor, 'appointedBy' | 'revision'> }[]> {
  const { id, guidesIn, fromOn, untilOn, appointedBy, revision } = guidanceMentors
  const rows = await db
    .select({
      facts: { id, guidesIn, fromOn, untilOn },
      person: { id: persons.id, name: persons.name },
      organization: { id: organizations.id, name: organizations.name },
      freeTimes: sql<number>`(select count(*)::int from guidance_times where guidance_times.tenant_id = ${guidanceMentors.tenantId}
        and guidance_times.mentor_id = ${guidanceMentors.id} and ${isFree(now)})`,
      stored: { appointedBy, revision },
    })
    .from(guidanceMentors)
    .innerJoin(persons, and(eq(persons.tenantId, guidanceMentors.tenantId), eq(persons.id, guidanceMentors.personId)))
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, guidanceMentors.tenantId), eq(organizations.id, guidanceMentors.organizationId)),
    )
    .where(and(eq(guidanceMentors.tenantId, tenantId), wanted))
    .orderBy(asc(organizations.path), asc(persons.pinyin), asc(guidanceMentors.id))
    .limit(limit)
  return rows.map(({ facts, stored, ...named }) => ({ row: { ...facts, ...named }, stored }))
}
