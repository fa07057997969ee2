import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { encryption, identityNumber, smallUniversity, statementsOf } from '../../../test/factories.ts'
import { outcome } from '../../../test/outcome.ts'
import type { Actor, Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { offices } from '../organization/tables.ts'
import { readPerson } from './queries.ts'
import { listReadings } from './readings.ts'
import { type NewPerson, newPerson, type PersonChange, personChange } from './schema.ts'
import * as service from './service.ts'
import { moves, persons } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { secretary, siblingSecretary, organiser, otherOrganiser, department, applicant, stranger, auditor } = u.actors

const stored = async (id: string) => {
  const [row] = await u.look((db) => db.select().from(persons).where(eq(persons.id, id)))
  if (!row) throw new Error('no such person')
  return row
}

const journalOf = async (personId: string, event: string) =>
  u.look((db) =>
    db
      .select()
      .from(journal)
      .where(and(eq(journal.personId, personId), eq(journal.event, event))),
  )

const somebody = (more: Partial<NewPerson> = {}): NewPerson =>
  newPerson.parse({ organizationId: u.branch.id, name: '单小满', ...more })
const register = (more: Partial<NewPerson> = {}, actor: Actor = secretary) =>
  u.as(actor, (ctx) => service.register(ctx, somebody(more)))

describe('registering', () => {
  const idNumber = identityNumber('2004-05-06', 1)

  test('spells the name, seals the numbers, and leaves no number in the journal', async () => {
    const id = await register({
      idNumber,
      phone: '13800001234',
      studentNumber: 'B2024001',
      bornOn: '2004-05',
      isMobile: true,
    })
    const row = await stored(id)
    expect(row).toMatchObject({
      name: '单小满',
      pinyin: 'shanxiaoman',
      initials: 'sxm',
      path: u.branch.path,
      idNumberMask: `990${'*'.repeat(13)}${idNumber.slice(-2)}`,
      idNumberBornOn: '2004-05-06',
      phoneMask: '138****1234',
      bornOn: '2004-05',
      isMobile: true,
      revision: 1,
    })
    expect(encryption.openField(row.idNumberSealed ?? '', `persons.id_number:${id}`)).toBe(idNumber)
    expect(JSON.stringify(row)).not.toContain(idNumber)
    expect(JSON.stringify(row)).not.toContain('13800001234')
    const [entry] = await journalOf(id, 'people.registered')
    expect(entry).toMatchObject({
      subjectKind: 'person',
      subjectId: id,
      orgPath: u.branch.path,
      accountId: secretary.accountId,
    })
    expect(JSON.stringify(entry)).not.toContain(idNumber)
  })

  test('an identity number stands once in the university, and the refusal does not say whose it is', async () => {
    const taken = register({ idNumber, organizationId: u.distant.id, name: '他人' }, department)
    await expect(taken).rejects.toThrow('已登记在另一位人员名下')
    await expect(taken).rejects.not.toThrow('单小满')
    const lower = identityNumber('2004-05-06', 12)
    const tries = [1, 2].map(() => outcome(register({ idNumber: lower }, department)))
    expect((await Promise.all(tries)).sort()).toEqual(['conflict', 'done'])
  })

  test.each<[string, Partial<NewPerson>, Actor, string]>([
    ['by the organiser of the college', {}, organiser, 'done'],
    ['by the secretary of another branch', {}, siblingSecretary, 'forbidden'],
    ['by the organiser of another college', {}, otherOrganiser, 'forbidden'],
    ['by an applicant', {}, applicant, 'forbidden'],
    ['by an administrator', {}, auditor, 'forbidden'],
    ['nowhere', { organizationId: newId() }, department, 'not-found'],
    [
      'with a number whose check character is wrong',
      { idNumber: `${idNumber.slice(0, 17)}${idNumber.endsWith('0') ? '1' : '0'}` },
      secretary,
      'malformed',
    ],
    ['with an old number of 15 digits', { idNumber: '990000040506001' }, secretary, 'malformed'],
    ['with a number of somebody not yet born', { idNumber: identityNumber('2026-11-24', 1) }, secretary, 'malformed'],
    ['with a number of somebody born today', { idNumber: identityNumber('2026-11-23', 1) }, secretary, 'done'],
    ['with words for a phone', { phone: '请问辅导员' }, secretary, 'malformed'],
    ['with a telephone of an office', { phone: '010-6275 1234' }, secretary, 'done'],
    ['with the student number of another branch', { studentNumber: '2023010003' }, secretary, 'conflict'],
  ])('%s', async (_what, more, actor, result) => {
    expect(await outcome(register(more, actor))).toBe(result)
  })

  test('not in an organisation that was dissolved', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '已撤支部', dissolvedOn: '2026-07-01' })
    await expect(register({ organizationId: it.id }, department)).rejects.toThrow('已于 2026-07-01 撤销')
  })
})

describe('changing', () => {
  const change = (id: string, revision: number, it: Partial<PersonChange>, actor: Actor = secretary) =>
    u.as(actor, (ctx) => service.changePerson(ctx, id, revision, personChange.parse(it)))

  test('sets, empties, and notes old and new', async () => {
    const id = await register({ name: '钱一', phone: '13900005678', grade: '2023 级', details: { 备注: '班长' } })
    await u.office({ ...u.li, id, name: '钱一' }, u.sibling, 'orgMember')
    await u.office({ ...u.li, id, name: '钱一' }, u.branch, 'orgMember')
    await change(id, 1, { set: { name: '解一', phone: '13900009999', grade: '2023 级' }, clear: ['details', 'degree'] })
    expect(await stored(id)).toMatchObject({
      name: '解一',
      pinyin: 'xieyi',
      phoneMask: '139****9999',
      details: {},
      grade: '2023 级',
      revision: 2,
    })
    const [entry] = await journalOf(id, 'people.changed')
    expect(entry?.details).toEqual({
      changes: {
        name: { old: '钱一', new: '解一' },
        phone: { old: '139****5678', new: '139****9999' },
        details: { old: { 备注: '班长' }, new: {} },
      },
    })
    const held = await u.look((db) => db.select().from(offices).where(eq(offices.personId, id)))
    expect(held.map((it) => [it.organizationId, it.personName])).toEqual(
      expect.arrayContaining([
        [u.branch.id, '解一'],
        [u.sibling.id, '钱一'],
      ]),
    )
  })

  test('says nothing where nothing changes', async () => {
    const idNumber = identityNumber('2003-01-01', 7)
    const id = await register({ idNumber, phone: '13700000001', details: { 甲: '1', 乙: '2' } })
    await change(id, 1, { set: { idNumber, phone: '13700000001', details: { 乙: '2', 甲: '1' } }, clear: ['degree'] })
    expect((await stored(id)).revision).toBe(1)
    expect(await journalOf(id, 'people.changed')).toEqual([])
  })

  test('an older reading is refused: nobody overwrites another', async () => {
    const id = await register()
    const tries = ['一班', '二班'].map((className) => outcome(change(id, 1, { set: { className } })))
    expect((await Promise.all(tries)).sort()).toEqual(['changed', 'done'])
  })

  test('an emptied identity number is free again', async () => {
    const idNumber = identityNumber('2003-02-02', 3)
    const id = await register({ idNumber })
    expect(await outcome(register({ idNumber }))).toBe('conflict')
    await change(id, 1, { clear: ['idNumber'] })
    expect(await stored(id)).toMatchObject({
      idNumberSealed: null,
      idNumberHash: null,
      idNumberMask: null,
      idNumberBornOn: null,
    })
    const other = await register({ idNumber })
    expect(await outcome(change(id, 2, { set: { idNumber } }))).toBe('conflict')
    expect(other).not.toBe(id)
  })

  const helper = prepared(() => u.helper([u.wang], ['phone', 'className']))
  test.each<[string, () => Actor, string, Partial<PersonChange>, string]>([
    ['the secretary of another branch', () => siblingSecretary, u.wang.id, { set: { grade: '1' } }, 'not-found'],
    ['the organiser of another college', () => otherOrganiser, u.wang.id, { set: { grade: '1' } }, 'not-found'],
    ['the person concerned', () => applicant, u.wang.id, { set: { grade: '1' } }, 'forbidden'],
    ['an administrator', () => auditor, u.wang.id, { set: { grade: '1' } }, 'not-found'],
    ['the Party school', () => u.officer('partySchool', u.university), u.wang.id, { set: { grade: '1' } }, 'forbidden'],
    ['a helper, a field of the task', () => helper.value, u.wang.id, { set: { className: '三班' } }, 'done'],
    ['a helper, another field', () => helper.value, u.wang.id, { set: { className: '三班', grade: '1' } }, 'forbidden'],
    ['a helper, emptying another field', () => helper.value, u.wang.id, { clear: ['degree'] }, 'forbidden'],
    ['a helper, another person', () => helper.value, u.li.id, { set: { className: '三班' } }, 'not-found'],
    [
      'the secretary, what the rules do not read of the own entry',
      () => secretary,
      u.li.id,
      { set: { grade: '1' } },
      'done',
    ],
    ['the secretary, the own birthday', () => secretary, u.li.id, { set: { bornOn: '2001-01-01' } }, 'forbidden'],
    ['the secretary, the own number away', () => secretary, u.li.id, { clear: ['idNumber'] }, 'forbidden'],
    ['the secretary, the own leaving', () => secretary, u.li.id, { set: { leavesOn: '2027-06-30' } }, 'forbidden'],
    ['the secretary, the own mobility', () => secretary, u.li.id, { set: { isMobile: true } }, 'forbidden'],
    ['somebody who is not there', () => department, newId(), { set: { grade: '1' } }, 'not-found'],
  ])('%s', async (_what, actor, id, it, result) => {
    expect(await outcome(change(id, 1, it, actor()))).toBe(result)
  })
})

describe('moving', () => {
  const on = '2026-09-01'
  const move = (
    id: string,
    to: string,
    actor: Actor = organiser,
    revision = 1,
    day: typeof on | '2026-08-31' | '2026-11-24' = on,
  ) => u.as(actor, (ctx) => service.movePerson(ctx, id, revision, { organizationId: to, on: day, reason: '转专业' }))

  test('keeps the history, takes it along, and tells who follows', async () => {
    const id = await register({ name: '移动的人' })
    const told: unknown[] = []
    service.followPersons(async (_ctx, changed) => {
      if (changed.personIds.includes(id)) told.push(changed)
    })
    await move(id, u.sibling.id)
    expect(await stored(id)).toMatchObject({ organizationId: u.sibling.id, path: u.sibling.path, revision: 2 })
    await move(id, u.distant.id, department, 2)
    const history = await u.look((db) => db.select().from(moves).where(eq(moves.personId, id)))
    expect(history.map((it) => [it.fromOrganizationId, it.toOrganizationId, it.path])).toEqual([
      [u.branch.id, u.sibling.id, u.distant.path],
      [u.sibling.id, u.distant.id, u.distant.path],
    ])
    expect(told).toEqual([
      { personIds: [id], what: 'moved' },
      { personIds: [id], what: 'moved' },
    ])
    const page = await u.as(otherOrganiser, (ctx) => readPerson(ctx, id))
    expect(page.moves.map((it) => [it.from.name, it.to.name])).toEqual([
      [u.sibling.name, u.distant.name],
      [u.branch.name, u.sibling.name],
    ])
    expect(await outcome(u.as(organiser, (ctx) => readPerson(ctx, id)))).toBe('not-found')
  })

  test.each<[string, string, Actor, string]>([
    ['to where the person is', u.branch.id, organiser, 'conflict'],
    ['to another college, by the own one', u.distant.id, organiser, 'forbidden'],
    ['to another college, by that one', u.distant.id, otherOrganiser, 'not-found'],
    ['to a sibling, by the secretary', u.sibling.id, secretary, 'forbidden'],
    ['to a sibling, by its secretary', u.sibling.id, siblingSecretary, 'not-found'],
    ['by the person concerned', u.sibling.id, applicant, 'forbidden'],
    ['nowhere', newId(), department, 'not-found'],
  ])('%s', async (_what, to, actor, result) => {
    const [row] = await u.look((db) => db.select().from(persons).where(eq(persons.id, u.wang.id)))
    expect(await outcome(move(u.wang.id, to, actor, row?.revision))).toBe(result)
  })

  test('not before the last move, not in the future, not from an older reading', async () => {
    const id = await register()
    expect(await outcome(move(id, u.sibling.id, organiser, 1, '2026-11-24'))).toBe('malformed')
    expect(await outcome(move(id, u.sibling.id, organiser, 2))).toBe('changed')
    expect(await outcome(move(id, u.sibling.id))).toBe('done')
    expect(await outcome(move(id, u.branch.id, organiser, 2, '2026-08-31'))).toBe('malformed')
    expect(await outcome(move(id, u.branch.id, organiser, 2))).toBe('done')
  })
})

describe('reading a number in the clear', () => {
  const idNumber = identityNumber('2002-02-02', 5)
  const subject = prepared(() => register({ name: '被读的人', idNumber, phone: '13600000000' }))
  const read = (id: string, field: 'idNumber' | 'phone', actor: Actor) =>
    u.as(actor, (ctx) => service.readIdentity(ctx, id, { field, purpose: '核对政审材料' }))

  test('is recorded, and the person sees who did', async () => {
    const himself = u.himself({ ...u.wang, id: subject.value })
    expect(await read(subject.value, 'idNumber', secretary)).toEqual({ value: idNumber })
    expect(await read(subject.value, 'phone', organiser)).toEqual({ value: '13600000000' })
    const seen = (actor: Actor) => u.as(actor, (ctx) => listReadings(ctx, subject.value, { limit: 50 }))
    const expected = [
      {
        id: expect.any(String),
        at: expect.any(String),
        by: organiser.name,
        what: 'phone',
        title: null,
        purpose: '核对政审材料',
      },
      {
        id: expect.any(String),
        at: expect.any(String),
        by: secretary.name,
        what: 'idNumber',
        title: null,
        purpose: '核对政审材料',
      },
    ]
    expect((await seen(himself)).items).toEqual(expected)
    expect((await seen(secretary)).items).toEqual(expected)
    expect(await outcome(seen(siblingSecretary))).toBe('not-found')
    expect(await outcome(seen(u.officer('partySchool', u.university)))).toBe('forbidden')
    const first = await u.as(himself, (ctx) => listReadings(ctx, subject.value, { limit: 1 }))
    const rest = await u.as(himself, (ctx) => listReadings(ctx, subject.value, { limit: 1, cursor: first.next }))
    expect([first.items, rest.items, rest.next]).toEqual([[expected[0]], [expected[1]], undefined])
  })

  test('is not for everyone', async () => {
    const id = subject.value
    const covered = { ...u.wang, id }
    expect(await outcome(read(id, 'idNumber', siblingSecretary))).toBe('not-found')
    expect(await outcome(read(id, 'idNumber', u.officer('partySchool', u.university)))).toBe('forbidden')
    expect(await outcome(read(id, 'idNumber', u.officer('disciplineMember', u.branch)))).toBe('forbidden')
    expect(await outcome(read(id, 'idNumber', await u.helper([covered], ['phone'])))).toBe('forbidden')
    expect(await outcome(read(id, 'phone', await u.helper([covered], ['phone'])))).toBe('done')
    expect(await outcome(read(u.zhao.id, 'phone', siblingSecretary))).toBe('not-found')
  })

  test('leaves no trace of a reading that was refused', async () => {
    const before = (await journalOf(subject.value, 'journal.read')).length
    await outcome(read(subject.value, 'idNumber', u.officer('partySchool', u.university)))
    expect((await journalOf(subject.value, 'journal.read')).length).toBe(before)
  })
})

describe('reading one person', () => {
  test('shows the masks, never the numbers, and what may be done', async () => {
    const idNumber = identityNumber('2001-03-04', 9)
    const id = await register({ idNumber, phone: '13500004321', studentNumber: '2023019999' })
    const page = await u.as(secretary, (ctx) => readPerson(ctx, id))
    expect(JSON.stringify(page)).not.toContain(idNumber)
    expect(JSON.stringify(page)).not.toContain('13500004321')
    expect(page).toMatchObject({
      studentNumber: '2023019999',
      phoneMask: '135****4321',
      organization: { id: u.branch.id, name: u.branch.name },
      above: [
        { id: u.university.id, name: u.university.name },
        { id: u.college.id, name: u.college.name },
      ],
      moves: [],
      offices: [],
      revision: 1,
      can: { read: true, change: true, move: true, readIdNumber: true, readPhone: true, seeReadings: true },
    })
    await u.as(secretary, async (ctx: Context) => {
      expect(await statementsOf(() => readPerson(ctx, id))).toBe(4)
    })
  })

  test.each<[string, Actor, string]>([
    ['the secretary', secretary, 'done'],
    ['the organiser', organiser, 'done'],
    ['the person concerned', applicant, 'done'],
    ['the Party school', u.officer('partySchool', u.university), 'done'],
    ['the publicity department', u.officer('publicityDepartment', u.university), 'not-found'],
    ['the secretary of another branch', siblingSecretary, 'not-found'],
    ['the organiser of another college', otherOrganiser, 'not-found'],
    ['another applicant', stranger, 'not-found'],
    ['an administrator', auditor, 'not-found'],
  ])('%s', async (_who, actor, result) => {
    expect(await outcome(u.as(actor, (ctx) => readPerson(ctx, u.wang.id)))).toBe(result)
  })

  test('another university is not there', async () => {
    const v = await smallUniversity(database)
    expect(await outcome(v.as(v.actors.department, (ctx) => readPerson(ctx, u.wang.id)))).toBe('not-found')
  })
})

test('a write takes a fixed number of statements, with what the other modules do about it', async () => {
  const id = await register()
  const count = (work: (ctx: Context) => Promise<unknown>) => statementsOf(() => u.as(secretary, work))
  expect(await count((ctx) => service.register(ctx, somebody()))).toBe(4)
  expect(await count((ctx) => service.changePerson(ctx, id, 1, { set: { grade: '2025' }, clear: [] }))).toBe(12)
})

/** A value made before the tests of this file run. */
function prepared<T>(make: () => Promise<T>): { readonly value: T } {
  let made: { value: T } | undefined
  beforeAll(async () => {
    made = { value: await make() }
  })
  return {
    get value() {
      if (!made) throw new Error('not made yet')
      return made.value
    },
  }
}
