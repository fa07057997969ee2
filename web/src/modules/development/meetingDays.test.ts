import { expect, test } from 'vitest'
import { daysOfRule, readDays } from './meetingDays.ts'

test.each([
  ['', [], []],
  ['2026-12-02', ['2026-12-02'], []],
  ['2027-01-06\n2026-12-02', ['2026-12-02', '2027-01-06'], []],
  ['2026年12月2日，2026.12.2；2027/1/6', ['2026-12-02', '2027-01-06'], []],
  ['2026-02-29', [], ['“2026-02-29”：2026年2月29日不存在，请核对。']],
  ['2026-12-02 下周三', ['2026-12-02'], ['“下周三”：看不出是哪一天，请写成 2026-05-11 的样子。']],
])('pasted days %j', (text, days, problems) => {
  expect(readDays(text)).toEqual({ days, problems })
})

test.each([
  ['the first Wednesday', 3, 1, ['2026-12-02', '2027-01-06', '2027-02-03']],
  ['the fourth Tuesday', 2, 4, ['2026-11-24', '2026-12-22', '2027-01-26']],
  ['a Tuesday that is the last day', 2, 1, ['2026-12-01', '2027-01-05', '2027-02-02']],
] as const)('%s of each month', (_, weekday, nth, days) => {
  expect(daysOfRule({ weekday, nth }, '2026-11-24', '2027-02-03')).toEqual(days)
})

test('every Monday, both ends counted', () => {
  expect(daysOfRule({ weekday: 1, nth: 'every' }, '2026-11-30', '2026-12-14')).toEqual([
    '2026-11-30',
    '2026-12-07',
    '2026-12-14',
  ])
})
