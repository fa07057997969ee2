import { isWorkingDay, nationalPractice } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import { journal } from '../../platform/journal.ts'
import { rules, settings } from './answers.ts'
import { development } from './routes.ts'
import { calendarFrom, type SettingsView } from './schema.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const { department, secretary, auditor } = it.actors

const stricter = { ...nationalPractice, stricter: { publicityWorkingDays: 7 } }
const year2027 = {
  holidays: { '2027-01-01': '元旦', '2027-10-01': '国庆节' },
  makeUpDays: { '2027-10-09': '国庆节' },
  source: '国务院办公厅通知（试填）',
}

test('before anything is settled the national practice and the shipped table hold', async () => {
  expect(await read(secretary)).toEqual({
    practice: nationalPractice,
    workingYears: [],
    shippedYears: [2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026],
    can: { settle: false },
  })
})

describe('local practice', () => {
  test('stricter is accepted, journalled, and every file is to be stated anew', async () => {
    expect((await put(department, '/settings/practice', stricter)).status).toBe(204)
    expect(await read(department)).toMatchObject({ practice: stricter, can: { settle: true } })
    expect(await put(department, '/settings/practice', nationalPractice)).toMatchObject({ status: 204 })
    expect((await read(department)).practice).toEqual(nationalPractice)
    const events = await it.look((db) => db.select({ event: journal.event }).from(journal))
    expect(events.map((row) => row.event)).toEqual(['development.practice-set', 'development.practice-set'])
    const { rows } = await database.asOwner((db) =>
      db.execute(sql`select data from jobs.job where data ->> 'kind' = 'development.restate'`),
    )
    expect(rows[0]).toEqual({ data: { kind: 'development.restate', data: { tenantId: it.tenantId } } })
  })

  test.each<[string, object, number]>([
    ['looser than the national rule', { ...nationalPractice, stricter: { publicityWorkingDays: 4 } }, 422],
    ['as the national rule', { ...nationalPractice, stricter: { publicityWorkingDays: 5 } }, 204],
    ['another age', { ...nationalPractice, stricter: { adultAge: 20 } }, 422],
    ['half present', { ...nationalPractice, attendance: { numerator: 1, denominator: 2 } }, 422],
    ['a figure that there is not', { ...nationalPractice, stricter: { points: 5 } }, 400],
    ['half a month', { ...nationalPractice, stricter: { oathWithinMonths: 0.5 } }, 400],
    ['two thirds of the votes', { ...nationalPractice, stricter: { yesOverShare: 0.66 } }, 204],
    ['incomplete', {}, 400],
  ])('%s', async (_what, practice, status) => {
    expect((await put(department, '/settings/practice', practice)).status).toBe(status)
  })
})

describe('the table of working days', () => {
  test('of a year takes the place of the shipped one', async () => {
    expect((await put(department, '/settings/working-years/2027', year2027)).status).toBe(204)
    expect(
      (await put(department, '/settings/working-years/2026', { ...year2027, holidays: {}, makeUpDays: {} })).status,
    ).toBe(204)
    const { workingYears, shippedYears } = await read(secretary)
    expect([workingYears.map((it) => it.year), shippedYears.at(-1)]).toEqual([[2026, 2027], 2025])
    const calendar = calendarFrom(workingYears)
    const worked = ['2027-01-01', '2027-10-09', '2026-10-01', '2025-10-01'] as const
    expect(worked.map((day) => isWorkingDay(calendar, day))).toEqual([false, true, true, false])
    expect([2025, 2026, 2027, 2028].map((year) => calendar.years.has(year))).toEqual([true, true, true, false])
  })

  test.each<[string, object, string[]]>([
    ['a day of another year', { ...year2027, holidays: { '2026-12-31': '元旦' } }, ['holidays.2026-12-31']],
    ['a worked Monday', { ...year2027, makeUpDays: { '2027-10-11': '国庆节' } }, ['makeUpDays.2027-10-11']],
    [
      'off and worked',
      { ...year2027, holidays: { '2027-10-09': '国庆节' }, makeUpDays: { '2027-10-09': '国庆节' } },
      ['makeUpDays.2027-10-09'],
    ],
  ])('%s is refused', async (_what, body, paths) => {
    const { status, fields } = await put(department, '/settings/working-years/2027', body)
    expect([status, fields?.map((field) => field.path)]).toEqual([400, paths])
  })

  test('a day that does not exist is refused', async () => {
    const body = { ...year2027, holidays: { '2027-02-29': '春节' } }
    expect((await put(department, '/settings/working-years/2027', body)).status).toBe(400)
  })
})

test.each<[string, Actor]>([
  ['a secretary', secretary],
  ['the organisation department of a college', it.officer('orgDepartment', it.college)],
  ['an administrator', auditor],
])('%s may settle nothing', async (_who, actor) => {
  expect((await put(actor, '/settings/practice', stricter)).status).toBe(403)
  expect((await put(actor, '/settings/working-years/2027', year2027)).status).toBe(403)
})

test('what somebody else has settled meanwhile is not written over, neither one after the other nor at once', async () => {
  const etag = async () => (await it.served(development, secretary).request('/settings')).headers.get('etag') ?? ''
  const before = await etag()
  const other = { ...nationalPractice, stricter: { publicityWorkingDays: 9 } }
  const at = (days: number) => ({ ...nationalPractice, stricter: { publicityWorkingDays: days } })
  expect((await put(department, '/settings/practice', other, before)).status).toBe(204)
  expect(await etag()).not.toBe(before)
  expect((await put(department, '/settings/working-years/2027', year2027, before)).status).toBe(412)
  expect((await put(department, '/settings/practice', at(8), before)).status).toBe(412)
  expect((await put(department, '/settings/practice', at(8), '')).status).toBe(412)
  expect((await read(department)).practice).toEqual(other)

  const now = await etag()
  const both = await Promise.all([6, 7].map((days) => put(department, '/settings/practice', at(days), now)))
  expect(both.map(({ status }) => status).sort()).toEqual([204, 412])
})

test('the rules are there to read, each figure with its article, source and day of checking', async () => {
  const answer = await it.served(development, secretary).request('/rules')
  const books: { id: string; checkedOn: string; articles: Record<string, unknown[]> }[] = await answer.json()
  rules.parse(books)
  expect(books[0]).toMatchObject({ id: 'XZ', checkedOn: expect.stringMatching(/^\d{4}-/), source: expect.anything() })
  expect(books[0]?.articles['13']).toHaveLength(2)
})

async function read(actor: Actor): Promise<SettingsView> {
  const view = await (await it.served(development, actor).request('/settings')).json()
  settings.parse(view)
  return view
}

async function put(
  actor: Actor,
  path: string,
  body: object,
  revision?: string,
): Promise<{ status: number; fields?: { path: string }[] }> {
  const now = (await it.served(development, department).request('/settings')).headers.get('etag') ?? ''
  const headers = { 'content-type': 'application/json', 'if-match': revision ?? now }
  const answer = await it
    .served(development, actor)
    .request(path, { method: 'PUT', headers, body: JSON.stringify(body) })
  const text = await answer.text()
  return { status: answer.status, ...(text && { fields: JSON.parse(text).fields }) }
}
