import { setImmediate } from 'node:timers/promises'
import type { Day } from '@zhibu/rules'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { recordAll } from '../../platform/journal.ts'
import { manyRows } from '../../platform/many-rows.ts'
import { authorize, type FieldProblem, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import type { OrganizationRow } from '../organization/queries.ts'
import { offices, organizations } from '../organization/tables.ts'
import { may, mayReceive } from './policy.ts'
import type { PersonChange, PersonFields } from './schema.ts'
import { columnsOf, type Differences, differences, type StoredPerson } from './sealing.ts'
import { alreadyRegistered, refuseOwnEntry, subjectOf, tellFollowers } from './service.ts'
import { moves, persons } from './tables.ts'

/** What a change would make different in a stored person; identity number and phone appear as masks. */
export function differencesOf(ctx: Context, person: StoredPerson, change: PersonChange): Differences {
  return differences(ctx.encryption, person, change)
}

/** Somebody to be entered in the register. */
export interface Registration {
  organizationId: string
  fields: PersonFields
}

/**
 * Enters many persons at once and returns their ids in the order given. An identity number that is not sound is kept as it is written.
 * All or none: an identity number or student number that already stands in the register is refused with the place in the list (`rows.12`).
 */
export async function registerMany(
  ctx: Context,
  registrations: readonly Registration[],
  importId: string,
): Promise<string[]> {
  const places = await receivingMany(ctx, new Set(registrations.map((it) => it.organizationId)))
  const ids: string[] = []
  const known: number[] = []
  for await (const part of partsOf(registrations)) {
    const rows = part.map(({ organizationId, fields }) => {
      const id = newId()
      const { path } = found(places.get(organizationId), '个组织')
      const columns = columnsOf(ctx.encryption, id, { set: fields, clear: [] })
      return { ...unset, ...columns, tenantId: ctx.tenantId, id, organizationId, path, importId }
    })
    const returned = await personRows.insert(ctx.db, rows, sql`on conflict do nothing returning id`)
    const entered = new Set(returned.map(({ id }) => id))
    rows.forEach(({ id }, at) => {
      if (!entered.has(id)) known.push(ids.length + at)
    })
    ids.push(...rows.map(({ id }) => id))
    const entries = rows.map((row) => ({ subject: subjectOf(row), details: { importId } }))
    if (known.length === 0) await recordAll(ctx, 'people.registered', entries)
  }
  refuseKnown(known)
  return ids
}

/** A change of one person among many. */
export interface Amendment {
  personId: string
  change: PersonChange
}

/**
 * Changes many persons at once, each named once; nothing is written for a person whose fields already say so.
 * Refuses persons out of reach, and numbers that stand in the register already.
 */
export async function changeMany(ctx: Context, amendments: readonly Amendment[], importId: string): Promise<void> {
  for await (const part of partsOf(amendments)) await changePart(ctx, part, importId)
}

async function changePart(ctx: Context, amendments: readonly Amendment[], importId: string): Promise<void> {
  const stored = await lockMany(
    ctx,
    amendments.map((it) => it.personId),
  )
  const changed = amendments.flatMap(({ personId, change }) => {
    const it = found(stored.get(personId), '位人员')
    authorize(may(ctx.actor, it).move, `修改${it.name}的信息`)
    const changes = differences(ctx.encryption, it, change)
    if (Object.keys(changes).length === 0) return []
    refuseOwnEntry(ctx, personId, Object.keys(changes))
    const row = { ...it, ...columnsOf(ctx.encryption, personId, change), revision: it.revision + 1 }
    return [{ it, row, changes }]
  })
  const rows = changed.map(({ row }) => row)
  await refuseDuplicates(personRows.update(ctx.db, rows), alreadyRegistered)
  const renumbered = changed.filter(({ changes }) => changes.studentNumber).map(({ it }) => it.id)
  await tellFollowers(ctx, { personIds: changed.map(({ it }) => it.id), what: 'changed', renumbered })
  const entries = changed.map(({ it, changes }) => ({ subject: subjectOf(it), details: { changes, importId } }))
  await recordAll(ctx, 'people.changed', entries)
}

/** Persons who go to another organisation together, by what was agreed with it. */
export interface MoveTogether {
  personIds: readonly string[]
  toOrganizationId: string
  on: Day
  reason: string
}

/**
 * Moves many persons to one organisation, in the same few statements however many they are: as `movePerson`, the history stays and
 * the training clock goes on (Art. 12). Both sides must be in the actor's hands. `refuse` sees the persons as they stand once nobody
 * else can change them, by their ids; who is not there any more, or out of reach, is left out.
 */
export async function moveTogether(
  ctx: Context,
  { personIds, toOrganizationId, on, reason }: MoveTogether,
  refuse: (stored: ReadonlyMap<string, StoredPerson>) => Promise<void>,
): Promise<void> {
  const { path } = found((await receivingMany(ctx, new Set([toOrganizationId]))).get(toOrganizationId), '个组织')
  const stored = await lockMany(ctx, personIds)
  await refuse(stored)
  const all = [...stored.values()]
  await refuseMisdated(ctx, stored, on)
  for (const it of all) authorize(may(ctx.actor, it).move, `转出${it.name}`)
  const { tenantId } = ctx
  const ids = all.map((it) => it.id)
  await moveRows.insert(
    ctx.db,
    all.map((it) => ({
      ...{ tenantId, id: newId(), personId: it.id, path, fromOrganizationId: it.organizationId },
      ...{ toOrganizationId, on, reason, movedBy: ctx.actor.accountId },
    })),
  )
  await ctx.db
    .update(persons)
    .set({ organizationId: toOrganizationId, path, revision: sql`${persons.revision} + 1` })
    .where(and(eq(persons.tenantId, tenantId), isOneOf(persons.id, ids)))
  await ctx.db
    .update(moves)
    .set({ path })
    .where(and(eq(moves.tenantId, tenantId), isOneOf(moves.personId, ids)))
  await tellFollowers(ctx, { personIds: ids, what: 'moved' })
  const entries = all.map((it) => ({
    subject: subjectOf({ id: it.id, path }),
    details: { from: it.organizationId, toOrganizationId, on, reason },
  }))
  await recordAll(ctx, 'people.moved', entries)
}

/**
 * Takes persons out of the register again, for undoing the import that brought them in. The only way out of the register:
 * refused where somebody was brought in otherwise or has held an office; that nothing else depends on them `isFree` makes
 * sure, which is asked when nobody can change them any more.
 */
export async function withdrawMany(
  ctx: Context,
  personIds: readonly string[],
  importId: string,
  isFree: (ctx: Context, personIds: readonly string[]) => Promise<void> = async () => undefined,
): Promise<void> {
  for await (const part of partsOf(personIds)) {
    const stored = await lockMany(ctx, part)
    await isFree(ctx, part)
    await withdrawPart(ctx, part, stored, importId)
  }
}

async function withdrawPart(
  ctx: Context,
  personIds: readonly string[],
  stored: ReadonlyMap<string, StoredPerson>,
  importId: string,
): Promise<void> {
  for (const personId of personIds) {
    const it = found(stored.get(personId), '位人员')
    authorize(may(ctx.actor, it).move, `撤回${it.name}的登记`)
    if (it.importId !== importId) throw new Refusal('conflict', `${it.name}不是由这次导入登记的，不能撤回。`)
  }
  const these = (column: PgColumn) => sql`${column} = any(${sql.param([...personIds])}::uuid[])`
  const officers = await ctx.db.$count(offices, and(eq(offices.tenantId, ctx.tenantId), these(offices.personId)))
  if (officers > 0) throw new Refusal('conflict', `其中有人登记了任职（${officers} 项），不能撤回。`)
  await ctx.db.delete(moves).where(and(eq(moves.tenantId, ctx.tenantId), these(moves.personId)))
  await ctx.db.delete(persons).where(and(eq(persons.tenantId, ctx.tenantId), these(persons.id)))
  await recordAll(
    ctx,
    'people.withdrawn',
    [...stored.values()].map((it) => ({ subject: subjectOf(it), details: { importId } })),
  )
}

/** So many at a time; between them the server turns to others, so that an import never keeps them waiting. */
const partSize = 250

async function* partsOf<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  for (let from = 0; from < items.length; from += partSize) {
    yield items.slice(from, from + partSize)
    await setImmediate()
  }
}

const personRows = manyRows(persons, ['createdAt'])
const moveRows = manyRows(moves)

/** A person of whom nothing is known: what the database would fill in by itself in a plain insert. */
const unset = { pinyin: '', initials: '', isMobile: false, details: {}, revision: 1 }

/** The organisations that take persons in, kept from being dissolved until the transaction ends. */
async function receivingMany(ctx: Context, ids: ReadonlySet<string>): Promise<Map<string, OrganizationRow>> {
  const rows = await ctx.db
    .select()
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), inArray(organizations.id, [...ids])))
    .orderBy(asc(organizations.id))
    .for('share')
  for (const it of rows) {
    authorize(mayReceive(ctx.actor, it), `把人员登记到${it.name}`)
    if (it.dissolvedOn) throw new Refusal('conflict', `${it.name}已于 ${it.dissolvedOn} 撤销，请选择其他组织。`)
  }
  return new Map(rows.map((it) => [it.id, it]))
}

async function lockMany({ db, tenantId }: Context, ids: readonly string[]): Promise<Map<string, StoredPerson>> {
  const rows = await db
    .select()
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), sql`${persons.id} = any(${sql.param([...ids])}::uuid[])`))
    .orderBy(asc(persons.id))
    .for('update')
  return new Map(rows.map((it) => [it.id, it]))
}

async function refuseMisdated(
  { db, tenantId, today }: Context,
  stored: ReadonlyMap<string, StoredPerson>,
  on: Day,
): Promise<void> {
  if (on > today) refuseField('on', '转接日期不能晚于今天，请在办理之后登记。')
  const [later] = await db
    .select({ personId: moves.personId, on: moves.on })
    .from(moves)
    .where(and(eq(moves.tenantId, tenantId), isOneOf(moves.personId, [...stored.keys()]), gt(moves.on, on)))
    .limit(1)
  if (later)
    refuseField('on', `${stored.get(later.personId)?.name}上一次转接在 ${later.on}，这次不能早于那一天，请核对。`)
}

function refuseKnown(places: readonly number[]): void {
  if (places.length === 0) return
  const message =
    '学号（工号）或身份证号已登记在另一位人员名下，请核对号码；如号码无误，请联系上级党组织查找是否重复登记'
  const fields: FieldProblem[] = places.slice(0, 100).map((at) => ({ path: `rows.${at}`, message }))
  throw new Refusal(
    'conflict',
    `有 ${places.length} 行的学号（工号）或身份证号已登记在另一位人员名下，请核对后重新导入。`,
    { fields },
  )
}
