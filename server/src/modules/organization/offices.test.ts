import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { outcome } from '../../../test/outcome.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { appoint, appointAll, checkAppointments, endOffice } from './offices.ts'
import { readOrganization } from './queries.ts'
import { type NewOffice, newOffices } from './schema.ts'
import { offices } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { department, applicant } = u.actors
const collegeDepartment = u.officer('orgDepartment', u.college)
const otherDepartment = u.officer('orgDepartment', u.other)

const branch = await u.organization(u.college, { kind: 'branch', name: '任职试验支部' })
await u.office(u.li, branch, 'secretary', { from: '2024-03-01', until: '2025-02-28' })
await u.office(u.li, branch, 'orgMember', { from: '2024-03-01', until: '2025-02-28' })

describe('appointing', () => {
  const office = (more: Partial<NewOffice> = {}): NewOffice => ({
    personId: u.wang.id,
    office: 'orgMember',
    from: '2026-01-01',
    ...more,
  })
  const given = (id: string, it: NewOffice, actor = department) => u.as(actor, (ctx) => appoint(ctx, id, it))

  test('the officer is named to everyone of the university, and the journal names the person', async () => {
    const id = await given(u.sibling.id, office({ documentNumber: '云党〔2026〕3 号' }))
    const page = await u.as(u.actors.stranger, (ctx) => readOrganization(ctx, u.sibling.id))
    expect(page.officers).toEqual([
      {
        id,
        personId: u.wang.id,
        personName: '王一舟',
        office: 'orgMember',
        from: '2026-01-01',
        until: null,
        documentNumber: '云党〔2026〕3 号',
        endReason: null,
      },
    ])
    const entries = await u.look((db) => db.select().from(journal).where(eq(journal.personId, u.wang.id)))
    expect(entries.map((it) => it.event)).toEqual(['organization.office-given'])
  })

  test.each<[string, Parameters<typeof u.as>[0], NewOffice, string]>([
    [
      'a second secretary on the last day of the first',
      department,
      office({ office: 'secretary', from: '2025-02-28', until: '2025-02-28' }),
      'conflict',
    ],
    [
      'a second secretary on the day after',
      department,
      office({ office: 'secretary', from: '2025-03-01', until: '2025-03-31' }),
      'done',
    ],
    [
      'one before, that ends on the first day',
      department,
      office({ office: 'secretary', from: '2024-01-01', until: '2024-03-01' }),
      'conflict',
    ],
    [
      'one before, that ends in time',
      department,
      office({ office: 'secretary', from: '2024-01-01', until: '2024-02-29' }),
      'done',
    ],
    [
      'another person in the same office of member',
      department,
      office({ from: '2024-06-01', until: '2024-07-01' }),
      'done',
    ],
    ['the same person in the same office', department, office({ personId: u.li.id, from: '2024-06-01' }), 'conflict'],
    ['an end before the beginning', department, office({ until: '2025-12-31' }), 'malformed'],
    ['a person who is not there', department, office({ personId: newId() }), 'not-found'],
    ['a person out of reach', collegeDepartment, office({ personId: u.sun.id }), 'not-found'],
    ['by another college', otherDepartment, office(), 'forbidden'],
    ['by the secretary of the branch', u.officer('secretary', branch), office(), 'forbidden'],
    ['by an applicant', applicant, office({ personId: u.wang.id }), 'forbidden'],
  ])('%s', async (_what, actor, it, result) => {
    expect(await outcome(given(branch.id, it, actor))).toBe(result)
  })

  test.each<[string, Parameters<typeof u.as>[0], () => NewOffice, string]>([
    [
      'the organiser of the college above',
      u.officer('organiser', u.college),
      () => office({ from: '2026-02-01' }),
      'done',
    ],
    [
      'no office that a branch does not have',
      u.officer('organiser', u.college),
      () => office({ office: 'orgDepartment' }),
      'forbidden',
    ],
    ['nobody of another college', u.officer('organiser', u.college), () => office({ personId: u.sun.id }), 'not-found'],
    [
      'nobody whom a task has handed over only',
      u.officer('organiser', u.other),
      () => office({ personId: u.sun.id }),
      'forbidden',
    ],
    [
      'nor themselves, who would keep it beyond the own office',
      u.officer('organiser', u.college, u.wang),
      () => office({ office: 'secretary', from: '2026-05-01' }),
      'forbidden',
    ],
  ])('to a branch below: %s', async (_what, actor, it, result) => {
    const { id } = await u.organization(u.college, { kind: 'branch', name: `下级支部${Math.random()}` })
    expect(await outcome(given(id, it(), actor))).toBe(result)
  })

  test('an organiser gives no office of the college itself', async () => {
    expect(await outcome(given(u.college.id, office(), u.officer('organiser', u.college)))).toBe('forbidden')
  })

  test('two secretaries at once: one', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '同时任命' })
    const tries = [u.li.id, u.wang.id].map((personId) =>
      outcome(given(it.id, office({ personId, office: 'secretary' }))),
    )
    expect((await Promise.all(tries)).sort()).toEqual(['conflict', 'done'])
  })

  test('what a later module excludes is refused', async () => {
    checkAppointments(async (_ctx, personId) => {
      if (personId === u.zhao.id) throw new Refusal('conflict', '系统管理员不能任职。')
    })
    await expect(given(branch.id, office({ personId: u.zhao.id }))).rejects.toThrow('系统管理员不能任职')
  })

  test('an office ends once, within its time', async () => {
    const it = await u.organization(u.college, { kind: 'branch', name: '离任试验支部' })
    const id = await given(it.id, office({ office: 'secretary' }))
    const end = (on: NewOffice['from'], actor = department) =>
      outcome(u.as(actor, (ctx) => endOffice(ctx, it.id, id, { on, reason: '换届' })))
    expect(await end('2025-12-31')).toBe('malformed')
    expect(await end('2026-06-30', otherDepartment)).toBe('forbidden')
    expect(await end('2026-06-30', applicant)).toBe('forbidden')
    expect(await end('2026-06-30')).toBe('done')
    expect(await end('2026-07-01')).toBe('conflict')
    expect(await outcome(u.as(department, (ctx) => endOffice(ctx, it.id, newId(), { on: '2026-06-30' })))).toBe(
      'not-found',
    )
    const page = await u.as(department, (ctx) => readOrganization(ctx, it.id))
    expect([page.officers, page.formerOfficers.map((row) => row.endReason)]).toEqual([[], ['换届']])
    expect(page.revision).toBe(3)
  })
})

describe('appointing in several branches at once', () => {
  const organiser = u.officer('organiser', u.college)
  const several = (rows: z.input<typeof newOffices>['offices']) =>
    u.as(organiser, (ctx) => appointAll(ctx, newOffices.parse({ offices: rows })))
  const twoBranches = async () => [
    await u.organization(u.college, { kind: 'branch', name: `甲支部${Math.random()}` }),
    await u.organization(u.college, { kind: 'branch', name: `乙支部${Math.random()}` }),
  ]
  const officersOf = async (it: { id: string } | undefined) => {
    const page = await u.as(organiser, (ctx) => readOrganization(ctx, it?.id ?? ''))
    return [...page.officers, ...page.formerOfficers].map((row) => [row.personName, row.office, row.from, row.until])
  }

  test('the present secretary leaves on the day before, where it is said so', async () => {
    const [first, second] = await twoBranches()
    if (!first || !second) throw new Error('two branches were made')
    await u.office(u.zhao, first, 'secretary', { from: '2023-03-01' })
    const row = { office: 'secretary', from: '2026-03-01', until: '2029-02-28' } as const
    await several([
      { ...row, organizationId: second.id, personId: u.wang.id },
      { ...row, organizationId: first.id, personId: u.li.id, replaces: true },
      { ...row, organizationId: first.id, personId: u.wang.id, office: 'orgMember' },
    ])
    expect([await officersOf(first), await officersOf(second)]).toEqual([
      [
        ['李晓岚', 'secretary', '2026-03-01', '2029-02-28'],
        ['王一舟', 'orgMember', '2026-03-01', '2029-02-28'],
        ['赵思远', 'secretary', '2023-03-01', '2026-02-28'],
      ],
      [['王一舟', 'secretary', '2026-03-01', '2029-02-28']],
    ])
  })

  test('all or none, and the row is named', async () => {
    const [first, second] = await twoBranches()
    if (!first || !second) throw new Error('two branches were made')
    await u.office(u.zhao, second, 'secretary', { from: '2023-03-01' })
    const row = { office: 'secretary', from: '2026-03-01' } as const
    const good = { ...row, organizationId: first.id, personId: u.li.id }
    await expect(several([good, { ...row, organizationId: second.id, personId: u.wang.id }])).rejects.toThrow(
      /^第 2 项：赵思远任此职的时间/,
    )
    const backwards = several([good, { ...good, office: 'orgMember', until: '2026-02-01' }])
    await expect(backwards).rejects.toMatchObject({ fields: [{ path: 'offices.1.until' }] })
    expect(await officersOf(first)).toEqual([])
  })
})

test('the database itself refuses an office outside the reach of who writes it', async () => {
  const stolen = u.as(u.actors.siblingSecretary, (ctx) =>
    ctx.db
      .update(offices)
      .set({ until: '2020-01-01' })
      .where(and(eq(offices.tenantId, u.tenantId), eq(offices.organizationId, u.branch.id))),
  )
  expect((await stolen).rowCount).toBe(0)
})
