import { isDeepStrictEqual } from 'node:util'
import {
  type Act,
  type ActKind,
  actLabels,
  contradictions,
  type Day,
  type Finding,
  isDay,
  type PlanConstraints,
  repeatableKinds,
} from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { insertEntry, record, recordReading, valuesOfEntry } from '../../platform/journal.ts'
import { Prepared, placeholders } from '../../platform/prepared.ts'
import { authorize, found, Refusal, refuseStale } from '../../platform/refusal.ts'
import type { ActCheck, Correction, NewAct } from './act-schema.ts'
import { evidenceFor } from './evidence.ts'
import { type ActRow, detailsOf, factsAfter } from './facts.ts'
import { causedBy, viewOf } from './file-view.ts'
import { refuseOwnFile } from './own-file.ts'
import { statePapersBehind } from './paper-remarks.ts'
import { may } from './policy.ts'
import { type File, findFile, type LockedFile, lockFile } from './queries.ts'
import type { FileView } from './schema.ts'
import { type State, sendState, stateOf } from './standings.ts'
import { developmentPlans } from './tables.ts'

/** Opens a person's file. The first reading of a day by somebody else than the person is recorded, and the person sees it. */
export async function openFile(ctx: Context, personId: string): Promise<{ view: FileView; revision: number }> {
  const file = found(await findFile(ctx, personId), '份档案')
  authorize(may(ctx.actor, file).read, '查看这份档案')
  if (ctx.actor.personId !== personId && !file.isReadToday) await recordReading(ctx, '发展党员档案', subjectOf(file))
  return { view: viewOf(file, ctx), revision: file.revision }
}

/** What recording an act would contradict. Nothing is written. */
export async function checkAct(ctx: Context, personId: string, { act, corrects }: ActCheck): Promise<Finding[]> {
  const file = found(await findFile(ctx, personId), '份档案')
  refuseOwnFile(ctx.actor, file)
  authorize(may(ctx.actor, file).record.includes(act.kind), `记录“${actLabels[act.kind]}”`)
  const facts = factsAfter(file.facts, act, corrects)
  const findingsOf = (of: File['facts']) => contradictions(of, ctx.today, file.setting)
  return causedBy(file, findingsOf(file.facts), { facts, findings: findingsOf(facts) }, ctx)
}

/**
 * Records an act in a person's file and returns its id. Refuses a day that has not come, a second act of a kind that
 * happens once, and contradictions that the act causes, unless each of these rules is acknowledged with a reason.
 */
export async function recordAct(ctx: Context, personId: string, revision: number, it: NewAct): Promise<string> {
  const file = found(await lockFile(ctx, personId), '份档案')
  refuseOwnFile(ctx.actor, file)
  authorize(may(ctx.actor, file).record.includes(it.act.kind), `记录“${actLabels[it.act.kind]}”`)
  refuseStale(file, revision, '这份档案')

  const act = { ...it.act, id: newId() }
  refuseFuture(act, ctx.today)
  refuseSecond(file, act)
  const change = changeOf(ctx, file, factsAfter(file.facts, act))
  refuseUnacknowledged(change.caused, it.acknowledged)

  const entry = valuesOfEntry(ctx, 'development.act-recorded', subjectOf(file), {
    act,
    acknowledged: it.acknowledged,
    ...(await evidenceFor(ctx, personId, it.evidence)),
  })
  addRow(ctx, file, { ...detailsOf(act), id: act.id, acknowledged: it.acknowledged }, entry)
  sendState(ctx, file.person, change.before, change.after)
  statePapersBehind(ctx, file.person.id)
  return act.id
}

/**
 * Corrects an act by another in its place, or strikes it out, and returns the id of the correcting row.
 * The corrected row stays as it was. Refuses what `recordAct` refuses, and a second correction of the same row.
 */
export async function correctAct(
  ctx: Context,
  personId: string,
  actId: string,
  revision: number,
  it: Correction,
): Promise<string> {
  const file = found(await lockFile(ctx, personId), '份档案')
  const corrected = found(
    file.rows.find((row) => row.id === actId && !row.isStruckOut),
    '条事项',
  )
  refuseOwnFile(ctx.actor, file)
  const can = may(ctx.actor, file)
  for (const { kind } of [corrected, it.act ?? corrected])
    authorize(can.record.includes(kind), `更正“${actLabels[kind]}”`)
  refuseStale(file, revision, '这份档案')
  if (file.rows.some((row) => row.corrects === actId))
    throw new Refusal('conflict', '这条事项已经更正或划去过，不能再次更正。请更正现在有效的那一条。')

  const id = newId()
  const act = it.act && { ...it.act, id }
  if (act) refuseFuture(act, ctx.today)
  if (act) refuseSecond(file, act, actId)
  if (act && !it.acknowledged) refuseSame(act, corrected)
  const change = changeOf(ctx, file, factsAfter(file.facts, act, actId))
  refuseUnacknowledged(change.caused, it.acknowledged)

  const { kind, on, details } = corrected
  const entry = valuesOfEntry(ctx, act ? 'development.act-corrected' : 'development.act-struck-out', subjectOf(file), {
    corrected: { id: actId, kind, on },
    ...(act && { act }),
    reason: it.reason,
    acknowledged: it.acknowledged,
    ...(await evidenceFor(ctx, personId, it.evidence)),
  })
  const row = {
    ...(act ? detailsOf(act) : { kind, on, details }),
    id,
    acknowledged: it.acknowledged,
    corrects: { actId, isStruckOut: act === undefined, reason: it.reason },
  }
  addRow(ctx, file, row, entry)
  sendState(ctx, file.person, change.before, change.after)
  statePapersBehind(ctx, file.person.id)
  return id
}

/** Stores what a person's plan has to fit into. The plan itself is computed whenever it is looked at. */
export async function planWay(
  ctx: Context,
  personId: string,
  revision: number,
  constraints: PlanConstraints,
): Promise<void> {
  const file = found(await lockFile(ctx, personId), '份档案')
  refuseOwnFile(ctx.actor, file)
  authorize(may(ctx.actor, file).plan, '制定培养计划')
  refuseStale(file, revision, '这份档案')

  const plan = { path: file.path, constraints, plannedBy: ctx.actor.accountId, plannedAt: sql`now()` }
  await ctx.db
    .insert(developmentPlans)
    .values({ tenantId: ctx.tenantId, personId, ...plan })
    .onConflictDoUpdate({ target: [developmentPlans.tenantId, developmentPlans.personId], set: plan })
  counting.send(ctx.db, { tenantId: ctx.tenantId, personId })
  await record(ctx, 'development.way-planned', subjectOf(file), { constraints })
}

/** What becomes of a file by other facts: its state before and after, null without acts, and what they contradict that nothing did before. */
function changeOf(ctx: Context, file: LockedFile, facts: LockedFile['facts']) {
  const state = (of: LockedFile['facts']): State => stateOf(of, ctx.today, file.setting)
  const [before, after] = [state(file.facts), state(facts)]
  return {
    before: file.facts.acts.length > 0 ? before : null,
    after: facts.acts.length > 0 ? after : null,
    caused: causedBy(file, before.findings, { facts, findings: after.findings }, ctx),
  }
}

/** What has not come has not happened; whoever wants to note a plan plans. */
function refuseFuture(act: Act, today: Day): void {
  const fields = daysOf(act).filter(([, on]) => on > today)
  if (fields.length === 0) return
  throw new Refusal('unlawful', `“${actLabels[act.kind]}”的日期晚于今天。只记录已经发生的事项，请核对日期。`, {
    fields: fields.map(([path, on]) => ({ path: `act.${path}`, message: `${on} 还没有到` })),
  })
}

/** The days of an act on which something has happened; the ends of periods and notices may lie ahead. */
function daysOf(act: Act): [path: string, on: Day][] {
  const happened = [
    'on',
    'receivedOn',
    'firstSubmittedOn',
    'repliedOn',
    'lastReplyOn',
    'startedOn',
    'submittedOn',
    'introducersOpinionOn',
  ]
  const own = Object.entries(act).flatMap(([path, on]): [string, Day][] =>
    happened.includes(path) && typeof on === 'string' && isDay(on) ? [[path, on]] : [],
  )
  const signed = (act.signatures ?? []).map((it, at): [string, Day] => [`signatures.${at}.on`, it.on])
  const also = (act.alsoDated ?? []).map((it, at): [string, Day] => [`alsoDated.${at}.on`, it.on])
  return [...own, ...signed, ...also]
}

/** A correction that changes nothing would tell readers that something has been changed. */
function refuseSame(act: Act, corrected: Pick<ActRow, 'kind' | 'on' | 'details'>): void {
  const { kind, on, details } = corrected
  if (!isDeepStrictEqual(detailsOf(act), { kind, on, details })) return
  throw new Refusal(
    'malformed',
    '填写的内容与原来的记录相同，没有可以更正的。请改动有误的内容；原来的记录无误的，不用更正。',
  )
}

function refuseSecond(file: LockedFile, act: Act, corrects?: string): void {
  const repeatable: readonly ActKind[] = repeatableKinds
  if (repeatable.includes(act.kind)) return
  const first = file.facts.acts.find((it) => it.kind === act.kind && it.id !== corrects)
  if (first === undefined) return
  throw new Refusal(
    'conflict',
    `档案中已有“${actLabels[act.kind]}”（${first.on ?? '日期未记录'}），一份档案只能有一条。如有出入，请更正原来的一条。`,
  )
}

function refuseUnacknowledged(findings: readonly Finding[], acknowledged: NewAct['acknowledged']): void {
  const isAcknowledged = ({ rule }: Finding) => acknowledged?.rules.includes(rule)
  const errors = findings.filter((it) => it.severity === 'error' && !isAcknowledged(it))
  if (errors.length === 0) return
  const told = errors.map((it) => it.message).join('；')
  throw new Refusal('unlawful', `与规定或已有记录不一致：${told} 如情况属实，请逐条确认并写明原因后再提交。`, {
    findings: errors,
  })
}

/** What a row of an act holds beside the person and who records it. */
interface NewRow extends ReturnType<typeof detailsOf> {
  id: string
  acknowledged: NewAct['acknowledged']
  corrects?: { actId: string; isStruckOut: boolean; reason: string }
}

/** Adds a row of an act, counts the change of the file and writes it down, in one statement. */
function addRow(
  ctx: Context,
  { personId, path }: LockedFile,
  it: NewRow,
  entry: ReturnType<typeof valuesOfEntry>,
): void {
  const { details, acknowledged, corrects, ...row } = it
  adding.send(ctx.db, {
    ...entry,
    ...row,
    tenantId: ctx.tenantId,
    personId,
    path,
    details: JSON.stringify(details),
    corrects: corrects?.actId ?? null,
    isStruckOut: corrects?.isStruckOut ?? false,
    correctionReason: corrects?.reason ?? null,
    acknowledged: acknowledged ? JSON.stringify(acknowledged) : null,
    recordedBy: ctx.actor.accountId,
  })
}

const changeCounted = sql`update persons set revision = revision + 1
  where tenant_id = ${sql.placeholder('tenantId')} and id = ${sql.placeholder('personId')}`

const counting = new Prepared('development_count_change', changeCounted)

const adding = new Prepared(
  'development_add_act',
  sql`with act as (
      insert into development_acts (tenant_id, id, person_id, path, kind, "on", details, corrects, is_struck_out,
        correction_reason, acknowledged, recorded_by)
      values (${placeholders(
        ...['tenantId', 'id', 'personId', 'path', 'kind', 'on', 'details', 'corrects', 'isStruckOut'],
        ...['correctionReason', 'acknowledged', 'recordedBy'],
      )})
    ), counted as (${changeCounted})
    ${insertEntry}`,
)

const subjectOf = (file: LockedFile) => ({
  kind: 'person',
  id: file.personId,
  orgPath: file.path,
  personId: file.personId,
})
