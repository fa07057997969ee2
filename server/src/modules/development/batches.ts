import { assess, type Finding, type Missing, type PaperFinding, type PlaceRemark } from '@zhibu/rules'
import { and, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import { firstIdOf, newId } from '../../platform/ids.ts'
import { record, recordAll } from '../../platform/journal.ts'
import { ancestors, isWithin, type OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { accounts } from '../accounts/tables.ts'
import { filedOf } from '../archive/filed.ts'
import { persons } from '../people/tables.ts'
import { type FileFacts, factsOf } from './facts.ts'
import { matching } from './lists.ts'
import { papersOf } from './papers.ts'
import { mayBatch } from './policy.ts'
import type { NewBatch } from './request-schema.ts'
import type { BatchChange, BatchEntry, BatchRow, BatchView, RemarkOnRun } from './schema.ts'
import { rootsFor } from './scope.ts'
import { settingOf } from './settings.ts'
import { developmentBatches, developmentBatchRuns, developmentStandings } from './tables.ts'

const standing = alias(developmentStandings, 's')
const opened = alias(developmentBatches, 'b')

/** Opens a batch with these persons, runs the pre-check over it once, and returns its id. */
export async function openBatch(ctx: Context, batch: NewBatch): Promise<string> {
  const personIds = batch.personIds ? [...new Set(batch.personIds)] : await personsMatching(ctx, batch)
  const files = await factsOf(ctx, personIds)
  if (files.length < personIds.length)
    throw new Refusal(
      'not-found',
      `名单中有 ${personIds.length - files.length} 人没有找到，或不在您的权限范围内，请重新选择。`,
    )
  if (files.length === 0) throw new Refusal('malformed', '没有选中任何档案，请至少选择一人。')
  const path = commonPath(files.map((it) => it.person.path))
  authorize(mayBatch(ctx.actor, { path }).run, '对这些人员一并进行预审')

  const id = newId()
  const created = { tenantId: ctx.tenantId, id, path, title: batch.title, createdBy: ctx.actor.accountId }
  await ctx.db.insert(developmentBatches).values(created)
  await writeRun(ctx, created, 1, files)
  return id
}

/** Runs the pre-check again over the persons of the latest run; files that the actor no longer reads are left out. */
export async function runBatch(ctx: Context, batchId: string): Promise<number> {
  const batch = found(await findBatch(ctx, batchId, { lock: true }), '个批次')
  authorize(mayBatch(ctx.actor, batch).run, '重新预审这个批次')
  const [latest] = await runsOf(ctx, batchId, 1)

  const number = (latest?.number ?? 0) + 1
  const files = await factsOf(ctx, latest?.entries.map((it) => it.personId) ?? [])
  await writeRun(
    ctx,
    batch,
    number,
    files.filter(({ person }) => ctx.actor.holds('read-files', person.path)),
  )
  return number
}

/** The batches of the subtrees in which the actor reads files, the newest first. Persons whose files the actor no longer reads are not counted. */
export async function listBatches(
  ctx: Context,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<BatchRow>> {
  const roots = await rootsFor(ctx, undefined)
  const { rows } = await ctx.db.execute<BatchRow & Record<string, unknown>>(sql`
    select b.id, b.title, coalesce(u.name, '') as "createdBy", to_json(b.created_at) as "createdAt",
      json_build_object('number', r.number, 'ranOn', r.ran_on, 'files', c.files,
        'filesWithErrors', c.errors, 'filesWithGaps', c.gaps) as run
    from (select tenant_id, id, title, created_at, created_by from development_batches b
      where b.tenant_id = ${ctx.tenantId} and (${within(opened.path, roots)})
        ${cursor === undefined ? sql`` : sql`and b.id < ${cursor}`}
      order by b.id desc limit ${limit + 1}) b
    join lateral (select number, ran_on, entries from development_batch_runs r
      where r.tenant_id = b.tenant_id and r.batch_id = b.id order by number desc limit 1) r on true
    cross join lateral (select count(*) as files, count(*) filter (where e @? '$.findings[*] ? (@.severity == "error")') as errors,
        count(*) filter (where e @? '$.missing[*]' or e @? '$.papers[*]') as gaps
      from jsonb_array_elements(r.entries) e
      join persons on persons.tenant_id = b.tenant_id and persons.id = (e->>'personId')::uuid
      where ${within(persons.path, roots)}) c
    left join accounts u on u.tenant_id = b.tenant_id and u.id = b.created_by
    order by b.id desc`)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, ...(last && { next: last.id }) }
}

/**
 * A batch with its latest run, and in each file what was cured and what is new against the run before. Persons whose files
 * the reader no longer reads are left out and counted; the others see that theirs was read, as when it is opened alone.
 */
export async function readBatch(ctx: Context, batchId: string): Promise<BatchView> {
  const batch = found(await findBatch(ctx, batchId), '个批次')
  const can = mayBatch(ctx.actor, batch)
  authorize(can.read, '查看这个批次')
  const runs = await runsOf(ctx, batchId, 2)
  const latest = found(runs[0], '次预审')
  const before = new Map(runs[1]?.entries.map((it) => [it.personId, it]))
  const now = new Map(latest.entries.map((it) => [it.personId, it]))
  const everybody = [...new Set([...now.keys(), ...before.keys()])]
  const { readable, unread } = await readability(ctx, everybody)
  const shown = latest.entries.filter((it) => readable.has(it.personId))
  await recordReadings(
    ctx,
    batch.title,
    unread.filter((it) => now.has(it.id)),
  )
  return {
    id: batch.id,
    title: batch.title,
    createdBy: batch.createdBy ?? '',
    createdAt: batch.createdAt.toISOString(),
    runs: await datesOfRuns(ctx, batchId),
    run: {
      number: latest.number,
      ranOn: latest.ranOn,
      entries: shown.map((it) => {
        const previous = before.get(it.personId)
        return { ...it, change: previous ? changeBetween(previous, it) : null }
      }),
      gone: [...before.values()]
        .filter((it) => !now.has(it.personId) && readable.has(it.personId))
        .map((it) => it.name),
      leftOut: everybody.length - readable.size,
    },
    can: { run: can.run },
  }
}

/**
 * What was cured and what is new in a file between two runs. The same rule over the same kinds of acts is the same
 * finding, although a corrected act has another id and another day.
 */
function changeBetween(before: BatchEntry, now: BatchEntry): BatchChange {
  return {
    cured: without(before.findings, now.findings, findingKey),
    new: without(now.findings, before.findings, findingKey),
    supplied: without(before.missing, now.missing, missingKey),
    newlyMissing: without(now.missing, before.missing, missingKey),
    papersSettled: without(before.papers, now.papers, paperKey),
    papersNew: without(now.papers, before.papers, paperKey),
  }
}

/** What is in `all` more often than in `others`. */
function without<It>(all: readonly It[], others: readonly It[], keyOf: (it: It) => string): It[] {
  const left = Map.groupBy(others, keyOf)
  return all.filter((it) => left.get(keyOf(it))?.pop() === undefined)
}

const findingKey = ({ rule, severity, facts }: Finding): string =>
  JSON.stringify([rule, severity, facts.map((it) => it.kind ?? it.label).sort()])

const missingKey = ({ kind, lacks }: Missing): string => `${kind} ${lacks}`

const paperKey = ({ code }: RemarkOnRun): string => code

async function writeRun(
  ctx: Context,
  batch: { id: string; path: OrgPath; title: string },
  number: number,
  files: readonly FileFacts[],
): Promise<void> {
  const { setting } = await settingOf(ctx)
  const filed = await filedOf(
    ctx,
    files.map((it) => it.person.id),
  )
  const entries = files
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
    .map((file): BatchEntry => {
      const { person, facts } = file
      const { stage, findings, due, missing } = assess(facts, ctx.today, setting)
      const papers = filed.isUsed ? papersOf(ctx, file, filed, setting) : { remarks: [], findings: [] }
      return {
        personId: person.id,
        name: person.name,
        studentNumber: person.studentNumber,
        organization: person.organization,
        stage: stage ?? null,
        findings: [...findings, ...papers.findings.map(withoutPlace)],
        missing: [...missing],
        papers: papers.remarks.filter((it) => it.state !== 'notDue').map(keptOnRun),
        due: [...due],
      }
    })
  const run = { tenantId: ctx.tenantId, batchId: batch.id, number, path: batch.path, ranOn: ctx.today }
  await ctx.db.insert(developmentBatchRuns).values({ ...run, ranBy: ctx.actor.accountId, entries })
  await record(
    ctx,
    'development.batch-run',
    { kind: 'batch', id: batch.id, orgPath: batch.path },
    { title: batch.title, number, files: files.length },
  )
  const { unread } = await readability(
    ctx,
    files.map((it) => it.person.id),
  )
  await recordReadings(ctx, batch.title, unread)
}

const withoutPlace = ({ place: _, documentId: __, ...finding }: PaperFinding): Finding => finding

const keptOnRun = ({ facts: _, documentIds: __, ...remark }: PlaceRemark): RemarkOnRun => remark

/** Which of these persons' files the actor reads today, and whose reading by the actor nobody has written down yet today. */
async function readability(
  ctx: Context,
  personIds: readonly string[],
): Promise<{ readable: ReadonlySet<string>; unread: ReadPerson[] }> {
  const { rows } = await ctx.db.execute<ReadPerson & { isReadToday: boolean }>(sql`
    select p.id, p.path, exists (select from journal j where j.tenant_id = ${ctx.tenantId} and j.person_id = p.id
        and j.id >= ${firstIdOf(`${ctx.today}T00:00:00+08:00`)}::uuid and j.event = 'journal.read'
        and j.account_id = ${ctx.actor.accountId}::uuid) as "isReadToday"
    from persons p where p.tenant_id = ${ctx.tenantId} and p.id = any(${sql.param(personIds)}::uuid[])`)
  const readable = rows.filter((it) => ctx.actor.holds('read-files', it.path))
  return {
    readable: new Set(readable.map((it) => it.id)),
    unread: readable.filter((it) => !it.isReadToday && it.id !== ctx.actor.personId),
  }
}

interface ReadPerson extends Record<string, unknown> {
  id: string
  path: OrgPath
}

async function recordReadings(ctx: Context, title: string, read: readonly ReadPerson[]): Promise<void> {
  if (read.length === 0) return
  await recordAll(
    ctx,
    'journal.read',
    read.map(({ id, path }) => ({
      subject: { kind: 'person', id, orgPath: path, personId: id },
      details: { what: `批量预审“${title}”` },
    })),
  )
}

/** By branch, then by name. */
const placeOf = ({ person }: FileFacts): string => `${person.path} ${person.pinyin} ${person.id}`

/** How many persons a batch may have. */
const batchLimit = 2_000

async function personsMatching(ctx: Context, { matching: query = {} }: NewBatch): Promise<string[]> {
  const roots = await rootsFor(ctx, query.organizationId)
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select s.person_id as id from development_standings s
    where s.tenant_id = ${ctx.tenantId} and (${within(standing.path, roots)})
      ${matching(ctx, query, within(persons.path, roots))}
    limit ${batchLimit + 1}`)
  if (rows.length > batchLimit)
    throw new Refusal('malformed', `符合条件的超过 ${batchLimit} 人，请按组织或阶段缩小范围后再建批次。`)
  return rows.map((it) => it.id)
}

/** The deepest place in the tree that has all these below it. */
function commonPath(paths: readonly OrgPath[]): OrgPath {
  const [first = '', ...others] = paths
  const above = [first, ...ancestors(first).reverse()]
  return above.find((root) => others.every((it) => isWithin(it, root))) ?? ''
}

async function findBatch({ db, tenantId }: Context, batchId: string, { lock = false } = {}) {
  const { id, path, title, createdAt } = developmentBatches
  const query = db
    .select({ id, path, title, createdAt, createdBy: accounts.name })
    .from(developmentBatches)
    .leftJoin(accounts, and(eq(accounts.tenantId, tenantId), eq(accounts.id, developmentBatches.createdBy)))
    .where(and(eq(developmentBatches.tenantId, tenantId), eq(id, batchId)))
    .$dynamic()
  const [batch] = await (lock ? query.for('update', { of: developmentBatches }) : query)
  return batch
}

/** The latest runs with their entries, the newest first. Before papers were looked at, a run said nothing of them. */
async function runsOf({ db, tenantId }: Context, batchId: string, count: number) {
  const { number, ranOn, entries } = developmentBatchRuns
  const runs = await db
    .select({ number, ranOn, entries })
    .from(developmentBatchRuns)
    .where(and(eq(developmentBatchRuns.tenantId, tenantId), eq(developmentBatchRuns.batchId, batchId)))
    .orderBy(desc(number))
    .limit(count)
  return runs.map((run) => ({ ...run, entries: run.entries.map((it) => ({ ...it, papers: it.papers ?? [] })) }))
}

async function datesOfRuns({ db, tenantId }: Context, batchId: string) {
  const { number, ranOn } = developmentBatchRuns
  const runs = await db
    .select({ number, ranOn, ranBy: accounts.name })
    .from(developmentBatchRuns)
    .leftJoin(accounts, and(eq(accounts.tenantId, tenantId), eq(accounts.id, developmentBatchRuns.ranBy)))
    .where(and(eq(developmentBatchRuns.tenantId, tenantId), eq(developmentBatchRuns.batchId, batchId)))
    .orderBy(desc(number))
  return runs.map((it) => ({ ...it, ranBy: it.ranBy ?? '' }))
}
