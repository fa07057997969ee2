import type { Act } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { developmentLists } from '../../../test/development-lists.ts'
import { smallUniversity, statementsOf } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import type { Page } from '../../platform/wire.ts'
import { development } from './routes.ts'
import type { Board, FileRow } from './schema.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const { fill, get, allPages } = developmentLists(it)
const { organiser, secretary, siblingSecretary, department, applicant, auditor } = it.actors

const talkPastDue: Act[] = [{ kind: 'application', on: '2026-09-01' }]
const talkToCome: Act[] = [{ kind: 'application', on: '2026-11-20' }]
const contradictory: Act[] = [
  { kind: 'application', on: '2026-03-01' },
  { kind: 'applicantTalk', on: '2026-02-01' },
]
const activist: Act[] = [
  { kind: 'application', on: '2026-01-05' },
  { kind: 'applicantTalk', on: '2026-01-20' },
  { kind: 'recommendation', on: '2026-06-01' },
  { kind: 'activistDecision', on: '2026-07-01' },
  { kind: 'activistFiling', on: '2026-07-10' },
  { kind: 'contactPersons', on: '2026-07-01', members: [{ name: '李晓岚', isFull: true }] },
]
await fill(it.li, talkPastDue)
await fill(it.wang, talkToCome)
await fill(it.zhao, contradictory)
const imports = { sun: await fill(it.sun, activist) }
const helper = await it.helper([it.wang, it.sun], ['applicantTalk'])
const registerHelper = await it.helper([it.wang, it.sun], ['phone'])

describe('the list of files', () => {
  test.each<[string, Actor, string, string[]]>([
    ['the organiser, by the last day', organiser, '', ['李晓岚', '王一舟', '赵思远']],
    ['the secretary', secretary, '', ['李晓岚', '王一舟']],
    ['the secretary of another branch', siblingSecretary, '', ['赵思远']],
    ['the organisation department', department, '?sort=name', ['李晓岚', '孙知微', '王一舟', '赵思远']],
    ['the same downwards', department, '?sort=name&descending=true', ['赵思远', '王一舟', '孙知微', '李晓岚']],
    [
      'by stage, the furthest first',
      department,
      '?sort=stage&descending=true',
      ['孙知微', '赵思远', '王一舟', '李晓岚'],
    ],
    ['by findings, the most first', department, '?sort=findings&descending=true&limit=1', ['赵思远']],
    ['by organisation', department, '?sort=organization', ['李晓岚', '王一舟', '赵思远', '孙知微']],
    ['a stage', department, '?stage=activist', ['孙知微']],
    ['with findings', department, '?only=findings', ['赵思远']],
    ['overdue', department, '?only=overdue', ['李晓岚']],
    ['by the next act', department, '?next=applicantTalk', ['李晓岚', '王一舟']],
    ['below an organisation', department, `?organizationId=${it.branch.id}`, ['李晓岚', '王一舟']],
    ['below one that lies above', secretary, `?organizationId=${it.college.id}`, ['李晓岚', '王一舟']],
    ['below a foreign one', secretary, `?organizationId=${it.distant.id}`, []],
    ['by pinyin', department, '?q=wangyi', ['王一舟']],
    ['by initials', department, '?q=szw', ['孙知微']],
    ['by a part of the name', department, '?q=思远', ['赵思远']],
    ['by student number', department, '?q=20230200', ['孙知微']],
    ['by a name outside the scope', secretary, '?q=孙知微', []],
    ['of one import', department, `?importId=${imports.sun}`, ['孙知微']],
    ['of an import outside the scope', secretary, `?importId=${imports.sun}`, []],
    ['of no import', department, `?importId=${crypto.randomUUID()}`, []],
    ['a helper', helper, '?sort=name', ['孙知微', '王一舟']],
    ['a helper for fields of the register only', registerHelper, '', []],
    ['the person concerned, who has the own file instead', applicant, '', []],
    ['an administrator', auditor, '', []],
  ])('%s', async (_what, actor, query, names) => {
    const { items } = await get<Page<FileRow>>(actor, `/files${query}`)
    expect(items.map((row) => row.name)).toEqual(names)
  })

  test('a row says where the file stands', async () => {
    const { items, total } = await get<Page<FileRow>>(department, '/files?only=overdue')
    expect({ items, total }).toEqual({
      total: 1,
      items: [
        {
          personId: it.li.id,
          name: '李晓岚',
          studentNumber: '2023010001',
          organizationId: it.branch.id,
          organization: it.branch.name,
          stage: 'applicant',
          next: {
            kind: 'applicantTalk',
            earliestOn: '2026-09-01',
            latestOn: '2026-10-01',
            latestKind: 'applicantTalk',
            overdue: true,
          },
          errorCount: 0,
          warningCount: 0,
        },
      ],
    })
  })

  test('a deadline names the act it belongs to, and is told only to who may know of that act', async () => {
    const other = await smallUniversity(database)
    const { department: all } = other.actors
    const opinionsHelper = await other.helper([other.wang], ['opinions'])
    const acts = activist.map((act) => (act.kind === 'activistDecision' ? { ...act, on: '2025-07-01' as const } : act))
    await developmentLists(other).fill(other.wang, acts)
    const nextFor = async (actor: Actor) =>
      (await (await other.served(development, actor).request('/files?q=王一舟')).json()).items[0].next
    const earliest = { kind: 'opinions', earliestOn: '2026-07-01' }
    expect([await nextFor(all), await nextFor(opinionsHelper)]).toEqual([
      { ...earliest, latestOn: '2026-01-01', latestKind: 'review', overdue: true },
      { ...earliest, latestOn: null, latestKind: null, overdue: false },
    ])
  })

  test('a helper learns of the kinds of the task only', async () => {
    const { items } = await get<Page<FileRow>>(helper, '/files?sort=name')
    expect(items.map(({ next, errorCount, warningCount }) => [next?.kind, errorCount, warningCount])).toEqual([
      [undefined, null, null],
      ['applicantTalk', null, null],
    ])
  })

  test.each<[string, string[]]>([
    ['?only=findings', []],
    ['?only=overdue', []],
    ['?next=opinions', []],
    ['?next=applicantTalk', ['王一舟']],
    ['?stage=activist', ['孙知微']],
    ['?sort=name&q=一舟', ['王一舟']],
  ])('nor does a helper by what a filter lets through: %s', async (query, names) => {
    const { items } = await get<Page<FileRow>>(helper, `/files${query}`)
    expect(items.map((row) => row.name)).toEqual(names)
  })

  test.each(['findings', 'due'])('nor by the order, or by where a page ends: %s', async (sort) => {
    const read = (actor: Actor, limit: number) =>
      get<Page<FileRow>>(actor, `/files?sort=${sort}&descending=true&limit=${limit}`)
    const two = await it.helper([it.li, it.zhao], ['archiving'])
    const whole = await it.helper([it.zhao, it.li], ['oath'])
    const names = (page: Page<FileRow>) => page.items.map((row) => row.name)
    const byPerson = [it.li, it.zhao].sort((a, b) => (a.id < b.id ? 1 : -1)).map((person) => person.name)
    expect([names(await read(two, 50)), names(await read(whole, 50))]).toEqual([byPerson, byPerson])
    const { next = '' } = await read(two, 1)
    expect(Buffer.from(next, 'base64url').toString()).not.toContain('2026')
  })

  test.each(['name', 'due', 'stage', 'findings'])(
    'pages by %s hold each row once, in both directions',
    async (sort) => {
      for (const descending of [false, true]) {
        const query = `sort=${sort}&descending=${descending}`
        const whole = await get<Page<FileRow>>(department, `/files?${query}`)
        expect(await allPages<FileRow>(department, `/files?limit=1&${query}`)).toEqual(whole.items)
        const handed = await get<Page<FileRow>>(helper, `/files?${query}`)
        expect(handed.items.map((row) => row.name).sort()).toEqual(['孙知微', '王一舟'])
        expect(await allPages<FileRow>(helper, `/files?limit=1&${query}`)).toEqual(handed.items)
      }
    },
  )

  test.each([
    'x',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["2026-01-01","no id"]').toString('base64url'),
    Buffer.from('{"a":1}').toString('base64url'),
  ])('a cursor that is none is refused: %s', async (cursor) => {
    expect((await it.served(development, department).request(`/files?cursor=${cursor}`)).status).toBe(400)
  })

  test('a page takes two statements, however many rows it has', async () => {
    const count = (limit: number) => statementsOf(() => get(department, `/files?limit=${limit}`))
    expect([await count(1), await count(50)]).toEqual([2, 2])
  })
})

describe('the board', () => {
  test('counts by stage, by next act and by the organisations one level below', async () => {
    expect(await get<Board>(department, '/board')).toEqual({
      total: 4,
      overdue: 1,
      withFindings: 1,
      stages: [
        { stage: 'applicant', count: 3, overdue: 1, withFindings: 1 },
        { stage: 'activist', count: 1, overdue: 0, withFindings: 0 },
      ],
      next: expect.arrayContaining([{ kind: 'applicantTalk', count: 2 }]),
      organizations: [
        {
          id: it.college.id,
          name: it.college.name,
          total: 3,
          overdue: 1,
          withFindings: 1,
          stages: [{ stage: 'applicant', count: 3, overdue: 1, withFindings: 1 }],
        },
        {
          id: it.other.id,
          name: it.other.name,
          total: 1,
          overdue: 0,
          withFindings: 0,
          stages: [{ stage: 'activist', count: 1, overdue: 0, withFindings: 0 }],
        },
      ],
    })
  })

  test.each<[string, Actor, string, number, string[]]>([
    ['the branches of a college', department, `?organizationId=${it.college.id}`, 3, [it.branch.name, it.sibling.name]],
    ['a branch itself', secretary, '', 2, [it.branch.name]],
    ['nothing of a foreign college', secretary, `?organizationId=${it.other.id}`, 0, []],
    ['nothing for the person concerned', applicant, '', 0, []],
    ['nothing for an administrator', auditor, '', 0, []],
  ])('%s', async (_what, actor, query, total, names) => {
    const board = await get<Board>(actor, `/board${query}`)
    expect([board.total, board.organizations.map((row) => row.name)]).toEqual([total, names])
  })
})
