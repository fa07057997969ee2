import type { Day } from '@zhibu/rules'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { journal } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { findOrganization, listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import { maySeeHours } from '../training/policy.ts'
import { certificatesHeld, hoursOf, officesOf } from './derived.ts'
import { halfYearBegan, isStale } from './half-years.ts'
import { dutyNames, employmentNames } from './names-schema.ts'
import { keepingRoots, may, mayKeep } from './policy.ts'
import type { ConfirmCard, CorrectionRow, OpenCorrections, StaffQuery, StaffRecord, StaffRow } from './schema.ts'
import { findStaff, openedNote, openStaff, type Staff } from './stored.ts'
import { talentCorrections, talentPersonSkills, talentSkills } from './tables.ts'

/** Everything here runs over the whole university: an office may be held elsewhere than where somebody belongs. What may be seen is settled first. */

/** What openings of a record are called in the journal. */
export const readingOf = '工作队伍信息'

/** The own record, whether or not the reader does the work. */
export async function readOwn(ctx: Context): Promise<StaffRecord> {
  return recordOf(ctx, found(await findStaff(ctx, personOf(ctx)), '位同志'))
}

/** The record of somebody for whoever keeps it, and themselves. The caller writes down that it was read. */
export async function readRecord(ctx: Context, personId: string): Promise<{ view: StaffRecord; staff: Staff }> {
  const staff = await openStaff(ctx, personId)
  return { view: await recordOf(ctx, staff), staff }
}

async function recordOf(ctx: Context, it: Staff): Promise<StaffRecord> {
  const { read: _, readNote, isOwn, ...can } = may(ctx.actor, it)
  const { personId, stored } = it
  const seesLearning = maySeeHours(ctx.actor, it)
  const offices = await officesOf(ctx, personId)
  const [organization] = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, it.organizationId)))
  return {
    person: { id: personId, name: it.name },
    organization: found(organization, '个组织'),
    isStaff: it.isStaff,
    offices: offices.present,
    formerOffices: offices.former,
    official: {
      employment: stored?.employment ?? null,
      duty: stored?.duty ?? null,
      title: stored?.title ?? '',
      since: stored?.since ?? null,
      by: stored?.officialBy ?? null,
      on: stored?.officialOn ?? null,
    },
    skills: await skillsOf(ctx, personId),
    languages: stored?.languages ?? [],
    availability: stored?.availability ?? null,
    availabilityNote: readNote ? openedNote(ctx, personId, stored) : null,
    hours: seesLearning ? await hoursOf(ctx, personId) : null,
    certificates: seesLearning ? await certificatesHeld(ctx, personId) : null,
    confirmedOn: stored?.confirmedOn ?? null,
    confirmSince: halfYearBegan(ctx.today),
    isStale: it.isStaff && isStale(stored?.confirmedOn ?? null, ctx.today),
    corrections: await correctionsOf(ctx, personId),
    readings: isOwn ? await readingsOf(ctx, personId) : null,
    revision: it.revision,
    can,
  }
}

/** Whether the reader is asked to look at their record in this half-year. */
export async function readCard(ctx: Context): Promise<ConfirmCard> {
  const it = await findStaff(ctx, personOf(ctx))
  return {
    isAsked: it?.isStaff === true && isStale(it.stored?.confirmedOn ?? null, ctx.today),
    confirmSince: halfYearBegan(ctx.today),
  }
}

async function skillsOf({ db, tenantId }: Context, personId: string): Promise<StaffRecord['skills']> {
  return db
    .select({
      skillId: talentSkills.id,
      name: talentSkills.name,
      group: talentSkills.group,
      mastery: talentPersonSkills.mastery,
    })
    .from(talentPersonSkills)
    .innerJoin(
      talentSkills,
      and(eq(talentSkills.tenantId, talentPersonSkills.tenantId), eq(talentSkills.id, talentPersonSkills.skillId)),
    )
    .where(and(eq(talentPersonSkills.tenantId, tenantId), eq(talentPersonSkills.personId, personId)))
    .orderBy(asc(talentSkills.group), asc(talentSkills.name), asc(talentSkills.id))
}

/** So many corrections and readings of one person are shown. */
const mostShown = 30

async function correctionsOf({ db, tenantId }: Context, personId: string): Promise<CorrectionRow[]> {
  const rows = await db
    .select()
    .from(talentCorrections)
    .where(and(eq(talentCorrections.tenantId, tenantId), eq(talentCorrections.personId, personId)))
    .orderBy(desc(talentCorrections.id))
    .limit(mostShown)
  return rows.map(correctionShown)
}

const correctionShown = (it: typeof talentCorrections.$inferSelect): CorrectionRow => ({
  ...{ id: it.id, field: it.field, proposed: it.proposed, raisedAt: it.raisedAt.toISOString() },
  ...{ isGranted: it.isGranted, answer: it.answer, answeredBy: it.answeredBy },
})

async function readingsOf({ db, tenantId }: Context, personId: string): Promise<NonNullable<StaffRecord['readings']>> {
  const rows = await db
    .select({ by: journal.actorName, at: journal.at })
    .from(journal)
    .where(
      and(
        eq(journal.tenantId, tenantId),
        eq(journal.personId, personId),
        eq(journal.event, 'journal.read'),
        eq(journal.subjectKind, 'staffRecord'),
      ),
    )
    .orderBy(desc(journal.id))
    .limit(mostShown)
  return rows.map(({ by, at }) => ({ by, at: at.toISOString() }))
}

/** Where the reader keeps records. */
export async function listPlaces(ctx: Context): Promise<{ items: { id: string; name: string }[] }> {
  return { items: await listStanding(ctx, keepingRoots(ctx.actor)) }
}

/** A page of those who do the work where the reader keeps the files, by name. One statement beside that for the organisation. */
export async function listStaff(ctx: Context, query: StaffQuery): Promise<Page<StaffRow>> {
  const roots = await rootsAsked(ctx, query.organizationId)
  const { tenantId, today } = ctx
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.string(), z.uuid()]))
  const since = halfYearBegan(today)
  const { rows } = await ctx.db.execute<StaffRowRead>(sql`
    with matching as (${matchingIn(ctx, roots, query)})
    select m.id, m.name, m.pinyin, o.id as "organizationId", o.name as organization, m.employment, m.duty,
      coalesce(m.title, '') as title, m.availability, m.confirmed_on::text as "confirmedOn",
      coalesce(m.confirmed_on < ${since}::date, true) as "isStale", (select count(*)::int from matching) as total,
      (select coalesce(jsonb_agg(jsonb_build_object('office', f.office, 'organization', at.name, 'from', f.from_on::text,
          'until', f.until_on::text) order by f.from_on, f.id), '[]')
        from offices f join organizations at on at.tenant_id = f.tenant_id and at.id = f.organization_id
        where f.tenant_id = ${tenantId} and f.person_id = m.id and ${isHeld(today)}) as offices,
      (select coalesce(jsonb_agg(k.name order by k.name), '[]') from talent_person_skills s
        join talent_skills k on k.tenant_id = s.tenant_id and k.id = s.skill_id
        where s.tenant_id = ${tenantId} and s.person_id = m.id) as skills,
      (select count(*)::int from talent_corrections c where c.tenant_id = ${tenantId} and c.person_id = m.id
        and c.answered_at is null) as "openCorrections"
    from (select * from matching m
      where ${after ? sql`(m.pinyin, m.id) > (${after[0]} collate "C", ${after[1]}::uuid)` : sql`true`}
      order by m.pinyin, m.id limit ${query.limit + 1}) m
    join organizations o on o.tenant_id = ${tenantId} and o.id = m.organization_id
    order by m.pinyin, m.id`)
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined
  return {
    items: rows.slice(0, query.limit).map(rowShown),
    total: rows[0]?.total ?? 0,
    ...(last && { next: writeCursor([last.pinyin, last.id]) }),
  }
}

/** Those who do the work whom a question means, where the reader keeps the files: a statement with their place and what is entered of them. */
export async function meantStaff(ctx: Context, query: StaffQuery): Promise<SQL> {
  return matchingIn(ctx, await rootsAsked(ctx, query.organizationId), query)
}

const matchingIn = (ctx: Context, roots: readonly OrgPath[], query: StaffQuery): SQL => sql`
  select p.id, p.name, p.pinyin, p.path, p.organization_id, r.employment, r.duty, r.title, r.availability, r.confirmed_on
  from (${staffWithin(ctx, roots)}) staff join persons p on p.tenant_id = ${ctx.tenantId} and p.id = staff.id
  left join talent_records r on r.tenant_id = p.tenant_id and r.person_id = p.id
  where ${narrowedTo(ctx, query, halfYearBegan(ctx.today))}`

/** The parts of the tree that are asked for: one organisation with all below it, or everything that the reader keeps. */
export async function rootsAsked(ctx: Context, organizationId: string | undefined): Promise<OrgPath[]> {
  const roots = keepingRoots(ctx.actor)
  authorize(roots.length > 0, '查看工作队伍')
  if (organizationId === undefined) return roots
  const { path } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayKeep(ctx.actor, path), '查看这个组织的工作队伍')
  return [path]
}

/** True for an office `f` that is held on a day or later. */
export const isHeld = (today: Day): SQL => sql`(f.until_on is null or f.until_on >= ${today}::date)`

/** The ids of those who do the work in parts of the tree: who holds an office there, or belongs there and holds one anywhere, or is entered. */
export const staffWithin = ({ tenantId, today }: Context, roots: readonly OrgPath[]): SQL => sql`
  select f.person_id as id from offices f join persons h on h.tenant_id = f.tenant_id and h.id = f.person_id
    where f.tenant_id = ${tenantId} and ${isHeld(today)} and (${within(sql`f.path`, roots)} or ${within(sql`h.path`, roots)})
  union
  select e.person_id as id from talent_records e join persons h on h.tenant_id = e.tenant_id and h.id = e.person_id
    where e.tenant_id = ${tenantId} and e.employment is not null and ${within(sql`h.path`, roots)}`

function narrowedTo(ctx: Context, query: StaffQuery, since: Day): SQL {
  const { tenantId, today } = ctx
  const { q, employment, duty, skillId, availability, only } = query
  const wanted = [
    employment && sql`r.employment = ${employment}`,
    duty && sql`r.duty = ${duty}`,
    availability && sql`r.availability = ${availability}`,
    skillId &&
      sql`exists (select from talent_person_skills s where s.tenant_id = ${tenantId} and s.person_id = p.id and s.skill_id = ${skillId})`,
    q && sql`p.id in (select id from ${persons} where ${meantBy(ctx, q, sql`true`)})`,
    only === 'stale' && sql`coalesce(r.confirmed_on < ${since}::date, true)`,
    only === 'asking' &&
      sql`exists (select from talent_corrections c where c.tenant_id = ${tenantId} and c.person_id = p.id and c.answered_at is null)`,
    only === 'several' &&
      sql`(select count(*) from offices f where f.tenant_id = ${tenantId} and f.person_id = p.id and ${isHeld(today)}) > 1`,
  ].filter((it) => typeof it === 'object')
  return wanted.length === 0 ? sql`true` : sql.join(wanted, sql` and `)
}

interface StaffRowRead extends Record<string, unknown> {
  id: string
  name: string
  pinyin: string
  organizationId: string
  organization: string
  employment: StaffRow['employment']
  duty: StaffRow['duty']
  title: string
  availability: StaffRow['availability']
  confirmedOn: Day | null
  isStale: boolean
  total: number
  offices: StaffRow['offices']
  skills: string[]
  openCorrections: number
}

const rowShown = (it: StaffRowRead): StaffRow => ({
  person: { id: it.id, name: it.name },
  organization: { id: it.organizationId, name: it.organization },
  ...{ employment: it.employment, duty: it.duty, title: it.title, offices: it.offices, skills: it.skills },
  ...{ availability: it.availability, confirmedOn: it.confirmedOn, isStale: it.isStale },
  openCorrections: it.openCorrections,
})

/** So many corrections are listed at once. */
const mostCorrections = 200

/** The corrections that the reader answers, the first that was asked for first. Nobody finds their own among them. */
export async function listCorrections(ctx: Context): Promise<OpenCorrections> {
  const roots = await rootsAsked(ctx, undefined)
  const { rows } = await ctx.db.execute<CorrectionRead>(sql`
    with staff as (${staffWithin(ctx, roots)})
    select c.id, c.field, c.proposed, c.raised_at as "raisedAt", p.id as "personId", p.name, o.id as "organizationId",
      o.name as organization, r.employment, r.duty, coalesce(r.title, '') as title, r.since_on::text as since
    from talent_corrections c join staff on staff.id = c.person_id
    join persons p on p.tenant_id = c.tenant_id and p.id = c.person_id
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    left join talent_records r on r.tenant_id = c.tenant_id and r.person_id = c.person_id
    where c.tenant_id = ${ctx.tenantId} and c.answered_at is null and c.person_id <> ${personOf(ctx)}::uuid
    order by c.id limit ${mostCorrections + 1}`)
  return {
    items: rows.slice(0, mostCorrections).map((it) => ({
      ...{ id: it.id, field: it.field, proposed: it.proposed, raisedAt: new Date(it.raisedAt).toISOString() },
      ...{ isGranted: null, answer: '', answeredBy: null },
      person: { id: it.personId, name: it.name },
      organization: { id: it.organizationId, name: it.organization },
      present: presentOf(it),
    })),
    isCut: rows.length > mostCorrections,
  }
}

interface CorrectionRead extends Record<string, unknown> {
  id: string
  field: CorrectionRow['field']
  proposed: string
  raisedAt: string
  personId: string
  name: string
  organizationId: string
  organization: string
  employment: keyof typeof employmentNames | null
  duty: keyof typeof dutyNames | null
  title: string
  since: Day | null
}

/** What stands there now of what is to be corrected, in words; empty where other modules keep it. */
function presentOf({ field, employment, duty, title, since }: CorrectionRead): string {
  if (field === 'employment') return employment === null ? '' : employmentNames[employment]
  if (field === 'duty') return duty === null ? '' : dutyNames[duty]
  if (field === 'title') return title
  return field === 'since' ? (since ?? '') : ''
}
