import { addMonths, type Day, staffing } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, refuseField, refuseStale } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { branchKinds, type OrganizationKind } from '../organization/kinds-schema.ts'
import { findOrganization } from '../organization/queries.ts'
import { planProgramme } from '../training/service.ts'
import { halfYearBegan } from './half-years.ts'
import { mayKeep } from './policy.ts'
import type { Establishment, Gap, HeadcountFields, TrainingWanted, UnitRow } from './post-schema.ts'
import { holdsOn } from './posts.ts'
import { isHeld, rootsAsked, staffWithin } from './queries.ts'
import { talentHeadcounts, talentSkills } from './tables.ts'

/** 配备: what the posts of a school need and what there is, for whoever keeps the files there. Everything here runs over the whole university. */

/** Offices and terms that end within so many months are named. */
const monthsAhead = 12

/** So many endings, and so many people with several offices, are named. */
const mostNamed = 200

/** From so many offices on somebody is named among those who hold several. */
const several = 3

/** What is needed and what there is, school by school; in so many statements, however many there are. */
export async function readEstablishment(ctx: Context): Promise<Establishment> {
  const roots = await rootsAsked(ctx, undefined)
  const units = await unitsWithin(ctx, roots)
  const gaps = await gapsOf(ctx, roots, units)
  const staffed = await staffedIn(ctx, roots, units)
  return {
    units: units.map(({ id, name, kind, places, held, headcount }) => ({
      organization: { id, name },
      ...{ places, held },
      gaps: gaps.get(id) ?? [],
      measures: branchKinds.includes(kind) ? [] : measured(kind, staffed.get(id) ?? nobody, headcount, ctx.today),
      headcount,
    })),
    endings: await endingsWithin(ctx, roots),
    several: await withSeveral(ctx, roots),
  }
}

/** What the regulations ask of the university or of a school, beside what there is; of a branch they ask nothing. */
const measured = (
  kind: OrganizationKind,
  staffed: Staffed,
  { people, students }: UnitRow['headcount'],
  today: Day,
): UnitRow['measures'] =>
  staffing({ isUniversity: kind === 'universityCommittee', ...staffed, people, students }, today).map(
    ({ basis, ...it }) => ({ ...it, cited: basis.cited, isToVerify: basis.toVerify }),
  )

interface Unit extends Record<string, unknown> {
  id: string
  name: string
  path: OrgPath
  kind: OrganizationKind
  places: number
  held: number
  headcount: UnitRow['headcount']
}

/** So many levels of the tree a school stands below its root. */
const schoolLength = 10

/** The university and its schools as far as the reader keeps them; where that is less than a school, what they keep. */
async function unitsWithin({ db, tenantId, today }: Context, roots: readonly OrgPath[]): Promise<Unit[]> {
  const { rows } = await db.execute<Unit>(sql`
    select o.id, o.name, o.path, o.kind,
      (select coalesce(sum(q.places), 0)::int from talent_posts q where q.tenant_id = o.tenant_id and q.closed_at is null
        and starts_with(q.path, o.path)) as places,
      (select count(*)::int from talent_holdings h join talent_posts q on q.tenant_id = h.tenant_id and q.id = h.post_id
        where h.tenant_id = o.tenant_id and q.closed_at is null and starts_with(q.path, o.path) and ${holdsOn(today)}) as held,
      jsonb_build_object('students', n.students, 'people', n.people, 'asOf', n.as_of::text, 'source', coalesce(n.source, ''),
        'revision', coalesce(n.revision, 0)) as headcount
    from organizations o left join talent_headcounts n on n.tenant_id = o.tenant_id and n.organization_id = o.id
    where o.tenant_id = ${tenantId} and o.dissolved_on is null and ${within(sql`o.path`, roots)}
      and (length(o.path) <= ${schoolLength} or o.path = any(${sql.param(roots)}::text[]))
    order by o.path`)
  return rows
}

/** Where those stand who do the work: where they belong, and where they hold offices. One line for each place. */
const placesOfStaff = (ctx: Context, roots: readonly OrgPath[]) => sql`
  staff as (${staffWithin(ctx, roots)}),
  standing as (
    select staff.id, p.path from staff join persons p on p.tenant_id = ${ctx.tenantId} and p.id = staff.id
    union
    select staff.id, f.path from staff join offices f on f.tenant_id = ${ctx.tenantId} and f.person_id = staff.id and ${isHeld(ctx.today)})`

/** For each unit the skills that its posts ask for, and how many of those who stand there have them. */
async function gapsOf(
  ctx: Context,
  roots: readonly OrgPath[],
  units: readonly Unit[],
): Promise<ReadonlyMap<string, Gap[]>> {
  const { rows } = await ctx.db.execute<GapRead>(sql`
    with ${placesOfStaff(ctx, roots)},
    units as (select o.id, o.path from organizations o where ${among(ctx, units)}),
    needed as (
      select u.id as unit, u.path, s.skill::uuid as skill, sum(q.places)::int as places
      from units u join talent_posts q on q.tenant_id = ${ctx.tenantId} and q.closed_at is null and starts_with(q.path, u.path)
      cross join lateral jsonb_array_elements_text(q.skill_ids) as s (skill)
      group by u.id, u.path, s.skill)
    select n.unit, k.id as "skillId", k.name, n.places as needed, coalesce(has.present, 0)::int as present,
      case when has.present = 1 then has.only_id end as "onlyId", case when has.present = 1 then has.only_name end as "onlyName"
    from needed n join talent_skills k on k.tenant_id = ${ctx.tenantId} and k.id = n.skill
    left join lateral (
      select count(distinct t.person_id) as present, min(p.id::text) as only_id, min(p.name) as only_name
      from talent_person_skills t join persons p on p.tenant_id = t.tenant_id and p.id = t.person_id
      where t.tenant_id = ${ctx.tenantId} and t.skill_id = n.skill
        and exists (select from standing where standing.id = t.person_id and starts_with(standing.path, n.path))) has on true
    order by n.path, k.name, k.id`)
  const byUnit = new Map<string, Gap[]>(units.map((it) => [it.id, []]))
  for (const { unit, onlyId, onlyName, ...it } of rows)
    byUnit
      .get(unit)
      ?.push({ ...it, onlyOne: onlyId === null || onlyName === null ? null : { id: onlyId, name: onlyName } })
  return byUnit
}

interface GapRead extends Record<string, unknown> {
  unit: string
  skillId: string
  name: string
  needed: number
  present: number
  onlyId: string | null
  onlyName: string | null
}

/** True for an organisation `o` that is one of these. */
const among = ({ tenantId }: Context, units: readonly Unit[]) =>
  sql`o.tenant_id = ${tenantId} and o.id = any(${sql.param(units.map((it) => it.id))}::uuid[])`

interface Staffed {
  fullTimeStaff: number
  organisers: number
  counsellors: number
  theoryTeachers: number
}

const nobody: Staffed = { fullTimeStaff: 0, organisers: 0, counsellors: 0, theoryTeachers: 0 }

/** For each unit how many are entered as full-time. Teachers of theory are counted by themselves. */
async function staffedIn(
  ctx: Context,
  roots: readonly OrgPath[],
  units: readonly Unit[],
): Promise<ReadonlyMap<string, Staffed>> {
  const { rows } = await ctx.db.execute<Staffed & Record<string, unknown> & { unit: string }>(sql`
    with ${placesOfStaff(ctx, roots)}
    select o.id as unit, count(*) filter (where r.duty in ('partyAffairs', 'organiser', 'counsellor'))::int as "fullTimeStaff",
      count(*) filter (where r.duty = 'organiser')::int as organisers,
      count(*) filter (where r.duty = 'counsellor')::int as counsellors,
      count(*) filter (where r.duty = 'theoryTeacher')::int as "theoryTeachers"
    from organizations o join talent_records r on r.tenant_id = o.tenant_id and r.employment = 'fullTime'
    where ${among(ctx, units)}
      and exists (select from standing where standing.id = r.person_id and starts_with(standing.path, o.path))
    group by o.id`)
  return new Map(rows.map(({ unit, ...it }) => [unit, it]))
}

/** The present terms and the offices that end within a year, or should have ended. */
async function endingsWithin(
  { db, tenantId, today }: Context,
  roots: readonly OrgPath[],
): Promise<Establishment['endings']> {
  const last = addMonths(today, monthsAhead)
  const { rows } = await db.execute<EndingRead>(sql`
    select o.id, o.name, 'term' as kind, null as office, null as "personName", t.until::text as on
    from organizations o join lateral (
      select max(coalesce(t.delayed_until, t.until_on)) as until from terms t
      where t.tenant_id = o.tenant_id and t.organization_id = o.id) t on t.until <= ${last}::date
    where o.tenant_id = ${tenantId} and o.dissolved_on is null and ${within(sql`o.path`, roots)}
    union all
    select o.id, o.name, 'office', f.office, f.person_name, f.until_on::text
    from offices f join organizations o on o.tenant_id = f.tenant_id and o.id = f.organization_id
    where f.tenant_id = ${tenantId} and ${within(sql`f.path`, roots)} and f.until_on between ${today}::date and ${last}::date
    order by 6, 2, 3, 5 limit ${mostNamed}`)
  return rows.map(({ id, name, ...it }) => ({ ...it, organization: { id, name }, isOver: it.on < today }))
}

interface EndingRead extends Record<string, unknown> {
  id: string
  name: string
  kind: 'term' | 'office'
  office: Establishment['endings'][number]['office']
  personName: string | null
  on: Day
}

/** Those who hold three offices or more today, by name. */
async function withSeveral(ctx: Context, roots: readonly OrgPath[]): Promise<Establishment['several']> {
  const { rows } = await ctx.db.execute<{ id: string; name: string; offices: number }>(sql`
    with staff as (${staffWithin(ctx, roots)})
    select p.id, p.name, count(*)::int as offices
    from staff join persons p on p.tenant_id = ${ctx.tenantId} and p.id = staff.id
    join offices f on f.tenant_id = p.tenant_id and f.person_id = p.id and f.from_on <= ${ctx.today}::date and ${isHeld(ctx.today)}
    group by p.id, p.name, p.pinyin having count(*) >= ${several} order by p.pinyin, p.id limit ${mostNamed}`)
  return rows.map(({ id, name, offices }) => ({ person: { id, name }, offices }))
}

/** Writes down how many people there are in an organisation, as read at this revision. */
export async function setHeadcount(
  ctx: Context,
  organizationId: string,
  fields: HeadcountFields,
  revision: number,
): Promise<void> {
  const { path } = found(await findOrganization(ctx, organizationId, { lock: 'update' }), '个组织')
  authorize(mayKeep(ctx.actor, path), '填写这个组织的人数')
  if (fields.asOf > ctx.today) refuseField('asOf', '数据日期还没有到，请填写数据实际统计的日期')
  const { tenantId } = ctx
  const [stored] = await ctx.db
    .select({ revision: talentHeadcounts.revision })
    .from(talentHeadcounts)
    .where(and(eq(talentHeadcounts.tenantId, tenantId), eq(talentHeadcounts.organizationId, organizationId)))
  refuseStale({ revision: stored?.revision ?? 0 }, revision, '这个组织的人数')
  const values = { ...fields, tenantId, organizationId, path, revision: revision + 1 }
  await ctx.db
    .insert(talentHeadcounts)
    .values(values)
    .onConflictDoUpdate({ target: [talentHeadcounts.tenantId, talentHeadcounts.organizationId], set: values })
  await record(ctx, 'talent.headcount-set', { kind: 'organization', id: organizationId, orgPath: path }, fields)
}

/** Begins to plan a training in a skill that is missing. Nobody but those who run the trainings sees it until they announce it. Returns its id. */
export async function proposeTraining(ctx: Context, { organizationId, skillId }: TrainingWanted): Promise<string> {
  const [skill] = await ctx.db
    .select({ name: talentSkills.name })
    .from(talentSkills)
    .where(and(eq(talentSkills.tenantId, ctx.tenantId), eq(talentSkills.id, skillId)))
  const { name } = found(skill, '项技能')
  const began = halfYearBegan(ctx.today)
  return planProgramme(ctx, {
    organizationId,
    ...{ title: `${name}培训班`, audience: 'others', year: Number(began.slice(0, 4)) },
    term: began.endsWith('02-01') ? 'spring' : 'autumn',
    summary: `岗位需要“${name}”的人，现有的不够。`,
    ...{ requiredHours: null, capacity: null, admission: { byNomination: true, bySignUp: true, untilOn: null } },
    stages: [{ id: newId(), title: '集中学习', aim: `能独立做好${name}` }],
  })
}
