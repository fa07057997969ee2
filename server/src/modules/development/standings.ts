import { contradictions, type Day, type Due, type DueAct, due, type Finding, type Setting } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Prepared } from '../../platform/prepared.ts'
import { followPersons, moveWithPersons } from '../people/service.ts'
import { type FileFacts, factsOf, type PersonRow } from './facts.ts'
import { statePapersLater } from './paper-remarks.ts'
import { settingOf } from './settings.ts'
import { developmentActs, developmentFactDecisions, developmentPaperRemarks, developmentPlans } from './tables.ts'

/** What the rules say of a file on a day. */
export interface State {
  stage: Due['stage']
  findings: readonly Finding[]
  due: readonly DueAct[]
}

/** Where a person stands, what contradicts what, and what is next. */
export function stateOf(facts: FileFacts['facts'], on: Day, setting: Setting): State {
  const { stage, acts } = due(facts, on, setting)
  return { stage, findings: contradictions(facts, on, setting), due: acts }
}

/**
 * Writes anew what the acts of these persons say in short (`development_standings`, `development_dues`), in a few statements
 * for any number of persons. Call it after every change of a file, of a person or of the branch, in the same transaction.
 */
export async function restate(ctx: Restating, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  const { setting } = await settingOf(ctx)
  for (let from = 0; from < personIds.length; from += sliceSize) {
    const ids = personIds.slice(from, from + sliceSize)
    await writeStates(ctx, ids, await factsOf(ctx, ids), setting)
  }
}

/** A file moves with its person, and what was derived from a name, a birth or a branch is derived again. */
moveWithPersons(developmentActs, developmentPlans, developmentPaperRemarks, developmentFactDecisions)
followPersons(async (ctx, { personIds }) => {
  await restate(ctx, personIds)
  await statePapersLater(ctx, personIds)
})

/** The same where the files are known already. `personIds` without a file, or whose file has no acts left, lose their rows. */
export async function writeStates(
  ctx: Restating,
  personIds: readonly string[],
  files: readonly (Pick<FileFacts, 'facts'> & { person: StatedPerson })[],
  setting: Setting,
): Promise<void> {
  const stated = files
    .filter(({ facts }) => facts.acts.length > 0)
    .map(({ person, facts }) => ({ person, state: stateOf(facts, ctx.today, setting) }))
  await writing.rows(ctx.db, valuesOf(ctx, personIds, stated))
}

/**
 * Writes the state of one file that is known already, unless what was recorded has changed nothing of it. Null: the file has no
 * acts. The transaction waits for it, not the caller.
 */
export function sendState(ctx: Restating, person: StatedPerson, before: State | null, after: State | null): void {
  const values = (state: State | null) => valuesOf(ctx, [person.id], state ? [{ person, state }] : [])
  const [old, now] = [values(before), values(after)]
  if (now.standings !== old.standings || now.dues !== old.dues) writing.send(ctx.db, now)
}

function valuesOf(
  ctx: Restating,
  personIds: readonly string[],
  stated: readonly { person: StatedPerson; state: State }[],
) {
  const standings: unknown[] = []
  const dues: unknown[] = []
  for (const { person, state } of stated) {
    standings.push({ person_id: person.id, path: person.path, pinyin: person.pinyin, ...inShort(state) })
    for (const it of onePerKind(state.due)) {
      dues.push({
        person_id: person.id,
        kind: it.kind,
        path: person.path,
        step: it.step,
        earliest_on: it.earliestOn ?? null,
        latest_on: it.latestOn ?? null,
        waiting_on: it.waitingOn,
      })
    }
  }
  return {
    tenantId: ctx.tenantId,
    today: ctx.today,
    personIds,
    standings: JSON.stringify(standings),
    dues: JSON.stringify(dues),
  }
}

type StatedPerson = Pick<PersonRow, 'id' | 'path' | 'pinyin'>

type Restating = Pick<Context, 'db' | 'tenantId' | 'today'>

/** How many files are in memory at a time. */
const sliceSize = 2_000

function inShort({ stage, findings, due: acts }: State) {
  const [next] = acts
  const last = acts.flatMap((it) => it.latestOn ?? []).sort()[0]
  return {
    stage: stage ?? null,
    next_kind: next?.kind ?? null,
    next_earliest_on: next?.earliestOn ?? null,
    next_latest_on: last ?? null,
    error_count: findings.filter((it) => it.severity === 'error').length,
    warning_count: findings.filter((it) => it.severity === 'warning').length,
  }
}

/** One row for a person and a kind: of several the first, which is the most urgent. */
const onePerKind = (acts: readonly DueAct[]): DueAct[] =>
  acts
    .filter((it, at) => acts.findIndex((other) => other.kind === it.kind) === at)
    .sort((a, b) => (a.kind < b.kind ? -1 : 1))

/** Rows that would stay as they are are not written, so that the nightly round over all files writes little. */
const writing = new Prepared(
  'development_write_states',
  sql`
  with file as (
    select * from json_to_recordset(${sql.placeholder('standings')}::json) as it(
      person_id uuid, path text, pinyin text, stage text, next_kind text, next_earliest_on date, next_latest_on date,
      error_count int, warning_count int)
  ), act as (
    select * from json_to_recordset(${sql.placeholder('dues')}::json) as it(
      person_id uuid, kind text, path text, step int, earliest_on date, latest_on date, waiting_on text)
  ), without_standing as (
    delete from development_standings as old
    where old.tenant_id = ${sql.placeholder('tenantId')} and old.person_id = any(${sql.placeholder('personIds')}::uuid[])
      and old.person_id not in (select person_id from file)
  ), no_longer_due as (
    delete from development_dues as old
    where old.tenant_id = ${sql.placeholder('tenantId')} and old.person_id = any(${sql.placeholder('personIds')}::uuid[])
      and (old.person_id, old.kind) not in (select person_id, kind from act)
  ), standing as (
    insert into development_standings as old (tenant_id, person_id, path, pinyin, stage, next_kind, next_earliest_on,
      next_latest_on, error_count, warning_count, restated_on)
    select ${sql.placeholder('tenantId')}::text, person_id, path, pinyin, stage, next_kind, next_earliest_on, next_latest_on,
      error_count, warning_count, ${sql.placeholder('today')}::date
    from file
    on conflict (tenant_id, person_id) do update set path = excluded.path, pinyin = excluded.pinyin, stage = excluded.stage,
      next_kind = excluded.next_kind, next_earliest_on = excluded.next_earliest_on, next_latest_on = excluded.next_latest_on,
      error_count = excluded.error_count, warning_count = excluded.warning_count, restated_on = excluded.restated_on
    where (old.path, old.pinyin, old.stage, old.next_kind, old.next_earliest_on, old.next_latest_on, old.error_count,
        old.warning_count) is distinct from (excluded.path, excluded.pinyin, excluded.stage, excluded.next_kind,
        excluded.next_earliest_on, excluded.next_latest_on, excluded.error_count, excluded.warning_count)
  )
  insert into development_dues as old (tenant_id, person_id, kind, path, step, earliest_on, latest_on, waiting_on)
  select ${sql.placeholder('tenantId')}::text, person_id, kind, path, step, earliest_on, latest_on, waiting_on from act
  on conflict (tenant_id, person_id, kind) do update set path = excluded.path, step = excluded.step,
    earliest_on = excluded.earliest_on, latest_on = excluded.latest_on, waiting_on = excluded.waiting_on
  where (old.path, old.step, old.earliest_on, old.latest_on, old.waiting_on)
    is distinct from (excluded.path, excluded.step, excluded.earliest_on, excluded.latest_on, excluded.waiting_on)`,
)
