import { describe, expect, test } from 'vitest'
import {
  addDays,
  addWorkingDays,
  calendarOf,
  type Day,
  holidayNotices,
  isWorkingDay,
  seededCalendar,
  weekdayOf,
  workingDays,
} from '../src/index.ts'

const workedOrNot: [why: string, day: Day, worked: boolean][] = [
  ['an ordinary Monday', '2026-11-23', true],
  ['an ordinary Saturday', '2026-11-21', false],
  ['New Year’s Day', '2026-01-01', false],
  ['the Friday after New Year', '2026-01-02', false],
  ['a make-up Sunday', '2026-01-04', true],
  ['a make-up Saturday before the Spring Festival', '2026-02-14', true],
  ['the first day of the Spring Festival', '2026-02-15', false],
  ['the last day of the Spring Festival', '2026-02-23', false],
  ['the day after the Spring Festival', '2026-02-24', true],
  ['a make-up Saturday after it', '2026-02-28', true],
  ['a make-up Saturday in May', '2026-05-09', true],
  ['a make-up Sunday in September', '2026-09-20', true],
  ['the last day of the National Day holiday', '2026-10-07', false],
  ['the day after it', '2026-10-08', true],
  ['a make-up Saturday in October', '2026-10-10', true],
  ['the Saturday a week later', '2026-10-17', false],
  ['the Spring Festival as extended in 2020', '2020-01-31', false],
  ['the first working day of February 2020', '2020-02-03', true],
  ['the holiday of 3 September 2015', '2015-09-03', false],
  ['the Sunday worked for it', '2015-09-06', true],
  ['2 May before it was a holiday by law', '2018-05-02', true],
  ['the day before New Year 2019, arranged by the notice for 2019', '2018-12-31', false],
  ['the Saturday worked for it', '2018-12-29', true],
]

test.each(workedOrNot)('%s, %s: worked %s', (_why, day, worked) => {
  expect(isWorkingDay(seededCalendar, day)).toBe(worked)
})

/** The working days of each year, counted from the notices by hand. */
test.each([
  [2024, 251, false],
  [2025, 248, false],
  [2026, 248, true],
])('%i has %i working days; provisional, because the next year may reach into it: %s', (year, count, provisional) => {
  expect(workingDays(seededCalendar, `${year}-01-01`, `${year}-12-31`)).toEqual({ count, provisional })
})

describe('counting on', () => {
  test('the day itself is not counted, weekends are named', () => {
    expect(addWorkingDays(seededCalendar, '2026-11-19', 5)).toEqual({
      day: '2026-11-26',
      provisional: false,
      skipped: [
        { day: '2026-11-21', name: '星期六' },
        { day: '2026-11-22', name: '星期日' },
      ],
    })
  })

  test('a public notice before the Spring Festival: the make-up Saturday counts, the festival does not', () => {
    expect(addWorkingDays(seededCalendar, '2026-02-11', 5)).toEqual({
      day: '2026-02-25',
      provisional: false,
      skipped: (['15', '16', '17', '18', '19', '20', '21', '22', '23'] as const).map((it) => ({
        day: `2026-02-${it}`,
        name: '春节',
      })),
    })
  })

  test('forgotten make-up days would give a day too late', () => {
    const forgotten = { ...seededCalendar, makeUpDays: new Map() }
    expect(addWorkingDays(seededCalendar, '2026-10-08', 3).day).toBe('2026-10-12')
    expect(addWorkingDays(forgotten, '2026-10-08', 3).day).toBe('2026-10-13')
  })

  test('counting back, and counting nothing', () => {
    expect(addWorkingDays(seededCalendar, '2026-01-05', -2)).toEqual({
      day: '2025-12-31',
      provisional: false,
      skipped: [
        { day: '2026-01-03', name: '元旦' },
        { day: '2026-01-02', name: '元旦' },
        { day: '2026-01-01', name: '元旦' },
      ],
    })
    expect(addWorkingDays(seededCalendar, '2026-01-03', 0)).toEqual({
      day: '2026-01-03',
      provisional: false,
      skipped: [],
    })
  })
})

describe('a year without a notice', () => {
  test('is taken as Monday to Friday, and said to be provisional', () => {
    expect(addWorkingDays(seededCalendar, '2026-12-30', 2)).toMatchObject({ day: '2027-01-01', provisional: true })
    expect(workingDays(seededCalendar, '2026-12-28', '2027-01-03')).toEqual({ count: 5, provisional: true })
    expect(workingDays(seededCalendar, '2013-12-31', '2014-01-02')).toEqual({ count: 2, provisional: true })
  })

  test('makes the last week of the year before it provisional, in which its New Year holiday may begin', () => {
    expect(workingDays(seededCalendar, '2026-12-21', '2026-12-24')).toEqual({ count: 4, provisional: false })
    expect(workingDays(seededCalendar, '2026-12-21', '2026-12-25')).toEqual({ count: 5, provisional: true })
    expect(addWorkingDays(seededCalendar, '2026-12-23', 1)).toMatchObject({ day: '2026-12-24', provisional: false })
    expect(addWorkingDays(seededCalendar, '2026-12-24', 1)).toMatchObject({ day: '2026-12-25', provisional: true })
    expect(workingDays(seededCalendar, '2025-12-25', '2025-12-31')).toEqual({ count: 5, provisional: false })
  })

  test('is sure once its notice is entered', () => {
    const calendar = calendarOf([...holidayNotices, { year: 2027, holidays: [['元旦', '2027-01-01', '2027-01-03']] }])
    expect(workingDays(calendar, '2026-12-28', '2027-01-04')).toEqual({ count: 5, provisional: false })
  })
})

test('both ends are counted, and nothing where the end is before the beginning', () => {
  expect(workingDays(seededCalendar, '2026-11-23', '2026-11-23').count).toBe(1)
  expect(workingDays(seededCalendar, '2026-11-21', '2026-11-22').count).toBe(0)
  expect(workingDays(seededCalendar, '2026-11-24', '2026-11-23')).toEqual({ count: 0, provisional: false })
})

describe.each(holidayNotices)('the notice for $year', ({ year, urls, holidays }) => {
  test('is published by the State Council and follows the one before', () => {
    expect(urls.every((it) => it.startsWith('https://www.gov.cn/'))).toBe(true)
    expect(holidayNotices[year - 2014]?.year).toBe(year)
  })

  test('arranges holidays in order, and only weekend days outside them are made up', () => {
    expect(holidays.map(([, from]) => from)).toEqual(holidays.map(([, from]) => from).toSorted())
    for (const [, from, until, ...makeUpDays] of holidays) {
      expect(from <= until).toBe(true)
      for (const it of makeUpDays) {
        expect(weekdayOf(it)).toBeGreaterThan(5)
        expect(seededCalendar.holidays.has(it)).toBe(false)
      }
    }
  })

  test('leaves exactly the statutory days off beyond weekends and make-up days', () => {
    const statutory = year >= 2025 ? 13 : 11
    // 2015: a holiday for the one year. 2020: the festival was made longer by a Friday, and the Saturday after it was not worked.
    const exceptions: Record<number, number> = { 2015: 12, 2020: 13 }
    let off = 0
    for (const [, from, until, ...makeUpDays] of holidays) {
      for (let day = from; day <= until; day = addDays(day, 1)) if (weekdayOf(day) <= 5) off++
      off -= makeUpDays.length
    }
    expect(off).toBe(exceptions[year] ?? statutory)
  })
})
