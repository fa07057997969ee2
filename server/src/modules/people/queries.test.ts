import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { type BuiltPerson, smallUniversity, statementsOf } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { readPerson } from './queries.ts'
import { listPeople } from './register.ts'
import { type PeopleQuery, peopleQuery, peopleSorts } from './schema.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { secretary, organiser, department, applicant, auditor } = u.actors
for (const [name, studentNumber, more] of [
  ['单小满', 'B2024002', { kind: 'undergraduate' }],
  ['王小满', null, { grade: '2024 级' }],
  ['欧阳晓', '2024010009', { isMobile: true }],
  ['阿依古丽·买买提江', null, {}],
  ['解小', null, {}],
] as const) {
  await u.person(u.sibling, { name, studentNumber, ...more })
}

const helper = await u.helper([u.sun, u.li], ['phone'])

const list = (query: { [name: string]: unknown } = {}, actor: Actor = organiser) =>
  u.as(actor, (ctx) => listPeople(ctx, peopleQuery.parse(query)))
const names = async (query: { [name: string]: unknown } = {}, actor: Actor = organiser) =>
  (await list(query, actor)).items.map((it) => it.name)

describe('search', () => {
  test.each<[string, string[]]>([
    ['单', ['单小满']],
    ['小满', ['单小满', '王小满']],
    ['满', ['单小满', '王小满']],
    ['小', ['单小满', '王小满', '解小']],
    ['欧阳', ['欧阳晓']],
    ['依古丽', ['阿依古丽·买买提江']],
    ['古丽·买', ['阿依古丽·买买提江']],
    ['买提江', ['阿依古丽·买买提江']],
    ['江', ['阿依古丽·买买提江']],
    ['满小', []],
    ['%', []],
    ['_小满', []],
    ['shan', ['单小满']],
    ['SHANxiao', ['单小满']],
    ['ou yang', ['欧阳晓']],
    ['oyx', ['欧阳晓']],
    ['wxm', ['王小满']],
    ['xm', []],
    ['xie', ['解小']],
    ['B2024', ['单小满']],
    ['2024', ['欧阳晓']],
    ['202301000', ['李晓岚', '王一舟', '赵思远']],
    ['孙', []],
    ['20230200', []],
  ])('“%s”', async (q, expected) => {
    expect((await names({ q })).sort()).toEqual(expected.sort())
  })

  test('finds beyond the college for the university only', async () => {
    expect(await names({ q: '孙' }, department)).toEqual(['孙知微'])
    expect(await names({ q: 'szw' }, department)).toEqual(['孙知微'])
  })
})

describe('filters', () => {
  test.each<[string, { [name: string]: unknown }, Actor, string[]]>([
    [
      'everything in reach, by pinyin',
      {},
      organiser,
      ['阿依古丽·买买提江', '李晓岚', '欧阳晓', '单小满', '王小满', '王一舟', '解小', '赵思远'],
    ],
    ['a branch', { organizationId: u.branch.id }, organiser, ['李晓岚', '王一舟']],
    ['the college, for a branch', { organizationId: u.college.id }, secretary, ['李晓岚', '王一舟']],
    ['another college', { organizationId: u.other.id }, organiser, []],
    ['a kind', { kind: 'undergraduate' }, organiser, ['单小满']],
    ['a grade', { grade: '2024 级' }, organiser, ['王小满']],
    ['mobile persons', { isMobile: 'true' }, organiser, ['欧阳晓']],
    ['the other way round', { organizationId: u.branch.id, descending: 'true' }, organiser, ['王一舟', '李晓岚']],
    [
      'by number, those without one last',
      { sort: 'studentNumber', organizationId: u.sibling.id },
      organiser,
      ['赵思远', '欧阳晓', '单小满', '阿依古丽·买买提江', '王小满', '解小'],
    ],
    ['an applicant sees the own file', {}, applicant, ['王一舟']],
    ['an administrator sees nobody', {}, auditor, []],
    ['the publicity department sees nobody', {}, u.officer('publicityDepartment', u.university), []],
    ['a helper sees the persons of the task', {}, helper, ['李晓岚', '孙知微']],
    ['a helper does not narrow them by what the task does not show', { isMobile: 'false' }, helper, []],
  ])('%s', async (_what, query, actor, expected) => {
    const found = await names(query, actor)
    const inOrder = query.sort === 'studentNumber' ? found.slice(0, 3) : found
    expect(inOrder).toEqual(query.sort === 'studentNumber' ? expected.slice(0, 3) : expected)
    expect([...found].sort()).toEqual([...expected].sort())
  })
})

describe('pages', () => {
  const cases = peopleSorts.flatMap((sort) => [true, false].map((descending) => [sort, descending] as const))
  test.each(cases)(
    'by %s (descending: %s) hold each row once, in the order of the whole list',
    async (sort, descending) => {
      const query = { sort, descending: String(descending) }
      const whole = (await list(query, department)).items.map((it) => it.id)
      const paged: string[] = []
      let next: string | undefined
      do {
        const page = await list({ ...query, limit: 2, ...(next && { cursor: next }) }, department)
        paged.push(...page.items.map((it) => it.id))
        expect(page.total).toBe(next ? undefined : 9)
        next = page.next
      } while (next)
      expect(paged).toEqual(whole)
      expect(whole.length).toBe(9)
    },
  )

  test.each([
    'x',
    'bm9uc2Vuc2U',
    Buffer.from('["a","not an id"]').toString('base64url'),
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from(JSON.stringify(['\0', '01890000-0000-7000-8000-000000000000'])).toString('base64url'),
  ])('a cursor that is none is refused: %s', async (cursor) => {
    await expect(list({ cursor })).rejects.toBeInstanceOf(Refusal)
  })

  test('a page takes one statement, the first one counts too, an organisation is looked up', async () => {
    const query = (more: Partial<PeopleQuery>) => peopleQuery.parse(more)
    const { next } = await list({ limit: 1 })
    await u.as(organiser, async (ctx) => {
      expect(await statementsOf(() => listPeople(ctx, query({ limit: 1, cursor: next })))).toBe(1)
      expect(await statementsOf(() => listPeople(ctx, query({ q: '小' })))).toBe(2)
      expect(await statementsOf(() => listPeople(ctx, query({ organizationId: u.branch.id })))).toBe(3)
    })
  })
})

test('a row says what may be done with it', async () => {
  const [row] = (await list({ q: '单小满' })).items
  expect(row).toEqual({
    id: expect.any(String),
    name: '单小满',
    kind: 'undergraduate',
    studentNumber: 'B2024002',
    sex: null,
    major: null,
    grade: null,
    className: null,
    isMobile: false,
    organization: { id: u.sibling.id, name: u.sibling.name },
    can: { change: true, move: true },
  })
  expect((await list({ q: '单小满' }, u.officer('partySchool', u.university))).items[0]?.can).toEqual({
    change: false,
    move: false,
  })
})

describe('a helper sees of a person', () => {
  const about = {
    bornOn: '2004-03-01',
    sex: 'female',
    grade: '2022级',
    isMobile: true,
    details: { 备注: '内情' },
  } as const
  test.each<[string, (person: BuiltPerson) => Promise<Actor> | Actor, object, object]>([
    [
      'the field of the task',
      (person) => u.helper([person], ['grade']),
      { bornOn: null, sex: null, grade: '2022级', isMobile: null, details: {}, phoneMask: null },
      { sex: null, grade: '2022级', isMobile: null },
    ],
    [
      'name and number only, where the task names acts',
      (person) => u.helper([person], ['review']),
      { bornOn: null, sex: null, grade: null, isMobile: null, details: {}, phoneMask: null },
      { sex: null, grade: null, isMobile: null },
    ],
    [
      'the secretary, everything',
      () => secretary,
      { ...about, phoneMask: '139****2001' },
      { sex: 'female', grade: '2022级', isMobile: true },
    ],
  ])('%s', async (_what, actorFor, onPage, inList) => {
    const person = await u.person(u.branch, { name: '佟小雨', studentNumber: null, ...about, phoneMask: '139****2001' })
    const actor = await actorFor(person)
    expect(await u.as(actor, (ctx) => readPerson(ctx, person.id))).toMatchObject({ name: '佟小雨', ...onPage })
    const row = (await list({ q: '佟小雨' }, actor)).items.find((it) => it.id === person.id)
    expect(row).toMatchObject({ name: '佟小雨', ...inList })
  })
})
