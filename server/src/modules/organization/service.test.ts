import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase, scopeOver } from '../../../test/database.ts'
import { smallUniversity, statementsOf } from '../../../test/factories.ts'
import { outcome } from '../../../test/outcome.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { readOrganization, readTree } from './queries.ts'
import type { NewOffice, NewOrganization } from './schema.ts'
import * as service from './service.ts'
import { offices, organizations, terms } from './tables.ts'
import { listExpiringTerms } from './terms.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { department, organiser, applicant, auditor, secretary } = u.actors
const collegeDepartment = u.officer('orgDepartment', u.college)
const otherDepartment = u.officer('orgDepartment', u.other)

const fresh = (name: string, more: Partial<NewOrganization> = {}): NewOrganization => ({
  parentId: u.college.id,
  kind: 'branch',
  name,
  ...more,
})

describe('founding a university', () => {
  const founding = (tenantId: string) =>
    database.transaction(scopeOver(tenantId), (db) =>
      service.foundUniversity(
        { db, tenantId, actor: { accountId: null, name: '初始化' }, requestId: 'r' },
        { name: '望海大学' },
      ),
    )

  test('makes the root, once', async () => {
    const tenantId = newId()
    const { organizationId, path } = await founding(tenantId)
    expect(path).toBe('0001.')
    const [root] = await database.transaction(scopeOver(tenantId), (db) => db.select().from(organizations))
    expect(root).toMatchObject({
      id: organizationId,
      parentId: null,
      kind: 'universityCommittee',
      name: '望海大学党委',
      pinyin: 'wanghaidaxuedangwei',
      initials: 'whdxdw',
      canApproveProbationary: true,
    })
    expect(await outcome(founding(tenantId))).toBe('conflict')
  })
})

describe('establishing', () => {
  test('puts the new organisation behind its siblings and into the journal', async () => {
    const id = await u.as(department, (ctx) =>
      service.establish(ctx, fresh('云山学院教师党支部', { branchType: 'teacher' })),
    )
    const [row] = await u.look((db) => db.select().from(organizations).where(eq(organizations.id, id)))
    expect(row).toMatchObject({
      path: `${u.college.path}0003.`,
      branchType: 'teacher',
      initials: 'ysxyjsdzb',
      revision: 1,
    })
    const [entry] = await u.look((db) => db.select().from(journal).where(eq(journal.subjectId, id)))
    expect(entry).toMatchObject({
      event: 'organization.established',
      orgPath: `${u.college.path}0003.`,
      accountId: department.accountId,
      details: { name: '云山学院教师党支部', kind: 'branch', branchType: 'teacher', parentId: u.college.id },
    })
  })

  test('gives two people at once two places', async () => {
    const names = ['甲支部', '乙支部', '丙支部', '丁支部']
    const ids = await Promise.all(
      names.map((name) => u.as(department, (ctx) => service.establish(ctx, fresh(name, { parentId: u.other.id })))),
    )
    const rows = await u.look((db) => db.select().from(organizations).where(eq(organizations.parentId, u.other.id)))
    expect(
      rows
        .filter((row) => ids.includes(row.id))
        .map((row) => row.path)
        .sort(),
    ).toEqual(['2', '3', '4', '5'].map((it) => `${u.other.path}000${it}.`))
  })

  test('gives two people at once one success for one name', async () => {
    const tries = await Promise.all(
      [1, 2].map(() => outcome(u.as(department, (ctx) => service.establish(ctx, fresh('同名支部'))))),
    )
    expect(tries.sort()).toEqual(['conflict', 'done'])
  })

  test.each<[string, Parameters<typeof u.as>[0], NewOrganization, string]>([
    ['the department of the college', collegeDepartment, fresh('一'), 'done'],
    ['the department of another college', otherDepartment, fresh('二'), 'forbidden'],
    ['the organiser', organiser, fresh('三'), 'forbidden'],
    ['the secretary of the branch', secretary, fresh('四', { parentId: u.branch.id, kind: 'partyGroup' }), 'forbidden'],
    ['an applicant', applicant, fresh('五'), 'forbidden'],
    ['an administrator', auditor, fresh('六'), 'forbidden'],
    ['below nothing', department, fresh('七', { parentId: newId() }), 'not-found'],
    ['the name of a sibling', department, fresh(u.branch.name), 'conflict'],
    ['the same name elsewhere', department, fresh(u.branch.name, { parentId: u.other.id }), 'done'],
    ['a group below a branch', department, fresh('第一党小组', { parentId: u.branch.id, kind: 'partyGroup' }), 'done'],
    ['a group below a college', department, fresh('第一党小组', { kind: 'partyGroup' }), 'conflict'],
    ['a branch below a branch', department, fresh('八', { parentId: u.branch.id }), 'conflict'],
    ['a general branch below a college', department, fresh('九', { kind: 'generalBranch' }), 'done'],
    [
      'a type for a general branch',
      department,
      fresh('十', { kind: 'generalBranch', branchType: 'mixed' }),
      'malformed',
    ],
    ['a branch that approves', department, fresh('十一', { canApproveProbationary: true }), 'malformed'],
    ['a day to come', department, fresh('十二', { establishedOn: '2026-11-24' }), 'malformed'],
    ['today', department, fresh('十三', { establishedOn: '2026-11-23' }), 'done'],
  ])('%s', async (_what, actor, it, result) => {
    expect(await outcome(u.as(actor, (ctx) => service.establish(ctx, it)))).toBe(result)
  })

  test('a group below a direct branch, never below a general branch', async () => {
    const general = await u.organization(u.university, { kind: 'generalBranch', name: '后勤党总支' })
    const direct = await u.organization(u.university, { kind: 'directBranch', name: '图书馆直属党支部' })
    const group = (parentId: string) =>
      u.as(department, (ctx) => service.establish(ctx, fresh('一组', { parentId, kind: 'partyGroup' })))
    expect(await outcome(group(direct.id))).toBe('done')
    expect(await outcome(group(general.id))).toBe('conflict')
  })
})

describe('changing', () => {
  test('writes what is given, empties what is null, and spells the new name', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '旧名', shortName: '旧', branchType: 'mixed' })
    await u.as(department, (ctx) => service.changeOrganization(ctx, it.id, 1, { name: '新名支部', shortName: null }))
    const [row] = await u.look((db) => db.select().from(organizations).where(eq(organizations.id, it.id)))
    expect(row).toMatchObject({
      name: '新名支部',
      shortName: null,
      branchType: 'mixed',
      pinyin: 'xinmingzhibu',
      revision: 2,
    })
  })

  test('an older reading is refused', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '两人同改' })
    const change = (name: string) =>
      outcome(u.as(department, (ctx) => service.changeOrganization(ctx, it.id, 1, { name })))
    expect((await Promise.all([change('改一'), change('改二')])).sort()).toEqual(['changed', 'done'])
  })

  test.each<[string, Parameters<typeof u.as>[0], (ctx: Context) => Promise<unknown>, string]>([
    [
      'the department of another college',
      otherDepartment,
      (ctx) => service.changeOrganization(ctx, u.branch.id, 1, { code: 'x' }),
      'forbidden',
    ],
    ['an applicant', applicant, (ctx) => service.changeOrganization(ctx, u.branch.id, 1, { code: 'x' }), 'forbidden'],
    [
      'the name of a sibling',
      department,
      (ctx) => service.changeOrganization(ctx, u.branch.id, 1, { name: u.sibling.name }),
      'conflict',
    ],
    ['an unknown one', department, (ctx) => service.changeOrganization(ctx, newId(), 1, { code: 'x' }), 'not-found'],
    [
      'authority for itself',
      collegeDepartment,
      (ctx) => service.changeOrganization(ctx, u.college.id, 1, { canApproveProbationary: true }),
      'forbidden',
    ],
    [
      'authority for a branch',
      department,
      (ctx) => service.changeOrganization(ctx, u.branch.id, 1, { canApproveProbationary: true }),
      'malformed',
    ],
    [
      'authority from above',
      department,
      (ctx) => service.changeOrganization(ctx, u.college.id, 1, { canApproveProbationary: true }),
      'done',
    ],
  ])('%s', async (_what, actor, change, result) => {
    expect(await outcome(u.as(actor, change))).toBe(result)
  })
})

describe('dissolving', () => {
  const on = '2026-11-20'
  const dissolve = (id: string, actor = department) =>
    u.as(actor, (ctx) => service.dissolve(ctx, id, 1, { on, reason: '毕业' }))

  test('says how many persons and organisations are still attached', async () => {
    const group = await u.organization(u.branch, { kind: 'partyGroup', name: '第七党小组' })
    await expect(dissolve(u.sibling.id)).rejects.toThrow('还有 1 名人员，请先')
    await expect(dissolve(u.branch.id)).rejects.toThrow(/还有 2 名人员，还有 \d 个下级组织/)
    expect(await outcome(dissolve(group.id))).toBe('done')
    expect(await outcome(dissolve(group.id))).toBe('changed')
  })

  test('ends the offices, frees the name, and leaves the tree', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '毕业班党支部', establishedOn: '2022-09-01' })
    const running = await u.office(u.li, it, 'secretary', { from: '2025-01-01', until: '2027-01-01' })
    const over = await u.office(u.li, it, 'orgMember', { from: '2023-01-01', until: '2024-12-31' })
    expect(await outcome(dissolve(it.id))).toBe('done')
    const held = await u.look((db) => db.select().from(offices).where(eq(offices.organizationId, it.id)))
    expect(held.map(({ id, until, endReason }) => ({ id, until, endReason }))).toEqual(
      expect.arrayContaining([
        { id: running, until: on, endReason: '组织撤销' },
        { id: over, until: '2024-12-31', endReason: null },
      ]),
    )
    const shown = async (dissolved: boolean) =>
      (await u.as(department, (ctx) => readTree(ctx, { dissolved }))).nodes.some((node) => node.id === it.id)
    expect([await shown(false), await shown(true)]).toEqual([false, true])
    expect(await outcome(u.as(department, (ctx) => service.establish(ctx, fresh('毕业班党支部'))))).toBe('done')
    expect(await outcome(u.as(department, (ctx) => service.beginTerm(ctx, it.id, { from: on })))).toBe('conflict')
  })

  test('nobody is put into it meanwhile: who comes first wins', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '同时撤销' })
    const below = () =>
      u.as(department, (ctx) => service.establish(ctx, { parentId: it.id, kind: 'partyGroup', name: '组' }))
    expect((await Promise.all([outcome(dissolve(it.id)), outcome(below())])).sort()).toEqual(['conflict', 'done'])
  })

  test.each<[string, Parameters<typeof u.as>[0], string, string]>([
    ['the root', department, u.university.id, 'conflict'],
    ['by another college', otherDepartment, u.sibling.id, 'forbidden'],
    ['by an applicant', applicant, u.sibling.id, 'forbidden'],
    ['an unknown one', department, newId(), 'not-found'],
  ])('%s', async (_what, actor, id, result) => {
    expect(await outcome(dissolve(id, actor))).toBe(result)
  })

  test.each([
    ['before it was established', '2022-08-31', 'malformed'],
    ['to come', '2026-11-24', 'malformed'],
    ['the day it was established', '2022-09-01', 'done'],
  ] as const)('on a day %s', async (name, on, result) => {
    const it = await u.organization(u.college, { kind: 'branch', name, establishedOn: '2022-09-01' })
    expect(await outcome(u.as(department, (ctx) => service.dissolve(ctx, it.id, 1, { on, reason: '撤' })))).toBe(result)
  })
})

describe('terms', () => {
  test('last as the rules say, end with the next election, and say when to prepare it', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '换届试验支部' })
    await u.as(department, (ctx) => service.beginTerm(ctx, it.id, { from: '2020-11-30' }))
    await u.as(department, (ctx) => service.beginTerm(ctx, it.id, { from: '2023-11-30' }))
    const { terms: shown } = await u.as(applicant, (ctx) => readOrganization(ctx, it.id))
    expect(shown.map(({ from, until, standing, reElectBy }) => ({ from, until, standing, reElectBy }))).toEqual([
      { from: '2023-11-30', until: '2026-11-30', standing: 'request', reElectBy: '2026-11-30' },
      { from: '2020-11-30', until: '2023-11-30', standing: 'ended', reElectBy: '2023-11-30' },
    ])
    expect(shown[0]?.explanations[0]?.basis?.regulation).toBe('ZB-2018')
  })

  test('a delay moves the last day of the present term', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '延期试验支部' })
    const begin = (from: NewOffice['from']) => u.as(department, (ctx) => service.beginTerm(ctx, it.id, { from }))
    const id = await begin('2023-05-10')
    const delay = (until: NewOffice['from'], termId = id, actor = department) =>
      outcome(u.as(actor, (ctx) => service.delayElection(ctx, it.id, termId, { until })))
    expect(await delay('2026-05-10')).toBe('malformed')
    expect(await delay('2027-05-10', newId())).toBe('conflict')
    expect(await delay('2027-05-10', id, otherDepartment)).toBe('forbidden')
    expect(await delay('2027-05-10')).toBe('done')
    const [term] = (await u.as(department, (ctx) => readOrganization(ctx, it.id))).terms
    expect(term).toMatchObject({
      until: '2026-05-10',
      delayedUntil: '2027-05-10',
      reElectBy: '2027-05-10',
      standing: 'request',
    })
    await begin('2026-11-01')
    expect(await delay('2027-05-10')).toBe('conflict')
  })

  test.each<[string, Parameters<typeof u.as>[0], { from: NewOffice['from']; until?: NewOffice['from'] }, string]>([
    ['an election to come', department, { from: '2026-11-24' }, 'malformed'],
    ['an election today', department, { from: '2026-11-23' }, 'done'],
    ['a second one on the same day', department, { from: '2026-11-23' }, 'conflict'],
    ['an end on the first day', department, { from: '2026-01-01', until: '2026-01-01' }, 'conflict'],
    ['by another college', otherDepartment, { from: '2026-01-01' }, 'forbidden'],
    ['by the secretary of the branch', u.officer('secretary', u.branch), { from: '2026-01-01' }, 'forbidden'],
    ['by the organiser of another college', u.officer('organiser', u.other), { from: '2026-01-01' }, 'forbidden'],
  ])('%s', async (_what, actor, term, result) => {
    expect(await outcome(u.as(actor, (ctx) => service.beginTerm(ctx, u.sibling.id, term)))).toBe(result)
  })

  test.each([
    ['on the first day', '2026-01-01', 'malformed'],
    ['a mistyped year', '2062-01-01', 'malformed'],
    ['a day later', '2026-01-02', 'done'],
  ] as const)('an end %s', async (name, until, result) => {
    const it = await u.organization(u.college, { kind: 'branch', name })
    expect(await outcome(u.as(department, (ctx) => service.beginTerm(ctx, it.id, { from: '2026-01-01', until })))).toBe(
      result,
    )
  })

  test('leaders who are appointed have none', async () => {
    const it = await u.organization(u.college, { kind: 'temporaryBranch', name: '实习临时党支部' })
    expect(await outcome(u.as(department, (ctx) => service.beginTerm(ctx, it.id, { from: '2026-01-01' })))).toBe(
      'conflict',
    )
  })

  test('those near their end are listed within reach, the most urgent first', async () => {
    const v = await smallUniversity(database)
    const begin = (id: string, from: NewOffice['from']) =>
      v.as(v.actors.department, (ctx) => service.beginTerm(ctx, id, { from }))
    await begin(v.branch.id, '2023-12-24')
    await begin(v.sibling.id, '2023-01-01')
    await begin(v.distant.id, '2023-03-01')
    await begin(v.college.id, '2024-01-01')
    const listed = async (actor: Parameters<typeof v.as>[0]) =>
      (await v.as(actor, listExpiringTerms)).items.map((it) => [it.name, it.standing])
    expect(await listed(v.actors.organiser)).toEqual([
      [v.sibling.name, 'overdue'],
      [v.branch.name, 'request'],
    ])
    expect(await listed(v.actors.applicant)).toEqual([])
    expect((await listed(v.actors.department)).length).toBe(3)
  })
})

describe('reading the tree', () => {
  test('counts only persons within reach, names secretaries and terms', async () => {
    const v = await smallUniversity(database)
    await v.office(v.li, v.branch, 'secretary', { from: '2020-01-01', until: '2025-12-31' })
    await v.office(v.wang, v.branch, 'secretary', { from: '2026-01-01' })
    await v.as(v.actors.department, (ctx) => service.beginTerm(ctx, v.branch.id, { from: '2026-01-01' }))
    const counts = async (actor: Parameters<typeof v.as>[0]) =>
      (await v.as(actor, (ctx) => readTree(ctx, { dissolved: false }))).nodes.map((it) => [
        it.personCount,
        it.personCountBelow,
      ])
    expect(await counts(v.actors.department)).toEqual([
      [0, 4],
      [0, 3],
      [2, 2],
      [1, 1],
      [0, 1],
      [1, 1],
    ])
    expect(await counts(v.actors.organiser)).toEqual([
      [0, 3],
      [0, 3],
      [2, 2],
      [1, 1],
      [0, 0],
      [0, 0],
    ])
    expect(await counts(v.actors.applicant)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ])
    const { nodes } = await v.as(v.actors.applicant, (ctx) => readTree(ctx, { dissolved: false }))
    expect(nodes.find((it) => it.id === v.branch.id)).toMatchObject({
      parentId: v.college.id,
      secretary: '王一舟',
      term: { standing: 'running', reElectBy: '2029-01-01' },
      can: {
        read: true,
        change: false,
        appoint: [],
        appointBelow: false,
        authorise: false,
        readFiles: false,
        keepFiles: false,
        sendNotices: false,
      },
    })
  })

  test('takes one statement, an organisation four', async () => {
    const v = await smallUniversity(database)
    await v.as(v.actors.department, async (ctx) => {
      expect(await statementsOf(() => readTree(ctx, { dissolved: true }))).toBe(1)
      expect(await statementsOf(() => readOrganization(ctx, v.college.id))).toBe(4)
    })
  })

  test('shows one organisation with what lies above and below', async () => {
    const v = await smallUniversity(database)
    const page = await v.as(v.actors.organiser, (ctx) => readOrganization(ctx, v.college.id))
    expect(page).toMatchObject({
      above: [{ id: v.university.id, name: v.university.name }],
      children: [{ id: v.branch.id }, { id: v.sibling.id }],
      personCount: 0,
      personCountBelow: 3,
      officers: [],
      terms: [],
      can: { change: false, readFiles: true },
    })
  })
})

test('another university is not there', async () => {
  const v = await smallUniversity(database)
  expect(await outcome(v.as(v.actors.department, (ctx) => readOrganization(ctx, u.branch.id)))).toBe('not-found')
  expect(await outcome(v.as(v.actors.department, (ctx) => service.establish(ctx, fresh('外校支部'))))).toBe('not-found')
})

describe('without a scope no row is seen', () => {
  test.each(['organizations', 'offices', 'terms'])('%s', async (table) => {
    await u.look((db) =>
      db
        .insert(terms)
        .values({
          tenantId: u.tenantId,
          id: newId(),
          organizationId: u.other.id,
          path: u.other.path,
          from: '2020-01-01',
          until: '2025-01-01',
        })
        .onConflictDoNothing(),
    )
    const all = sql`select * from ${sql.identifier(table)}`
    expect((await database.app.execute(all)).rows).toEqual([])
    expect((await u.look((db) => db.execute(all))).rows).not.toEqual([])
  })
})
