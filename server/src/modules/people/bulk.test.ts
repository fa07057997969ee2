import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { identityNumber, smallUniversity, statementsOf } from '../../../test/factories.ts'
import { outcome } from '../../../test/outcome.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { offices } from '../organization/tables.ts'
import { changeMany, differencesOf, registerMany, withdrawMany } from './bulk.ts'
import { findCandidates } from './matching.ts'
import { listPeople } from './register.ts'
import { peopleQuery } from './schema.ts'
import { followPersons } from './service.ts'
import { persons } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { secretary, organiser, department, siblingSecretary, otherOrganiser, applicant } = u.actors
const importId = newId()

const all = () => u.look((db) => db.select().from(persons).where(eq(persons.tenantId, u.tenantId)))
const enteredBy = async (id: string) =>
  (await u.as(organiser, (ctx) => listPeople(ctx, peopleQuery.parse({ importId: id })))).items.map((it) => it.id)
const idNumber = identityNumber('2003-07-08', 21)

test('enters many, in the order given, with a journal row each', async () => {
  const ids = await u.as(organiser, (ctx) =>
    registerMany(
      ctx,
      [
        { organizationId: u.branch.id, fields: { name: '解甲', idNumber, phone: '13012345678', bornOn: '2003-07-08' } },
        { organizationId: u.sibling.id, fields: { name: '区乙', idNumber: '12345', studentNumber: '2023990001' } },
        {
          organizationId: u.branch.id,
          fields: { name: '仇丙', isMobile: true, leavesOn: '2027-06-30', details: { 备注: '"引号\\' } },
        },
      ],
      importId,
    ),
  )
  const rows = (await all())
    .filter((it) => it.importId === importId)
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
  expect(rows.map((it) => [it.id, it.name, it.initials, it.path, it.idNumberMask, it.revision])).toEqual([
    [ids[0], '解甲', 'xj', u.branch.path, `990*************${idNumber.slice(-2)}`, 1],
    [ids[1], '区乙', 'oy', u.sibling.path, '*****', 1],
    [ids[2], '仇丙', 'qb', u.branch.path, null, 1],
  ])
  expect(rows[1]).toMatchObject({ idNumberHash: null, idNumberBornOn: null, kind: null, isMobile: false, details: {} })
  expect(rows[2]).toMatchObject({ isMobile: true, leavesOn: '2027-06-30', details: { 备注: '"引号\\' } })
  expect((await enteredBy(importId)).sort()).toEqual([...ids].sort())
  expect(await enteredBy(newId())).toEqual([])
  const entries = await u.look((db) => db.select().from(journal).where(eq(journal.event, 'people.registered')))
  expect(entries.map((it) => [it.personId, it.details]).sort()).toEqual(ids.map((id) => [id, { importId }]).sort())
})

describe('all or none', () => {
  const rowsWith = (more: object) => [
    { organizationId: u.branch.id, fields: { name: '先' } },
    { organizationId: u.branch.id, fields: { name: '后', ...more } },
  ]
  test.each([
    ['a number that stands in another branch', { studentNumber: '2023010003' }],
    ['a number that stands in another college', { studentNumber: '2023020001' }],
    ['an identity number that stands here', { idNumber }],
  ])('%s', async (_what, more) => {
    const before = await all()
    const work = u.as(secretary, (ctx) => registerMany(ctx, rowsWith(more), newId()))
    await expect(work).rejects.toMatchObject({ reason: 'conflict', fields: [{ path: 'rows.1' }] })
    expect((await all()).length).toBe(before.length)
  })

  test.each([
    ['the secretary of another branch', siblingSecretary, 'not-found'],
    ['the organiser of another college', otherOrganiser, 'not-found'],
    ['the Party school', u.officer('partySchool', u.university), 'forbidden'],
    ['an applicant', applicant, 'not-found'],
  ])('%s', async (_who, actor, result) => {
    expect(await outcome(u.as(actor, (ctx) => registerMany(ctx, rowsWith({}), newId())))).toBe(result)
  })
})

describe('candidates', () => {
  test('agree by student number, identity number, or name and birth, within reach', async () => {
    const find = (actor: typeof organiser) =>
      u.as(actor, async (ctx) =>
        (
          await findCandidates(ctx, [
            { studentNumber: '2023010001' },
            { idNumber: idNumber.toLowerCase(), name: '解甲', bornOn: '2003-07-08' },
            { name: '解甲' },
            { name: '解甲', bornOn: '2003-07-09' },
            { name: '李晓岚', bornOn: '2003-07-08' },
            { idNumber: '12345' },
            { studentNumber: '2023020001', name: '解甲', bornOn: '2003-07-08' },
            {},
          ])
        ).map((found) => found.map(({ person, by }) => [person.name, ...by])),
      )
    const own = [[['李晓岚', 'studentNumber']], [['解甲', 'idNumber', 'nameAndBirth']], [], [], [], []]
    const byBirth = ['解甲', 'nameAndBirth']
    expect(await find(organiser)).toEqual([...own, [byBirth], []])
    expect(await find(department)).toEqual([...own, [['孙知微', 'studentNumber'], byBirth], []])
    expect((await find(otherOrganiser)).flat()).toEqual([['孙知微', 'studentNumber']])
    expect((await find(applicant)).flat()).toEqual([])
  })

  test('take three statements for any number', async () => {
    await u.as(organiser, async (ctx) => {
      const many = Array.from({ length: 500 }, (_, at) => ({
        studentNumber: `${at}`,
        idNumber,
        name: '某',
        bornOn: `${at}`,
      }))
      expect(await statementsOf(() => findCandidates(ctx, many))).toBe(3)
    })
  })

  test('tell what a row of a spreadsheet would change, without the numbers', async () => {
    await u.as(organiser, async (ctx) => {
      const [[candidate] = []] = await findCandidates(ctx, [{ idNumber }])
      if (!candidate) throw new Error('no candidate')
      const set = { name: '解甲', idNumber, phone: '13012345679', bornOn: '2003-07' as const }
      expect(differencesOf(ctx, candidate.person, { set, clear: ['ethnicity'] })).toEqual({
        phone: { old: '130****5678', new: '130****5679' },
        bornOn: { old: '2003-07-08', new: '2003-07' },
      })
    })
  })
})

test('changes many, only what differs, and tells who follows', async () => {
  const told: string[][] = []
  followPersons(async (_ctx, { personIds }) => {
    told.push([...personIds])
  })
  const other = newId()
  await u.as(organiser, (ctx) =>
    changeMany(
      ctx,
      [
        { personId: u.li.id, change: { set: { grade: '2023 级', name: '单晓岚' }, clear: [] } },
        { personId: u.wang.id, change: { set: { name: u.wang.name }, clear: ['degree'] } },
        { personId: u.zhao.id, change: { set: { phone: '13100001111' }, clear: [] } },
      ],
      other,
    ),
  )
  const rows = new Map((await all()).map((it) => [it.id, it]))
  expect(rows.get(u.li.id)).toMatchObject({
    grade: '2023 级',
    initials: 'sxl',
    studentNumber: '2023010001',
    revision: 2,
    importId: null,
  })
  expect(rows.get(u.wang.id)?.revision).toBe(1)
  expect(rows.get(u.zhao.id)).toMatchObject({ phoneMask: '131****1111', revision: 2 })
  expect(told.map((it) => it.sort())).toEqual([[u.li.id, u.zhao.id].sort()])
  const entries = await u.look((db) => db.select().from(journal).where(eq(journal.event, 'people.changed')))
  expect(entries.map((it) => it.personId).sort()).toEqual([u.li.id, u.zhao.id].sort())
})

test('a number that stands in the register is refused in a change too', async () => {
  const change = { set: { studentNumber: '2023020001' }, clear: [] }
  const work = u.as(organiser, (ctx) => changeMany(ctx, [{ personId: u.wang.id, change }], importId))
  await expect(work).rejects.toThrow('已登记在另一位人员名下')
})

test('changes nobody out of reach', async () => {
  const amendment = (personId: string) => [{ personId, change: { set: { grade: '1' }, clear: [] } }]
  expect(await outcome(u.as(organiser, (ctx) => changeMany(ctx, amendment(u.sun.id), importId)))).toBe('not-found')
  expect(await outcome(u.as(applicant, (ctx) => changeMany(ctx, amendment(u.wang.id), importId)))).toBe('not-found')
  expect(
    await outcome(
      u.as(u.officer('partySchool', u.university), (ctx) => changeMany(ctx, amendment(u.sun.id), importId)),
    ),
  ).toBe('forbidden')
})

test('takes out only what the import brought in', async () => {
  const mine = newId()
  const ids = await u.as(secretary, (ctx) =>
    registerMany(ctx, [{ organizationId: u.branch.id, fields: { name: '撤回' } }], mine),
  )
  const withdraw = (actor: typeof secretary, personIds: string[], from = mine) =>
    outcome(u.as(actor, (ctx) => withdrawMany(ctx, personIds, from)))
  expect(await withdraw(secretary, [u.wang.id])).toBe('conflict')
  expect(await withdraw(secretary, ids, newId())).toBe('conflict')
  expect(await withdraw(siblingSecretary, ids)).toBe('not-found')
  const [id = ''] = ids
  const office = await u.office({ ...u.wang, id }, u.sibling, 'orgMember')
  expect(await withdraw(secretary, ids)).toBe('conflict')
  await u.look((db) => db.delete(offices).where(eq(offices.id, office)))
  expect(await withdraw(secretary, ids)).toBe('done')
  expect((await all()).some((it) => ids.includes(it.id))).toBe(false)
  const { rows } = await u.look((db) =>
    db.execute(sql`select event from journal where person_id = ${ids[0]} order by id`),
  )
  expect(rows).toEqual([{ event: 'people.registered' }, { event: 'people.withdrawn' }])
})
