import { type Day, dayWritten, type Stage, stages } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseActOnStale } from '../../platform/refusal.ts'
import type { NewAct } from '../development/act-schema.ts'
import { findFile, lockFile } from '../development/queries.ts'
import { recordAct } from '../development/service.ts'
import type { FiledList, FilingDone } from './acceptance-schema.ts'
import { acceptanceStateNames, audienceNames } from './names-schema.ts'
import { mayAccept, mayRun } from './policy.ts'
import { type Stand, standsOf } from './rounds.ts'
import { rubricOf } from './rubric.ts'
import { changeStored, lockFor, openProgramme, type StoredProgramme, subjectOf } from './stored.ts'
import { trainingFilings } from './tables.ts'

/**
 * 办结: a programme is closed once there is a decision on everybody, and what was heard goes into the development record of those who passed without
 * being typed again. Everything here runs over the whole university; into somebody's record only goes what the actor may record there.
 */

/** As what the training stands in a development record; null where the hours of the year are all that is kept. */
export const filedAs = ({ audience }: Pick<StoredProgramme, 'audience'>): string | null =>
  audience === 'activists' ? '入党积极分子培训' : audience === 'prospects' ? '发展对象短期集中培训' : null

/** What is still to be done before a programme can be closed, in Chinese; empty where nothing is. */
export async function whyNotClosed(ctx: Context, programme: StoredProgramme, hasCriteria: boolean): Promise<string[]> {
  if (programme.announcedAt === null) return ['培训班还没有发布。']
  if (programme.untilOn === null) return ['培训班没有课程。']
  const { tenantId, today } = ctx
  const { rows: unrecorded } = await ctx.db.execute<{ title: string; on: Day }>(sql`
    select title, "on"::text as "on" from training_sessions where tenant_id = ${tenantId} and programme_id = ${programme.id}
      and cancelled_at is null and recorded_at is null and "on" <= ${today} order by "on", id`)
  const { rows: open } = await ctx.db.execute<{ state: keyof typeof acceptanceStateNames; count: number }>(sql`
    select s.state, count(*)::int as count from (${standsOf(ctx, programme, hasCriteria)}) s
    where s.state not in ('passed', 'unfinished') group by s.state order by s.state`)
  const [first] = unrecorded
  const people = open.reduce((sum, it) => sum + it.count, 0)
  return [
    ...(programme.untilOn >= today
      ? [`课程还没有上完，最后一次课在${dayWritten(programme.untilOn)}，第二天起可以办结。`]
      : []),
    ...(first ? [`有 ${unrecorded.length} 次课没有登记到课，第一次是${dayWritten(first.on)}的“${first.title}”。`] : []),
    ...(people > 0
      ? [
          `有 ${people} 位学员还没有结论：${open.map((it) => `${acceptanceStateNames[it.state]} ${it.count} 位`).join('，')}。`,
        ]
      : []),
  ]
}

/** Closes a programme as read at this revision, once there is a decision on everybody with a place. */
export async function closeProgramme(ctx: Context, programmeId: string, revision: number): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'plan', '办结')
  refuseActOnStale(programme, revision, '这个培训班')
  const { criteria } = await rubricOf(ctx, programmeId)
  const waits = await whyNotClosed(ctx, programme, criteria.length > 0)
  if (waits.length > 0) throw new Refusal('incomplete', `还不能办结：${waits.join('')}`)

  await changeStored(ctx, programmeId, { closedAt: new Date(), closedBy: ctx.actor.name, revision: revision + 1 })
  await record(ctx, 'training.closed', subjectOf(programme), { title: programme.title })
}

/** Of whom a closed training was written down, and of whom not and why: everybody who passed. */
export async function listFiled(ctx: Context, programmeId: string): Promise<FiledList> {
  const programme = await openProgramme(ctx, programmeId)
  authorize(mayRun(ctx.actor, programme.path), '查看记入发展党员纪实的情况')
  if (programme.closedAt === null || filedAs(programme) === null) return { items: [] }
  const { criteria } = await rubricOf(ctx, programmeId)
  const { rows } = await ctx.db.execute<FiledRow>(sql`
    select p.id, p.name, o.name as organization, f.act_id as "actId", coalesce(f.problem, '') as problem,
      f.tried_by as "triedBy", f.tried_at as "triedAt"
    from (${standsOf(ctx, programme, criteria.length > 0)}) s
    join persons p on p.tenant_id = ${ctx.tenantId} and p.id = s."personId"
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    left join training_filings f on f.tenant_id = p.tenant_id and f.programme_id = ${programmeId} and f.person_id = p.id
    where s.state = 'passed' order by f.act_id is not null, s.seq`)
  return {
    items: rows.map((it) => ({
      person: { id: it.id, name: it.name },
      ...{ organization: it.organization, isFiled: it.actId !== null, problem: it.problem, filedBy: it.triedBy },
      filedAt: it.triedAt === null ? null : new Date(it.triedAt).toISOString(),
    })),
  }
}

interface FiledRow extends Record<string, unknown> {
  id: string
  name: string
  organization: string
  actId: string | null
  problem: string
  triedBy: string | null
  triedAt: string | null
}

/** Runs a use case in a transaction of its own. */
export type InTransaction = <T>(useCase: (ctx: Context) => Promise<T>) => Promise<T>

/** So many are written down before it is answered how far it is. */
const mostAtOnce = 20

/**
 * Writes the training of the next so many who passed into their records, each in a transaction of its own: whoever is done is done, whatever becomes
 * of the rest. What the rules refuse of somebody is kept beside their name and can be tried again.
 */
export async function fileResults(
  inTransaction: InTransaction,
  programmeId: string,
  after: number | null,
): Promise<FilingDone> {
  const { stands, isMore } = await inTransaction((ctx) => toFile(ctx, programmeId, after))
  let [filed, refused] = [0, 0]
  for (const stand of stands) {
    try {
      if (await inTransaction((ctx) => fileOne(ctx, programmeId, stand))) filed++
    } catch (error) {
      if (!(error instanceof Refusal) || error.isPassing) throw error
      await inTransaction((ctx) => noteProblem(ctx, programmeId, stand.personId, error.message))
      refused++
    }
  }
  return { filed, refused, next: isMore ? (stands.at(-1)?.seq ?? null) : null }
}

/** Those who passed and whose training is not written down yet, behind one. */
async function toFile(ctx: Context, programmeId: string, after: number | null) {
  const programme = await openToFile(ctx, programmeId)
  if (filedAs(programme) === null)
    throw new Refusal(
      'conflict',
      `${audienceNames[programme.audience]}的培训不记入发展党员纪实，学时在“年度学时”里查看。`,
    )
  const { criteria } = await rubricOf(ctx, programmeId)
  const { rows } = await ctx.db.execute<Stand>(sql`
    select s.* from (${standsOf(ctx, programme, criteria.length > 0)}) s
    where s.state = 'passed' and s.seq > ${after ?? 0} and not exists (select from training_filings f
      where f.tenant_id = ${ctx.tenantId} and f.programme_id = ${programmeId} and f.person_id = s."personId"
        and f.act_id is not null)
    order by s.seq limit ${mostAtOnce + 1}`)
  return { stands: rows.slice(0, mostAtOnce), isMore: rows.length > mostAtOnce }
}

async function openToFile(ctx: Context, programmeId: string): Promise<StoredProgramme> {
  const programme = await openProgramme(ctx, programmeId)
  authorize(mayRun(ctx.actor, programme.path), '记入发展党员纪实')
  if (!mayAccept(ctx.actor, programme, ctx.today).file)
    throw new Refusal('conflict', '培训班还没有办结。请先办结，再记入发展党员纪实。')
  return programme
}

/** Writes the training of one person into their record, once. What stands there of the same day already is not written a second time. */
async function fileOne(ctx: Context, programmeId: string, stand: Stand): Promise<boolean> {
  const programme = await openToFile(ctx, programmeId)
  const { personId } = stand
  const file = found((await lockFile(ctx, personId)) ?? (await findFile(ctx, personId)), '份档案')
  if (await isFiled(ctx, programmeId, personId)) return false
  const act = actOf(programme, stand)
  await refuseOtherStage(ctx, programme, personId)
  const known = file.facts.acts.find((it) => it.kind === act.kind && it.on === act.on)
  const actId = known?.id ?? (await recordAct(ctx, personId, file.revision, { act }))

  await write(ctx, programme, { personId, actId, problem: '' })
  const { title } = programme
  await record(ctx, 'training.result-filed', { ...subjectOf(programme), personId }, { title })
  return true
}

/** What of the training stands in a record: the day of the last session heard, and how much was heard. */
function actOf({ audience }: StoredProgramme, { hours, days, firstOn, lastOn }: Stand): NewAct['act'] {
  if (lastOn === null || firstOn === null)
    throw new Refusal('incomplete', '没有登记过到课，不知道是哪天培训的。请在课程上补登记到课，再试一次。')
  return audience === 'prospects'
    ? { kind: 'intensiveTraining', startedOn: firstOn, on: lastOn, trainingDays: days, trainingHours: hours }
    : { kind: 'activistTraining', on: lastOn, trainingHours: hours }
}

/** Whoever was put on the list though the programme is not for them has no place for it in the record yet. */
async function refuseOtherStage(ctx: Context, { audience }: StoredProgramme, personId: string): Promise<void> {
  const least: Stage = audience === 'prospects' ? 'prospect' : 'activist'
  const { rows } = await ctx.db.execute<{ stage: Stage | null }>(
    sql`select stage from development_standings where tenant_id = ${ctx.tenantId} and person_id = ${personId}`,
  )
  const stage = rows[0]?.stage ?? null
  if (stage === null || stages.indexOf(stage) < stages.indexOf(least))
    throw new Refusal(
      'conflict',
      `登记的情况还不是${audienceNames[audience]}，没有记入。请所在党支部核对档案，补记以后再试一次。`,
    )
}

async function isFiled({ db, tenantId }: Context, programmeId: string, personId: string): Promise<boolean> {
  const [row] = await db
    .select()
    .from(trainingFilings)
    .where(ofFiling({ tenantId }, programmeId, personId))
  return row !== undefined && row.actId !== null
}

/** Keeps why the training of somebody could not be written into their record. */
async function noteProblem(ctx: Context, programmeId: string, personId: string, problem: string): Promise<void> {
  const programme = await openToFile(ctx, programmeId)
  if (await isFiled(ctx, programmeId, personId)) return
  await write(ctx, programme, { personId, actId: null, problem })
  await record(ctx, 'training.result-refused', subjectOf(programme), { title: programme.title })
}

async function write(
  { db, tenantId, actor }: Context,
  { id: programmeId, path }: StoredProgramme,
  { personId, ...it }: { personId: string; actId: string | null; problem: string },
): Promise<void> {
  const set = { ...it, triedAt: new Date(), triedBy: actor.name }
  await db
    .insert(trainingFilings)
    .values({ ...set, tenantId, programmeId, personId, path })
    .onConflictDoUpdate({
      target: [trainingFilings.tenantId, trainingFilings.programmeId, trainingFilings.personId],
      set,
    })
}

const ofFiling = ({ tenantId }: Pick<Context, 'tenantId'>, programmeId: string, personId: string) =>
  and(
    eq(trainingFilings.tenantId, tenantId),
    eq(trainingFilings.programmeId, programmeId),
    eq(trainingFilings.personId, personId),
  )
