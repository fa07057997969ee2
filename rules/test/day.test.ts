import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  compareToMonthsAfter,
  type Day,
  daysBetween,
  firstDayOf,
  isDay,
  isMonth,
  lastDayOf,
  type Month,
  monthOf,
  monthsBetween,
  weekdayOf,
  yearOf,
} from '../src/index.ts'

const days: [text: string, is: boolean][] = [
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['2000-02-29', true],
  ['1900-02-29', false],
  ['2026-04-30', true],
  ['2026-04-31', false],
  ['2026-12-31', true],
  ['2026-12-32', false],
  ['2026-01-01', true],
  ['2026-01-00', false],
  ['2026-00-01', false],
  ['2026-13-01', false],
  ['0001-01-01', true],
  ['0000-01-01', false],
  ['2026-2-28', false],
  ['2026-02-28 ', false],
  ['2026/02/28', false],
  ['２０２６-02-28', false],
  ['20260228', false],
  ['2026-02-2x', false],
  ['', false],
]

test.each(days)('isDay(%j) is %s', (text, is) => {
  expect(isDay(text)).toBe(is)
})

test.each([
  ['2026-01', true],
  ['2026-12', true],
  ['2026-13', false],
  ['2026-00', false],
  ['2026-1', false],
  ['0000-01', false],
  ['2026-01-01', false],
])('isMonth(%j) is %s', (text, is) => {
  expect(isMonth(text)).toBe(is)
})

const months: [day: Day, count: number, reached: Day][] = [
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-01-28', 1, '2026-02-28'],
  ['2026-03-31', 1, '2026-04-30'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-02-28', 1, '2026-03-28'],
  ['2026-12-31', 2, '2027-02-28'],
  ['2026-01-15', -1, '2025-12-15'],
  ['2026-01-15', -13, '2024-12-15'],
  ['2026-05-11', 0, '2026-05-11'],
]

test.each(months)('%s and %i months is %s', (day, count, reached) => {
  expect(addMonths(day, count)).toBe(reached)
})

describe('errors of other systems', () => {
  test('a month is not 30 days', () => {
    expect(addMonths('2026-03-05', 1)).toBe('2026-04-05')
    expect(addDays('2026-03-05', 30)).toBe('2026-04-04')
    expect(addMonths('2026-02-05', 1)).toBe('2026-03-05')
    expect(addDays('2026-02-05', 30)).toBe('2026-03-07')
  })

  test('a year is not 365 days', () => {
    expect(addYears('2023-06-10', 1)).toBe('2024-06-10')
    expect(addDays('2023-06-10', 365)).toBe('2024-06-09')
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
  })

  test('eighteen years are not 18 × 365 days', () => {
    expect(addYears('2008-09-01', 18)).toBe('2026-09-01')
    expect(addDays('2008-09-01', 18 * 365)).toBe('2026-08-28')
  })
})

const between: [from: Day, to: Day, complete: number][] = [
  ['2025-01-31', '2025-02-27', 0],
  ['2025-01-31', '2025-02-28', 1],
  ['2025-01-31', '2025-03-30', 1],
  ['2025-01-31', '2025-03-31', 2],
  ['2025-06-10', '2026-06-09', 11],
  ['2025-06-10', '2026-06-10', 12],
  ['2026-03-01', '2026-03-01', 0],
  ['2026-03-01', '2026-02-02', 0],
  ['2026-03-01', '2026-02-01', -1],
  ['2026-03-31', '2026-02-28', -1],
  ['2026-03-29', '2026-02-28', -1],
  ['2026-03-28', '2026-02-27', -1],
  ['2026-03-27', '2026-02-28', 0],
]

test.each(between)('from %s to %s: %i complete months', (from, to, complete) => {
  expect(monthsBetween(from, to)).toBe(complete)
})

test.each([
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2026-12', '2026-12-01', '2026-12-31'],
] as [Month, Day, Day][])('%s goes from %s to %s', (month, first, last) => {
  expect([firstDayOf(month), lastDayOf(month)]).toEqual([first, last])
})

test('a result outside the years 0001 to 9999, or a part of a day, is refused', () => {
  expect(addDays('9999-12-30', 1)).toBe('9999-12-31')
  expect(addDays('0001-01-02', -1)).toBe('0001-01-01')
  expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
  expect(() => addDays('0001-01-01', -1)).toThrow(RangeError)
  expect(() => addMonths('9999-12-31', 1)).toThrow(RangeError)
  expect(() => addMonths('2026-01-01', 0.5)).toThrow(RangeError)
  expect(() => addDays('2026-01-01', Number.NaN)).toThrow(RangeError)
})

describe('agrees with Temporal', () => {
  const anyDay = fc
    .integer({ min: 0, max: 300_000 })
    .map((count) => day(Temporal.PlainDate.from('1600-01-01').add({ days: count })))
  const anyCount = fc.integer({ min: -2400, max: 2400 })

  test('on adding days and counting them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -90_000, max: 90_000 }), (from, count) => {
        const to = addDays(from, count)
        expect(to).toBe(day(Temporal.PlainDate.from(from).add({ days: count })))
        expect(daysBetween(from, to)).toBe(count)
      }),
    )
  })

  test('on adding months and years', () => {
    fc.assert(
      fc.property(anyDay, anyCount, (from, count) => {
        expect(addMonths(from, count)).toBe(day(Temporal.PlainDate.from(from).add({ months: count })))
        const years = Math.trunc(count / 12)
        expect(addYears(from, years)).toBe(day(Temporal.PlainDate.from(from).add({ years })))
      }),
    )
  })

  test('on days of the week, years and months', () => {
    fc.assert(
      fc.property(anyDay, (it) => {
        const oracle = Temporal.PlainDate.from(it)
        expect([weekdayOf(it), yearOf(it), monthOf(it)]).toEqual([
          oracle.dayOfWeek,
          oracle.year,
          oracle.toPlainYearMonth().toString(),
        ])
        expect(lastDayOf(monthOf(it))).toBe(day(oracle.with({ day: oracle.daysInMonth })))
      }),
    )
  })

  test('on which texts are days', () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((it) => String(it).padStart(2, '0'))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), part(14), part(33), (year, month, date) => {
        const text = `${String(year).padStart(4, '0')}-${month}-${date}`
        expect(isDay(text)).toBe(exists(text))
      }),
    )
  })
})

test('compareToMonthsAfter says on which side of addMonths a day lies', () => {
  const anyDay = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1990-01-01', count))
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -30, max: 30 }), fc.integer({ min: -40, max: 40 }), (from, count, off) => {
      const reached = addMonths(from, count)
      const day = addDays(reached, off)
      expect(Math.sign(compareToMonthsAfter(day, from, count))).toBe(day === reached ? 0 : day < reached ? -1 : 1)
    }),
  )
})

test('monthsBetween is the last count of months that does not pass the other day', () => {
  const anyDay = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1990-01-01', count))
  fc.assert(
    fc.property(anyDay, anyDay, (from, to) => {
      const count = monthsBetween(from, to)
      if (from <= to) {
        expect(count >= 0 && addMonths(from, count) <= to && addMonths(from, count + 1) > to).toBe(true)
      } else {
        expect(count <= 0 && addMonths(from, count) >= to && addMonths(from, count - 1) < to).toBe(true)
      }
    }),
  )
})

function day(date: Temporal.PlainDate): Day {
  const text = date.toString()
  if (!isDay(text)) throw new Error(`not a day: ${text}`)
  return text
}

function exists(text: string): boolean {
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}
