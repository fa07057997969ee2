import type { Day } from '@zhibu/rules'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { storedOf } from '../certificates/stored.ts'
import { certificates } from '../certificates/tables.ts'
import type { OfficeHeld, StaffRecord } from './schema.ts'

/** What other modules know of somebody who does the work. Everything here runs over the whole university, after it was settled who may. */

/** So many certificates and offices of one person are shown. */
const mostShown = 50

/** Their offices: those held today or later, and those that are over, the last one first. */
export async function officesOf(
  { db, tenantId, today }: Context,
  personId: string,
): Promise<{ present: OfficeHeld[]; former: OfficeHeld[] }> {
  const { rows } = await db.execute<HeldRow>(sql`
    select f.id, f.office, o.id as "organizationId", o.name, f.from_on::text as "from", f.until_on::text as until,
      (select max(coalesce(t.delayed_until, t.until_on))::text from terms t where t.tenant_id = f.tenant_id
        and t.organization_id = f.organization_id and t.from_on <= ${today}::date) as "termUntil",
      coalesce(f.until_on < ${today}::date, false) as "isOver"
    from offices f join organizations o on o.tenant_id = f.tenant_id and o.id = f.organization_id
    where f.tenant_id = ${tenantId} and f.person_id = ${personId}
    order by f.from_on desc, f.id desc limit ${mostShown}`)
  const shown = ({ organizationId, name, isOver: _, ...it }: HeldRow): OfficeHeld => ({
    ...it,
    organization: { id: organizationId, name },
  })
  return {
    present: rows.filter((it) => !it.isOver).map(shown),
    former: rows.filter((it) => it.isOver).map((it) => ({ ...shown(it), termUntil: null })),
  }
}

interface HeldRow extends Record<string, unknown> {
  id: string
  office: OfficeHeld['office']
  organizationId: string
  name: string
  from: Day
  until: Day | null
  termUntil: Day | null
  isOver: boolean
}

/** The class hours of this year and the last, of sessions at which they were or which they made up. */
export async function hoursOf({ db, tenantId, today }: Context, personId: string): Promise<StaffRecord['hours']> {
  const year = Number(today.slice(0, 4))
  const { rows } = await db.execute<{ year: number; hours: number }>(sql`
    select y.year, coalesce(sum(c.hours) filter (where a.person_id is not null), 0)::float8 as hours
    from (values (${year}::int), (${year - 1}::int)) as y (year)
    left join training_attendances a on a.tenant_id = ${tenantId} and a.person_id = ${personId}
      and a.attendance in ('present', 'madeUp')
      and exists (select from training_sessions s where s.tenant_id = a.tenant_id and s.id = a.session_id
        and s."on" between make_date(y.year, 1, 1) and make_date(y.year, 12, 31))
    left join training_sessions c on c.tenant_id = a.tenant_id and c.id = a.session_id
    group by y.year order by y.year desc`)
  return rows.map((it) => ({ year: it.year, hours: it.hours }))
}

/** The certificates that they hold, the newest first. */
export async function certificatesHeld(
  ctx: Context,
  personId: string,
): Promise<NonNullable<StaffRecord['certificates']>> {
  const own = and(
    eq(certificates.tenantId, ctx.tenantId),
    eq(certificates.personId, personId),
    sql`not exists (select from certificate_revocations v where v.tenant_id = ${certificates.tenantId}
      and v.certificate_id = ${certificates.id})`,
  )
  const rows = await storedOf(ctx, own, desc(certificates.id), mostShown)
  return rows.map(({ certificate: { id, facts, number, issuedOn } }) => ({
    ...{ id, title: facts.title, programme: facts.programme, number, issuedOn },
  }))
}
