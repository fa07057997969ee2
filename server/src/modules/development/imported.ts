import { setImmediate } from 'node:timers/promises'
import { type Act, actLabels, type DevelopmentFacts, type Setting } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { recordAll } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, Refusal } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { persons } from '../people/tables.ts'
import { detailsOf } from './facts.ts'
import { refuseOwnFile } from './own-file.ts'
import { statePapersLater } from './paper-remarks.ts'
import { isOwnFile, may } from './policy.ts'
import { restate, writeStates } from './standings.ts'

/** An act that an import brings into a file. */
export interface ImportedAct {
  personId: string
  path: OrgPath
  /** Without an act the corrected one is struck out. */
  act?: Act
  /** The act of the file in whose place this one stands, and why. */
  corrects?: { id: string; kind: Act['kind']; reason: string }
}

/**
 * Records the acts of an import in the files of any number of persons, in a few statements, and states the files anew.
 * The caller has shown what they contradict and has settled which recorded act each one corrects; no other act of a kind
 * that happens once may be in the file.
 */
export async function recordActs(
  ctx: Context,
  importId: string,
  acts: readonly ImportedAct[],
  entered?: EnteredFiles,
): Promise<void> {
  authorizeAll(ctx, acts)
  for (let from = 0; from < acts.length; from += sliceSize) {
    await insertActs(ctx, importId, acts.slice(from, from + sliceSize))
    await setImmediate()
  }
  const byPerson = Map.groupBy(acts, (it) => it.personId)
  const [fresh, known] = [
    [...(entered?.facts.keys() ?? [])],
    [...byPerson.keys()].filter((it) => !entered?.facts.has(it)),
  ]
  if (entered) await stateEntered(ctx, entered, fresh)
  if (known.length > 0) {
    await countChanges(ctx, importId, known)
    await restate(ctx, known)
  }
  await statePapersLater(ctx, [...byPerson.keys()])
  await recordAll(
    ctx,
    'development.acts-imported',
    [...byPerson].map(([personId, of]) => ({
      subject: { kind: 'person', id: personId, personId, orgPath: of[0]?.path },
      details: { importId, acts: of.map(({ act, corrects }) => ({ kind: act?.kind, on: act?.on, corrects })) },
    })),
  )
}

/** Files of persons whom the import has entered just now: all there is in them is known, so that they need not be read again. */
export interface EnteredFiles {
  /** By the id of the person. */
  facts: ReadonlyMap<string, DevelopmentFacts>
  setting: Setting
}

async function stateEntered(ctx: Context, { facts, setting }: EnteredFiles, ids: readonly string[]): Promise<void> {
  const rows = await ctx.db
    .select({ id: persons.id, path: persons.path, pinyin: persons.pinyin })
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), isOneOf(persons.id, ids)))
  const files = rows.flatMap((person) => {
    const known = facts.get(person.id)
    return known ? [{ person, facts: known }] : []
  })
  for (let from = 0; from < files.length; from += statedAtOnce) {
    const part = files.slice(from, from + statedAtOnce)
    await writeStates(
      ctx,
      part.map(({ person }) => person.id),
      part,
      setting,
    )
    await setImmediate()
  }
}

/** So many files are judged before the server turns to others. */
const statedAtOnce = 100

/** An act that an import brought in, and whether it still counts. */
export interface ActOfImport {
  id: string
  personId: string
  kind: Act['kind']
  on: string | null
  /** The later row that corrected or struck it out, from outside the import: the import cannot be undone without losing it. */
  correctedBy: string | null
}

/** The acts that an import brought in, with those that were corrected since; only these where asked for. */
export async function actsByImport(
  { db, tenantId }: Context,
  importId: string,
  { correctedOnly = false } = {},
): Promise<ActOfImport[]> {
  const { rows } = await db.execute<ActOfImport & Record<string, unknown>>(sql`
    select a.id, a.person_id as "personId", a.kind, a."on", later.id as "correctedBy"
    from development_acts a
    left join development_acts later on later.tenant_id = a.tenant_id and later.corrects = a.id
    where a.tenant_id = ${tenantId} and a.import_id = ${importId} ${correctedOnly ? sql`and later.id is not null` : sql``}
    order by a.person_id, a.id`)
  return rows
}

/** The persons entered by this import in whose files acts were recorded other than by it: they cannot be taken back with it. */
export async function withActsBeside({ db, tenantId }: Context, importId: string): Promise<string[]> {
  const { rows } = await db.execute<{ personId: string }>(sql`
    select distinct a.person_id as "personId" from persons p
    join development_acts a on a.tenant_id = p.tenant_id and a.person_id = p.id
    where p.tenant_id = ${tenantId} and p.import_id = ${importId} and a.import_id is distinct from ${importId}`)
  return rows.map((it) => it.personId)
}

/**
 * Takes back the acts of an import: what it brought in is struck out, what it had corrected counts again as it was.
 * Acts that were corrected since are left alone; ask `actsByImport` first. Returns how many acts were taken back; some
 * hundred files at a time, `tell` is told of how many.
 */
export async function strikeOutImport(
  ctx: Context,
  importId: string,
  tell: (fileCount: number) => void = () => undefined,
): Promise<number> {
  const { rows: concerned } = await ctx.db.execute<{ personId: string }>(sql`
    select distinct person_id as "personId" from development_acts
    where tenant_id = ${ctx.tenantId} and import_id = ${importId} order by person_id`)
  let count = 0
  for (let from = 0; from < concerned.length; from += statedAtOnce) {
    const personIds = concerned.slice(from, from + statedAtOnce).map((it) => it.personId)
    count += await strikeOutOf(ctx, importId, personIds)
    tell(personIds.length)
    await setImmediate()
  }
  return count
}

async function strikeOutOf(ctx: Context, importId: string, personIds: readonly string[]): Promise<number> {
  const { rows } = await ctx.db.execute<{ id: string; personId: string; path: OrgPath; kind: Act['kind'] }>(sql`
    select a.id, a.person_id as "personId", a.path, a.kind from development_acts a
    where a.tenant_id = ${ctx.tenantId} and a.person_id = any(${sql.param(personIds)}::uuid[])
      and a.import_id = ${importId} and not exists (
        select from development_acts later where later.tenant_id = a.tenant_id and later.corrects = a.id)`)
  if (rows.length === 0) return 0
  if (rows.some((it) => isOwnFile(ctx.actor, it)))
    throw new Refusal(
      'forbidden',
      '这次导入记录了您本人的发展过程，不能由您撤销。请由所在党支部或上级党组织的其他同志办理。',
    )
  authorizeAll(
    ctx,
    rows.map((it) => ({ personId: it.personId, path: it.path, corrects: { id: it.id, kind: it.kind, reason } })),
  )
  const pairs = rows.map((it) => ({ id: newId(), corrects: it.id }))
  await ctx.db.execute(sql`
    insert into development_acts (tenant_id, id, person_id, path, kind, "on", details, corrects, is_struck_out,
      correction_reason, recorded_by)
    select a.tenant_id, pair.id, a.person_id, a.path, coalesce(before.kind, a.kind),
      case when before.id is null then a."on" else before."on" end, coalesce(before.details, a.details),
      a.id, before.id is null, ${reason}, ${ctx.actor.accountId}
    from json_to_recordset(${JSON.stringify(pairs)}::json) as pair(id uuid, corrects uuid)
    join development_acts a on a.tenant_id = ${ctx.tenantId} and a.id = pair.corrects
    left join development_acts before on before.tenant_id = a.tenant_id and before.id = a.corrects`)
  const paths = new Map(rows.map((it) => [it.personId, it.path]))
  await countChanges(ctx, null, [...paths.keys()])
  await restate(ctx, [...paths.keys()])
  await statePapersLater(ctx, [...paths.keys()])
  await recordAll(
    ctx,
    'development.import-struck-out',
    [...paths].map(([personId, orgPath]) => ({
      subject: { kind: 'person', id: personId, personId, orgPath },
      details: { importId },
    })),
  )
  return rows.length
}

const reason = '撤销导入'

/** How many acts one statement carries: its text is made without a pause. */
const sliceSize = 2_000

function authorizeAll(ctx: Context, acts: readonly ImportedAct[]): void {
  for (const it of acts) refuseOwnFile(ctx.actor, it)
  for (const [path, here] of Map.groupBy(acts, (it) => it.path)) {
    if (ctx.actor.holds('keep-files', path)) continue
    for (const { personId, act, corrects } of here) {
      const { record } = may(ctx.actor, { path, personId })
      for (const kind of [act?.kind, corrects?.kind])
        if (kind) authorize(record.includes(kind), `记录“${actLabels[kind]}”`)
    }
  }
}

/** As columns and not as rows: the database takes them in in two thirds of the time that JSON would cost. */
async function insertActs(ctx: Context, importId: string, acts: readonly ImportedAct[]): Promise<void> {
  const rows = acts.map(({ act, corrects }) => (act ? detailsOf(act) : { kind: corrects?.kind, on: null, details: {} }))
  const columns = [
    sql`${plainArray(acts.map(() => newId()))}::uuid[]`,
    sql`${plainArray(acts.map((it) => it.personId))}::uuid[]`,
    sql`${plainArray(acts.map((it) => it.path))}::text[]`,
    sql`${plainArray(rows.map((it) => it.kind))}::text[]`,
    sql`${plainArray(rows.map((it) => it.on))}::date[]`,
    sql`${sql.param(rows.map((it) => JSON.stringify(it.details)))}::jsonb[]`,
    sql`${plainArray(acts.map((it) => it.corrects?.id))}::uuid[]`,
    sql`${plainArray(acts.map((it) => it.act === undefined))}::boolean[]`,
    sql`${sql.param(acts.map((it) => it.corrects?.reason))}::text[]`,
  ]
  await ctx.db.execute(sql`
    insert into development_acts (tenant_id, id, person_id, path, kind, "on", details, corrects, is_struck_out,
      correction_reason, import_id, recorded_by)
    select ${ctx.tenantId}, it.id, it.person_id, it.path, it.kind, it."on", it.details, it.corrects, it.is_struck_out,
      it.correction_reason, ${importId}, ${ctx.actor.accountId}
    from unnest(${sql.join(columns, sql`, `)}) as it(id, person_id, path, kind, "on", details, corrects, is_struck_out,
      correction_reason)`)
}

/** Values without a sign that an array would have to escape (ids, days, words of the program), as an array of the database. */
const plainArray = (values: readonly (string | boolean | null | undefined)[]): string =>
  `{${values.map((it) => it ?? 'null').join()}}`

/** Counts the change of the files; persons whom the import itself brought in are new and nobody has read them yet. */
async function countChanges(ctx: Context, importId: string | null, personIds: readonly string[]): Promise<void> {
  await ctx.db.execute(sql`
    update persons set revision = revision + 1
    where tenant_id = ${ctx.tenantId} and id = any(${sql.param(personIds)}::uuid[])
      and import_id is distinct from ${importId}::uuid`)
}
