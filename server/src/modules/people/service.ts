import { checkIdentityNumber, type Day } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { renameOfficer } from '../organization/offices.ts'
import { findOrganization, type OrganizationRow } from '../organization/queries.ts'
import { judgedFields, may, mayReceive } from './policy.ts'
import { findPerson, lastMoveOn } from './queries.ts'
import type { Move, NewPerson, PersonChange, PersonFields, Reading } from './schema.ts'
import { columnsOf, differences, opened, type PersonColumns, type StoredPerson } from './sealing.ts'
import { moves, persons } from './tables.ts'

/** Enters a person in the register of an organisation. An unsound identity number is refused, as is one that stands there already. */
export async function register(ctx: Context, { organizationId, ...fields }: NewPerson): Promise<string> {
  const { id: at, path } = await receiving(ctx, organizationId)
  refuseUnsound(fields, ctx.today)

  const id = newId()
  const columns = columnsOf(ctx.encryption, id, { set: fields, clear: [] })
  const row = { ...blank, tenantId: ctx.tenantId, id, organizationId: at, path, ...columns, name: fields.name }
  await refuseDuplicates(ctx.db.insert(persons).values(row), alreadyRegistered)
  await record(ctx, 'people.registered', subjectOf({ id, path }), { organizationId, fields: Object.keys(fields) })
  return id
}

/** Changes fields of a person as they were read at `revision`. A helper changes only the fields of the task. */
export async function changePerson(
  ctx: Context,
  personId: string,
  revision: number,
  change: PersonChange,
): Promise<void> {
  const { changeFields } = may(ctx.actor, found(await findPerson(ctx, personId), '位人员'))
  const wanted = [...Object.keys(change.set), ...change.clear]
  refuseOwnEntry(ctx, personId, wanted)
  authorize(changeFields.length > 0 && wanted.every((field) => changeFields.some((it) => it === field)), '修改这些信息')
  const it = found(await findPerson(ctx, personId, { lock: true }), '位人员')
  refuseStale(it, revision, `${it.name}的信息`)
  refuseUnsound(change.set, ctx.today)
  const changes = differences(ctx.encryption, it, change)
  if (Object.keys(changes).length === 0) return

  await refuseDuplicates(write(ctx, it, columnsOf(ctx.encryption, personId, change)), alreadyRegistered)
  if (changes.name) await renameOfficer(ctx, personId, String(changes.name.new))
  const renumbered = changes.studentNumber ? [personId] : []
  await tellFollowers(ctx, { personIds: [personId], what: 'changed', renumbered })
  await record(ctx, 'people.changed', subjectOf(it), { changes })
}

/**
 * Moves a person to another organisation. The history stays and the training clock goes on (Art. 12 of the detailed rules):
 * nothing in the file changes but its place. Both organisations must be in the actor's hands.
 */
export async function movePerson(ctx: Context, personId: string, revision: number, move: Move): Promise<void> {
  authorize(may(ctx.actor, found(await findPerson(ctx, personId), '位人员')).move, '转出这位人员')
  const target = await receiving(ctx, move.organizationId)
  const it = found(await findPerson(ctx, personId, { lock: true }), '位人员')
  refuseStale(it, revision, `${it.name}的信息`)
  if (it.organizationId === target.id) throw new Refusal('conflict', `${it.name}已在${target.name}，无需转接。`)
  await refuseMisdated(ctx, it, move.on)

  const { id: toOrganizationId, path } = target
  await ctx.db.insert(moves).values({
    tenantId: ctx.tenantId,
    id: newId(),
    personId,
    path,
    fromOrganizationId: it.organizationId,
    toOrganizationId,
    on: move.on,
    reason: move.reason ?? null,
    movedBy: ctx.actor.accountId,
  })
  await write(ctx, it, { organizationId: toOrganizationId, path })
  await ctx.db
    .update(moves)
    .set({ path })
    .where(and(eq(moves.tenantId, ctx.tenantId), eq(moves.personId, personId)))
  await tellFollowers(ctx, { personIds: [personId], what: 'moved' })
  const { on, reason } = move
  await record(ctx, 'people.moved', subjectOf({ id: personId, path }), {
    from: it.organizationId,
    toOrganizationId,
    on,
    reason,
  })
}

/** Reads a sealed field in the clear. The only way to it; the reading is recorded and shown to the person. */
export async function readIdentity(
  ctx: Context,
  personId: string,
  { field, purpose }: Reading,
): Promise<{ value: string }> {
  const it = found(await findPerson(ctx, personId), '位人员')
  const { readIdNumber, readPhone } = may(ctx.actor, it)
  authorize(field === 'idNumber' ? readIdNumber : readPhone, '查看完整号码')
  const label = field === 'idNumber' ? '身份证号' : '联系电话'
  const value = opened(ctx.encryption, it, field)
  if (value === undefined) throw new Refusal('not-found', `${it.name}没有登记${label}。`)

  await record(ctx, 'journal.read', subjectOf(it), { what: field, purpose })
  return { value }
}

/** What happened to persons of the register. `moved` includes that their paths are others now. */
export interface PersonsChanged {
  personIds: readonly string[]
  what: 'changed' | 'moved'
  /** Whose student or staff number is another now; by it people are known at the campus sign-in. */
  renumbered?: readonly string[]
}

/** Work of a later module that belongs to a change of persons, in the same transaction. */
export type PersonFollower = (ctx: Context, changed: PersonsChanged) => Promise<void>

/**
 * Lets a later module follow persons: after a move, tables that repeat a person's path have to repeat the new one;
 * after a change, what was derived from name, birth or leaving has to be derived again.
 */
export function followPersons(follower: PersonFollower): void {
  followers.push(follower)
}

const followers: PersonFollower[] = []

/** Has the rows of tables that repeat a person's path move through the tree with their person. */
export function moveWithPersons(...tables: readonly TableOfPersons[]): void {
  followPersons(async ({ db, tenantId }, { personIds, what }) => {
    if (what !== 'moved') return
    for (const table of tables)
      await db.execute(sql`update ${table} set path = ${persons.path} from ${persons}
        where ${table.tenantId} = ${tenantId} and ${isOneOf(table.personId, personIds)}
          and ${persons.tenantId} = ${tenantId} and ${persons.id} = ${table.personId}`)
  })
}

type TableOfPersons = PgTable & Readonly<Record<'tenantId' | 'personId', PgColumn>>

/** Tells the later modules of a change, one after the other. */
export async function tellFollowers(ctx: Context, changed: PersonsChanged): Promise<void> {
  if (changed.personIds.length === 0) return
  for (const follower of followers) await follower(ctx, changed)
}

/** Refused without a word on whose it is: the other person may stand outside the reader's reach. */
export const alreadyRegistered = {
  persons_by_id_number:
    '这个身份证号已登记在另一位人员名下。请先核对号码；如号码无误，请联系上级党组织查找是否重复登记。',
  persons_by_student_number:
    '这个学号（工号）已登记在另一位人员名下。请先核对号码；如号码无误，请联系上级党组织查找是否重复登记。',
}

export const subjectOf = (it: { id: string; path: string }) => ({
  kind: 'person',
  id: it.id,
  orgPath: it.path,
  personId: it.id,
})

/** What every row has that no field has given. */
export const blank = { pinyin: '', initials: '' }

/** The organisation that takes a person in, kept from being dissolved until the transaction ends. */
async function receiving(ctx: Context, organizationId: string): Promise<OrganizationRow> {
  const seen = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayReceive(ctx.actor, seen), `把人员登记到${seen.name}。跨组织转接请由共同的上级党组织办理`)
  const it = found(await findOrganization(ctx, organizationId, { lock: 'share' }), '个组织')
  if (it.dissolvedOn) throw new Refusal('conflict', `${it.name}已于 ${it.dissolvedOn} 撤销，请选择其他组织。`)
  return it
}

function write(ctx: Context, it: StoredPerson, columns: PersonColumns) {
  return ctx.db
    .update(persons)
    .set({ ...columns, revision: sql`${persons.revision} + 1` })
    .where(and(eq(persons.tenantId, ctx.tenantId), eq(persons.id, it.id)))
}

/** Refuses to change of the own entry what the rules read. */
export function refuseOwnEntry({ actor }: Context, personId: string, wanted: readonly string[]): void {
  if (actor.personId === personId && judgedFields.some((it) => wanted.includes(it))) {
    throw new Refusal(
      'forbidden',
      '这是您本人的登记信息。出生日期、身份证号、离校（离职）日期和流动情况关系到本人发展档案的核对结果，须由所在党支部或上级党组织的其他同志修改；其余各项您可以自行修改。',
    )
  }
}

function refuseUnsound({ idNumber, phone }: Partial<PersonFields>, today: Day): void {
  const problems = idNumber === undefined ? [] : checkIdentityNumber(idNumber, today).problems
  const fields = problems.map(({ message }) => ({ path: 'idNumber', message }))
  if (phone !== undefined && !/^[+\d][\d -]{4,}$/.test(phone)) {
    fields.push({ path: 'phone', message: '电话号码应由数字组成，可以有 +、空格和短横，请核对' })
  }
  if (fields.length > 0) throw new Refusal('malformed', fields.map((it) => it.message).join('；'), { fields })
}

async function refuseMisdated(ctx: Context, it: StoredPerson, on: Day): Promise<void> {
  if (on > ctx.today) refuseField('on', '转接日期不能晚于今天，请在办理之后登记。')
  const last = await lastMoveOn(ctx, it.id)
  if (last && on < last) refuseField('on', `${it.name}上一次转接在 ${last}，这次不能早于那一天，请核对。`)
}
