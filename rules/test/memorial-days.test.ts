import { describe, expect, test } from 'vitest'
import {
  addDays,
  isDay,
  memorialDaysBetween,
  memorialDaysCheckedOn,
  memorialDaysOf,
  weekdayOf,
  yearsWithFestivals,
} from '../src/index.ts'
import { dayInBeijing, fromMidnight, lunarMonths, solarTerm, written } from './chinese-calendar.ts'

const on = (year: number, code: string) => memorialDaysOf(year).find((it) => it.code === code)?.on

describe.each(yearsWithFestivals)('%i', (year) => {
  const { starts, unsure } = lunarMonths(year)
  const lunar = (month: number, day: number) => written((starts.get(month) ?? 0) + day - 1)
  const term = (degrees: number) => written(dayInBeijing(solarTerm(year, degrees)))

  test('the festivals stand where the sun and the moon put them', () => {
    const shipped = ['spring', 'dragonBoat', 'midAutumn', 'doubleNinth', 'qingming', 'harvest'].map((it) =>
      on(year, it),
    )
    expect(shipped).toEqual([lunar(1, 1), lunar(5, 5), lunar(8, 15), lunar(9, 9), term(15), term(180)])
  })

  test('no new moon and no solar term is so near to midnight that the oracle could be wrong', () => {
    expect(unsure * 24 * 60).toBeGreaterThan(3)
    expect(Math.min(...[15, 180].map((it) => fromMidnight(solarTerm(year, it)))) * 24 * 60).toBeGreaterThan(30)
  })

  test('the days stand in order and in their year, each code once', () => {
    const days = memorialDaysOf(year)
    expect(days.map((it) => it.on)).toEqual(days.map((it) => it.on).sort())
    expect(days.every((it) => isDay(it.on) && it.until >= it.on && it.on.startsWith(`${year}-`))).toBe(true)
    expect(new Set(days.map((it) => it.code)).size).toBe(days.length)
    expect(days.every((it) => it.sentence.endsWith('。'))).toBe(true)
  })

  test('the day of heritage is the second Saturday of June', () => {
    const day = on(year, 'heritage')
    expect(day && [weekdayOf(day), addDays(day, -7).slice(5, 7), addDays(day, -14).slice(5, 7)]).toEqual([
      6,
      '06',
      '05',
    ])
  })
})

test.each([
  ['police', 2020, undefined],
  ['police', 2021, '2021-01-10'],
  ['taiwan', 2024, undefined],
  ['taiwan', 2025, '2025-10-25'],
  ['defence', 2023, undefined],
  ['defence', 2024, '2024-09-01'],
  ['spring', 2023, undefined],
  ['spring', 2027, '2027-02-06'],
  ['spring', 2037, undefined],
  ['mourning', 2013, undefined],
  ['mourning', 2014, '2014-12-13'],
] as const)('%s in %i: %s', (code, year, day) => {
  expect(on(year, code)).toBe(day)
})

test('what nobody has compared with an official text is marked', () => {
  const marked = memorialDaysOf(2026).filter((it) => it.isToVerify)
  expect(marked.map((it) => it.code)).toEqual(['defence', 'taiwan'])
  expect(isDay(memorialDaysCheckedOn)).toBe(true)
})

test.each([
  ['2026-06-30', '2026-06-30', []],
  ['2026-07-01', '2026-07-01', ['party']],
  ['2026-09-11', '2026-09-17', ['defence']],
  ['2026-12-26', '2027-01-10', ['mao', 'newYear', 'police']],
  ['2026-07-02', '2026-07-01', []],
] as const)('from %s until %s: %j', (from, until, codes) => {
  expect(memorialDaysBetween(from, until).map((it) => it.code)).toEqual(codes)
})
