import type { Stage } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { record } from '../../platform/journal.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import { isAssessing } from './assessing.ts'
import { whyClosed } from './closing.ts'
import { candidates, isFor, listEligible, rootsBelow } from './eligible.ts'
import { type Told, tellEnrolled, tellMovedUp, tellRemoved } from './informing.ts'
import { audienceNames, type Place, programmeStateNames, type Source } from './names-schema.ts'
import { listedAt, ofList, placeOf } from './places.ts'
import { may, mayRun, stateOf } from './policy.ts'
import { assessorsOf } from './rubric.ts'
import type {
  EligibleQuery,
  EligibleRow,
  Enrolled,
  Enrolment,
  Nomination,
  ParticipantRow,
  ParticipantsQuery,
} from './schema.ts'
import { changeStored, isOnList, lockFor, openProgramme, type StoredProgramme, subjectOf } from './stored.ts'
import { trainingParticipants } from './tables.ts'

/**
 * Who takes part in a programme: put on its list by whoever runs it, proposed by the branch, or signed up. The first so many have a place, whoever
 * came later waits; if somebody leaves, the next one has it. Everything here runs over the whole university, after it was settled who may.
 */

/** A page of those who may come onto the list: for whoever runs the programme of its part of the tree, for a branch of its own people. */
export async function listCandidates(
  ctx: Context,
  programmeId: string,
  query: EligibleQuery,
): Promise<Page<EligibleRow>> {
  const programme = await openProgramme(ctx, programmeId)
  if (mayRun(ctx.actor, programme.path)) return listEligible(ctx, programme, query, [programme.path])
  const closed = whyClosed(programme, ctx.today)
  authorize(may(ctx.actor, programme, { isOn: false, closed }, ctx.today).nominate, '推荐学员')
  return listEligible(ctx, programme, query, ownPart(ctx, programme.path))
}

/** As much of a programme's part of the tree as the actor keeps the files of. */
function ownPart({ actor }: Context, programme: OrgPath): OrgPath[] {
  return actor
    .rootsOf('keep-files')
    .flatMap((root) => (isWithin(root, programme) ? [root] : isWithin(programme, root) ? [programme] : []))
}

/** Puts people onto the list. Who is there already stays as they are; somebody for whom the programme is not needs a reason, which stands beside their name. */
export async function enrol(ctx: Context, programmeId: string, wanted: Enrolment, { base }: Told): Promise<Enrolled> {
  const programme = await lockFor(ctx, programmeId, 'plan', '增加学员')
  if ('all' in wanted) {
    const roots = await rootsBelow(ctx, [programme.path], wanted.organizationId)
    const { from, where } = candidates(ctx, programme, { roots, among: 'eligible', isUntrained: wanted.isUntrained })
    return put(ctx, programme, { from, where, source: 'list', note: '', base })
  }
  await refuseAssessors(ctx, programme, wanted.personIds)
  const { from, where } = candidates(ctx, programme, { roots: [programme.path], among: 'all', isUntrained: false })
  const chosen = sql`${where} and p.id = any(${sql.param(wanted.personIds)}::uuid[])`
  const others = await countOthers(ctx, programme, chosen)
  if (others > 0 && wanted.reason === '')
    refuseField(
      'reason',
      `有 ${others} 人登记的情况不是${audienceNames[programme.audience]}。请核对；确实要录取的，请写明原因`,
    )
  return put(ctx, programme, { from, where: chosen, source: 'list', note: wanted.reason, base })
}

/** Nobody assesses the results of a programme in which they take part. */
async function refuseAssessors(ctx: Context, { id }: StoredProgramme, personIds: readonly string[]): Promise<void> {
  const assessors = (await assessorsOf(ctx, id)).filter((it) => personIds.includes(it.id)).map((it) => it.name)
  if (assessors.length > 0)
    throw new Refusal(
      'conflict',
      `${assessors.join('、')}是这个培训班的评议人，不能录取。请先在成果验收里换评议人，或者取消选择。`,
    )
}

async function countOthers(ctx: Context, { audience }: StoredProgramme, chosen: ReturnType<typeof sql>) {
  const { rows } = await ctx.db.execute<{ others: number }>(sql`
    select count(*)::int as others from persons p
    left join development_standings s on s.tenant_id = p.tenant_id and s.person_id = p.id
    where ${chosen} and not ${isFor(ctx, audience)}`)
  return rows[0]?.others ?? 0
}

/** Proposes people of the actor's own branch, who come onto the list in this order; nobody for whom the programme is not. */
export async function nominate(
  ctx: Context,
  programmeId: string,
  { personIds, note }: Nomination,
  { base }: Told,
): Promise<Enrolled> {
  const programme = await openProgramme(ctx, programmeId, { lock: true })
  const closed = whyClosed(programme, ctx.today)
  const can = may(ctx.actor, programme, { isOn: false, closed: null }, ctx.today)
  authorize(can.nominate, '推荐学员')
  if (closed !== null) throw new Refusal('conflict', closed)

  const roots = ownPart(ctx, programme.path)
  const { from, where } = candidates(ctx, programme, { roots, among: 'eligible', isUntrained: false })
  const chosen = sql`${where} and p.id = any(${sql.param(personIds)}::uuid[])`
  const result = await put(ctx, programme, { from, where: chosen, source: 'nomination', note, base })
  if (result.added === 0)
    throw new Refusal(
      'conflict',
      `没有可以推荐的人：所选的人已经在名单上，是评议人，或者登记的情况不是${audienceNames[programme.audience]}。请刷新名单后重新选择。`,
    )
  return result
}

/** Signs the actor up. Refuses somebody for whom the programme is not, with what is recorded and whom to ask. */
export async function signUp(ctx: Context, programmeId: string, { base }: Told): Promise<void> {
  const programme = await openProgramme(ctx, programmeId, { lock: true })
  if (await isOnList(ctx, programmeId)) return
  const closed = whyClosed(programme, ctx.today)
  if (!programme.admission.bySignUp)
    throw new Refusal('conflict', '这个培训班不接受本人报名。想参加的，请联系所在党支部或者组织培训的单位。')
  const why = closed ?? (await whyNotForOwn(ctx, programme))
  if (why !== null) throw new Refusal('conflict', why)

  await put(ctx, programme, { ...ownAmongCandidates(ctx, programme), source: 'signUp', note: '', base })
}

/** Why a programme is not for the actor, who is not on its list; null where it is. */
export async function whyNotForOwn(ctx: Context, programme: StoredProgramme): Promise<string | null> {
  if (await isAssessing(ctx, programme.id))
    return '您是这个培训班的评议人，不能同时参加。要参加的，请组织培训的单位先换评议人。'
  const { from, where } = ownAmongCandidates(ctx, programme)
  const { rows } = await ctx.db.execute(sql`select p.id ${from} where ${where}`)
  return rows.length > 0
    ? null
    : `这个培训班的对象是${audienceNames[programme.audience]}，系统里登记的您的情况不是。登记有误的，请联系所在党支部更正。`
}

function ownAmongCandidates(ctx: Context, programme: StoredProgramme): ReturnType<typeof candidates> {
  const { from, where } = candidates(ctx, programme, { roots: [programme.path], among: 'eligible', isUntrained: false })
  return { from, where: sql`${where} and p.id = ${personOf(ctx)}::uuid` }
}

interface Putting extends Told {
  from: ReturnType<typeof sql>
  where: ReturnType<typeof sql>
  source: Source
  note: string
}

/** Puts the persons `p` of a statement behind all who came before, in the order of branches and names, in one statement. */
async function put(
  ctx: Context,
  programme: StoredProgramme,
  { from, where, source, note, base }: Putting,
): Promise<Enrolled> {
  const { actor } = ctx
  const { id, path, title, capacity, lastSeq } = programme
  const { rows: added } = await ctx.db.execute<{ personId: string; seq: number }>(sql`
    insert into training_participants (tenant_id, programme_id, person_id, path, seq, source, note, enrolled_by)
    select p.tenant_id, ${id}::uuid, p.id, ${path}, ${lastSeq}::int + row_number() over (order by p.path, p.pinyin, p.id),
      ${source}, ${note}, ${actor.name}
    ${from} where ${where}
    returning person_id as "personId", seq`)
  if (added.length === 0) return { added: 0, waiting: 0 }
  const before = (await ctx.db.$count(trainingParticipants, ofList(ctx, id))) - added.length
  await changeStored(ctx, id, { lastSeq: lastSeq + added.length })
  const inOrder = added.sort((a, b) => a.seq - b.seq).map((it) => it.personId)
  const free = capacity === null ? inOrder.length : Math.max(0, capacity - before)
  const [taken, waiting] = [inOrder.slice(0, free), inOrder.slice(free)]
  const details = { title, trainingSource: source, count: added.length, ...(note !== '' && { note }) }
  const whose = source === 'signUp' ? { personId: personOf(ctx) } : {}
  await record(ctx, 'training.enrolled', { ...subjectOf(programme), ...whose }, details)
  const told = source === 'signUp' ? { taken: [], waiting: [] } : { taken, waiting }
  await tellEnrolled(ctx, programme, { ...told, fact: String(lastSeq + 1), base })
  return { added: added.length, waiting: waiting.length }
}

/** Takes the actor off the list, until the first session; the next who waits has the place, and is told. */
export async function leave(ctx: Context, programmeId: string, { base }: Told): Promise<void> {
  const programme = await openProgramme(ctx, programmeId, { lock: true })
  const state = stateOf(programme, ctx.today)
  if (state === 'cancelled' || state === 'closed')
    throw new Refusal('conflict', `这个培训班${programmeStateNames[state]}，不用退出。请刷新页面查看。`)
  if (programme.fromOn !== null && programme.fromOn <= ctx.today)
    throw new Refusal('conflict', '培训已经开始，不能自行退出。不能继续参加的，请联系组织培训的单位。')
  const seq = await takeOff(ctx, programmeId, personOf(ctx))
  if (seq === null) return
  await record(ctx, 'training.left', { ...subjectOf(programme), personId: personOf(ctx) }, { title: programme.title })
  await tellNext(ctx, programme, { seq, base })
}

/** Takes somebody off the list, with the reason that they are told; the next who waits has the place. What they have heard stays theirs. */
export async function removeParticipant(
  ctx: Context,
  programmeId: string,
  personId: string,
  { reason, base }: Told & { reason: string },
): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'plan', '移出学员')
  const seq = found((await takeOff(ctx, programmeId, personId)) ?? undefined, '位学员')
  const { title } = programme
  await record(ctx, 'training.participant-removed', { ...subjectOf(programme), personId }, { title, reason })
  await tellRemoved(ctx, programme, { personId, fact: `${seq}`, reason, base })
  await tellNext(ctx, programme, { seq, base })
}

async function takeOff(ctx: Context, programmeId: string, personId: string): Promise<number | null> {
  const [gone] = await ctx.db
    .delete(trainingParticipants)
    .where(and(ofList(ctx, programmeId), eq(trainingParticipants.personId, personId)))
    .returning({ seq: trainingParticipants.seq })
  return gone?.seq ?? null
}

/** Tells who has the last place now, where they came after who is gone: before, they were the first who waited. */
async function tellNext(
  ctx: Context,
  programme: StoredProgramme,
  { seq, base }: Told & { seq: number },
): Promise<void> {
  if (programme.capacity === null) return
  const last = await listedAt(ctx, programme.id, programme.capacity)
  if (last && last.seq > seq) await tellMovedUp(ctx, programme, { to: [last.personId], fact: `left:${seq}`, base })
}

/** A page of the list of a programme in the order of their coming, for whoever runs it. */
export async function listParticipants(
  ctx: Context,
  programmeId: string,
  { place, q, cursor, limit }: ParticipantsQuery,
): Promise<Page<ParticipantRow>> {
  const programme = await openProgramme(ctx, programmeId)
  authorize(mayRun(ctx.actor, programme.path), '查看学员名单')
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.int32()]))
  const { capacity } = programme
  const { rows } = await ctx.db.execute<Row>(sql`
    select p.id, p.name, p.student_number as "studentNumber", p.organization_id as "organizationId", o.name as organization,
      s.stage, t.source, t.note, t.enrolled_by as "enrolledBy", t.enrolled_at as "enrolledAt", t.seq, t.rank,
      (select coalesce(sum(c.hours), 0)::float8 from training_attendances a
        join training_sessions c on c.tenant_id = a.tenant_id and c.id = a.session_id
        where a.tenant_id = t.tenant_id and a.person_id = t.person_id and c.programme_id = t.programme_id
          and a.attendance in ('present', 'madeUp')) as hours
    from (select *, (row_number() over (order by seq))::int as rank from training_participants
      where tenant_id = ${ctx.tenantId} and programme_id = ${programmeId}) t
    join persons p on p.tenant_id = t.tenant_id and p.id = t.person_id
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    left join development_standings s on s.tenant_id = t.tenant_id and s.person_id = t.person_id
    where true ${after ? sql`and t.seq > ${after[0]}` : sql``} ${placeFilter(place, capacity)}
      ${q ? sql`and p.id in (select id from ${persons} where ${meantBy(ctx, q, within(persons.path, [programme.path]))})` : sql``}
    order by t.seq limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((it) => ({
      person: { id: it.id, name: it.name, studentNumber: it.studentNumber },
      organization: { id: it.organizationId, name: it.organization },
      ...{ stage: it.stage, source: it.source, note: it.note, enrolledBy: it.enrolledBy, hours: it.hours },
      enrolledAt: new Date(it.enrolledAt).toISOString(),
      ...placeOf(it.rank, capacity),
    })),
    ...(last && { next: writeCursor([last.seq]) }),
  }
}

interface Row extends Record<string, unknown> {
  id: string
  name: string
  studentNumber: string | null
  organizationId: string
  organization: string
  stage: Stage | null
  source: Source
  note: string
  enrolledBy: string
  enrolledAt: string
  seq: number
  rank: number
  hours: number
}

function placeFilter(place: Place | undefined, capacity: number | null) {
  if (place === undefined) return sql``
  if (capacity === null) return place === 'taken' ? sql`` : sql`and false`
  return place === 'taken' ? sql`and t.rank <= ${capacity}` : sql`and t.rank > ${capacity}`
}
