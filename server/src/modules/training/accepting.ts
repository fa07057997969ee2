import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { newId } from '../../platform/ids.ts'
import { recordAll } from '../../platform/journal.ts'
import { manyRows } from '../../platform/many-rows.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { certificatesOf } from '../certificates/queries.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import type {
  AcceptanceView,
  AcceptedQuery,
  AcceptedRow,
  AcceptedView,
  Counts,
  Decided,
  NewDecision,
} from './acceptance-schema.ts'
import { isAssessing } from './assessing.ts'
import { sourceOf } from './certifying.ts'
import { filedAs, whyNotClosed } from './completing.ts'
import { type Told, tellDecided } from './informing.ts'
import { acceptanceStateNames, assessorsNeeded, type Decision } from './names-schema.ts'
import { mayAccept, mayAssessSelf, mayRun } from './policy.ts'
import {
  decisionsOf,
  preconditionsWith,
  roundsForParticipant,
  roundsForRunner,
  roundsOf,
  type Stand,
  shownDecision,
  standOf,
  standsOf,
} from './rounds.ts'
import { assessorsOf, isMeasured, rubricOf } from './rubric.ts'
import { lockFor, openProgramme, type StoredProgramme, subjectOf } from './stored.ts'
import { trainingDecisions, trainingRounds } from './tables.ts'

/**
 * What becomes of participants' results: whoever runs the programme reads what was handed in and what two assessors said, and decides with what is missing
 * in words. Nobody decides on their own. Everything here runs over the whole university, after it was settled who may.
 */

/** The acceptance of a programme as its reader sees it: whoever runs it, takes part, or only reads what is asked for. */
export async function readAcceptance(
  ctx: Context,
  programmeId: string,
): Promise<{ view: AcceptanceView; revision: number }> {
  const programme = await openProgramme(ctx, programmeId)
  const { criteria, revision } = await rubricOf(ctx, programmeId)
  const can = mayAccept(ctx.actor, programme, ctx.today)
  const hasCriteria = criteria.length > 0
  const waits = can.settle ? await whyNotClosed(ctx, programme, hasCriteria) : []
  const view: AcceptanceView = {
    criteria,
    isLocked: await isMeasured(ctx, programmeId),
    assessors: can.run ? await assessorsOf(ctx, programmeId) : [],
    counts: can.run ? await countsOf(ctx, programme, hasCriteria) : null,
    own: await ownOf(ctx, programme, hasCriteria),
    isAssessor: await isAssessing(ctx, programmeId),
    closedAt: programme.closedAt?.toISOString() ?? null,
    closedBy: programme.closedBy,
    filedAs: filedAs(programme),
    can: { run: can.run, settle: can.settle, close: can.close && waits.length === 0, file: can.file },
    closingWaitsFor: waits,
  }
  return { view, revision }
}

async function ownOf(ctx: Context, programme: StoredProgramme, hasCriteria: boolean): Promise<AcceptanceView['own']> {
  const stand = await standOf(ctx, programme, hasCriteria, personOf(ctx))
  if (!stand) return null
  const decisions = await decisionsOf(ctx, programme.id, personOf(ctx))
  const decidedRounds = new Set(decisions.flatMap((it) => (it.roundId === null ? [] : [it.roundId])))
  const rounds = await roundsOf(ctx, programme.id, personOf(ctx))
  return {
    state: stand.state,
    rounds: await roundsForParticipant(ctx, rounds, decidedRounds),
    decisions: decisions.map(shownDecision),
    preconditions: (await preconditionsWith(ctx, programme))(stand),
    certificate: await ownCertificate(ctx, programme),
    can: { write: hasCriteria && mayAssessSelf(programme, { hasPlace: true, isWriting: stand.state === 'writing' }) },
  }
}

async function ownCertificate(ctx: Context, { id, closedAt }: StoredProgramme) {
  if (closedAt === null) return null
  const [it] = await certificatesOf(ctx, sourceOf(id), personOf(ctx))
  return it === undefined ? null : { id: it.certificateId, number: it.number, isRevoked: it.isRevoked }
}

/** How many with a place stand where. */
export async function countsOf(ctx: Context, programme: StoredProgramme, hasCriteria: boolean): Promise<Counts> {
  const { rows } = await ctx.db.execute<{ state: keyof Counts; count: number }>(
    sql`select s.state, count(*)::int as count from (${standsOf(ctx, programme, hasCriteria)}) s group by s.state`,
  )
  return { ...none, ...Object.fromEntries(rows.map((it) => [it.state, it.count])) }
}

const none: Counts = { writing: 0, assessing: 0, deciding: 0, passed: 0, unfinished: 0 }

/** A page of those with a place, in the order of their coming, with where each stands. */
export async function listAccepted(
  ctx: Context,
  programmeId: string,
  { state, q, cursor, limit }: AcceptedQuery,
): Promise<Page<AcceptedRow>> {
  const programme = await openProgramme(ctx, programmeId)
  authorize(mayRun(ctx.actor, programme.path), '查看成果验收')
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.int32()]))
  const { criteria } = await rubricOf(ctx, programmeId)
  const { rows } = await ctx.db.execute<Stand & Named>(sql`
    select s.*, p.name, p.student_number as "studentNumber", o.name as organization
    from (${standsOf(ctx, programme, criteria.length > 0)}) s
    join persons p on p.tenant_id = ${ctx.tenantId} and p.id = s."personId"
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where true ${state === undefined ? sql`` : sql`and s.state = ${state}`} ${after ? sql`and s.seq > ${after[0]}` : sql``}
      ${q ? sql`and p.id in (select id from ${persons} where ${meantBy(ctx, q, within(persons.path, [programme.path]))})` : sql``}
    order by s.seq limit ${limit + 1}`)
  const preconditions = await preconditionsWith(ctx, programme)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((it) => ({
      person: { id: it.personId, name: it.name, studentNumber: it.studentNumber },
      ...{ organization: it.organization, state: it.state, round: it.round, given: it.given },
      ...{ hours: it.hours, days: it.days },
      unmet: preconditions(it).flatMap((one) => (one.isMet ? [] : [one.text])),
      decided: lastDecision(it),
      isOwn: it.personId === personOf(ctx),
    })),
    ...(last && { next: writeCursor([last.seq]) }),
  }
}

interface Named {
  name: string
  studentNumber: string | null
  organization: string
}

const lastDecision = ({ decision, missing, comment, decidedBy, decidedOn }: Stand): Decided | null =>
  decision === null || decidedBy === null || decidedOn === null
    ? null
    : { decision, missing: missing ?? '', comment: comment ?? '', decidedBy, decidedOn }

/** All about one participant's results, for whoever runs the programme and is not that participant. */
export async function readAccepted(ctx: Context, programmeId: string, personId: string): Promise<AcceptedView> {
  const programme = await openProgramme(ctx, programmeId)
  const can = mayAccept(ctx.actor, programme, ctx.today)
  authorize(can.run, '查看成果验收')
  refuseOwn(ctx, [personId])
  const { criteria } = await rubricOf(ctx, programmeId)
  const stand = found(await standOf(ctx, programme, criteria.length > 0, personId), '位学员')
  const { rows } = await ctx.db.execute<{ name: string; organization: string }>(sql`
    select p.name, o.name as organization from persons p
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where p.tenant_id = ${ctx.tenantId} and p.id = ${personId}`)
  const [who] = rows
  const rounds = (await roundsOf(ctx, programmeId, personId)).filter((it) => it.handedInAt !== null)
  return {
    person: { id: personId, name: who?.name ?? '' },
    organization: who?.organization ?? '',
    programme: { id: programmeId, name: programme.title },
    ...{ criteria, state: stand.state, preconditions: (await preconditionsWith(ctx, programme))(stand) },
    rounds: await roundsForRunner(ctx, criteria, rounds),
    decisions: (await decisionsOf(ctx, programmeId, personId)).map(shownDecision),
    can: {
      decide: can.decide ? decisionsInOrder.filter((it) => whyNotDecided(it, stand, criteria.length > 0) === null) : [],
    },
  }
}

const decisionsInOrder: readonly Decision[] = ['passed', 'again', 'unfinished']

/** Why something cannot be decided of somebody yet; null where it can. */
function whyNotDecided(decision: Decision, stand: Stand, hasCriteria: boolean): string | null {
  if (decision === stand.decision && stand.state === decision) return `已经是“${acceptanceStateNames[stand.state]}”`
  if (decision === 'unfinished' || !hasCriteria) return null
  const isAssessed = stand.isHandedIn && stand.given >= assessorsNeeded
  if (isAssessed || (decision === 'again' && stand.decision === 'unfinished')) return null
  return stand.isHandedIn ? `只有 ${stand.given} 位评议人评议` : '还没有提交自评'
}

/** Decides on people, signed with the actor's name and day: passed, once more with what is missing, or not finished and why. The last decision holds; each is told that there is one. */
export async function decide(
  ctx: Context,
  programmeId: string,
  { personIds, decision, missing, comment }: NewDecision,
  { base }: Told,
): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'plan', '决定验收结果')
  if (programme.announcedAt === null) throw new Refusal('conflict', '培训班还没有发布。请先发布，再决定验收结果。')
  refuseOwn(ctx, personIds)
  const { criteria } = await rubricOf(ctx, programmeId)
  const stands = await chosenOf(ctx, programme, { personIds, hasCriteria: criteria.length > 0 })
  refuseUnready(stands, decision, criteria.length > 0)

  const { tenantId, actor, today } = ctx
  const { path, title } = programme
  const rows = stands.map((it) => ({
    ...{ tenantId, programmeId, personId: it.personId, path, number: it.decisions + 1 },
    ...{ roundId: it.isHandedIn ? it.roundId : null, decision, missing, comment, decidedOn: today },
    decidedBy: actor.name,
  }))
  await decisionRows.insert(ctx.db, rows)
  if (decision === 'again') await openRounds(ctx, programme, stands)
  await recordAll(
    ctx,
    'training.decided',
    stands.map((it) => ({
      subject: { ...subjectOf(programme), personId: it.personId },
      details: { title, acceptance: decision },
    })),
  )
  await tellDecided(ctx, programme, {
    ...{ base, fact: newId() },
    to: stands.map((it) => it.personId),
  })
}

const decisionRows = manyRows(trainingDecisions, ['decidedAt'])

function refuseOwn(ctx: Context, personIds: readonly string[]): void {
  if (personIds.includes(personOf(ctx)))
    throw new Refusal('forbidden', '您自己的成果验收要由别的组织者办理。请取消选择自己，其他人照常办理。')
}

/** Those chosen with where they stand, and how often something was decided of them. */
async function chosenOf(
  ctx: Context,
  programme: StoredProgramme,
  { personIds, hasCriteria }: { personIds: readonly string[]; hasCriteria: boolean },
) {
  const { rows } = await ctx.db.execute<Stand & { name: string; decisions: number }>(sql`
    select s.*, p.name, (select coalesce(max(d.number), 0)::int from training_decisions d where d.tenant_id = ${ctx.tenantId}
      and d.programme_id = ${programme.id} and d.person_id = s."personId") as decisions
    from (${standsOf(ctx, programme, hasCriteria)}) s
    join persons p on p.tenant_id = ${ctx.tenantId} and p.id = s."personId"
    where s."personId" = any(${sql.param(personIds)}::uuid[]) order by s.seq`)
  if (rows.length < new Set(personIds).size)
    throw new Refusal('conflict', '所选的人里有人没有录取到这个培训班，这次没有办理。请刷新页面，核对后重新选择。')
  return rows
}

function refuseUnready(stands: readonly (Stand & { name: string })[], decision: Decision, hasCriteria: boolean): void {
  const unready = stands.flatMap((it) => {
    const why = whyNotDecided(decision, it, hasCriteria)
    return why === null ? [] : [`${it.name}（${why}）`]
  })
  if (unready.length === 0) return
  const shown = unready.slice(0, mostShown).join('、')
  throw new Refusal(
    'conflict',
    `这次没有办理：${shown}${unready.length > mostShown ? `等 ${unready.length} 人` : ''}不能作这个决定。请取消选择这些人，其他人照常办理。`,
  )
}

/** So many names stand in a refusal. */
const mostShown = 5

/** Opens another round for whoever has handed in the last one, beginning with what they had written. */
async function openRounds(ctx: Context, programme: StoredProgramme, stands: readonly Stand[]): Promise<void> {
  const { tenantId, db } = ctx
  const last = stands.flatMap((it) => (it.roundId !== null && it.isHandedIn ? [it.roundId] : []))
  if (last.length === 0) return
  const { personId, number, self } = trainingRounds
  const before = await db
    .select({ personId, number, self })
    .from(trainingRounds)
    .where(and(eq(trainingRounds.tenantId, tenantId), isOneOf(trainingRounds.id, last)))
  const { id: programmeId, path } = programme
  await db
    .insert(trainingRounds)
    .values(before.map((it) => ({ ...it, tenantId, id: newId(), programmeId, path, number: it.number + 1 })))
}
