import type { Day } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import type { CellValue } from '../../platform/spreadsheet/cell-value.ts'
import { readDay, readDays, readStretch } from './days.ts'

const utc = (text: string) => new Date(`${text}T00:00:00Z`)
const value = (it: unknown) => ({ value: it })

describe('a day is read in every way people write it', () => {
  test.each<[CellValue, string]>([
    ['2019-09-20', '2019-09-20'],
    ['2019-9-20', '2019-09-20'],
    ['2019/09/20', '2019-09-20'],
    ['2019.9.20', '2019-09-20'],
    ['20190920', '2019-09-20'],
    ['2019年9月20日', '2019-09-20'],
    ['2019年09月20号', '2019-09-20'],
    ['2019 年 9 月 20 日', '2019-09-20'],
    ['2019. 9. 20', '2019-09-20'],
    ['２０１９．９．２０', '2019-09-20'],
    ['２０１９年９月２０日', '2019-09-20'],
    ['2019、9、20', '2019-09-20'],
    ['2019。9。20', '2019-09-20'],
    [' 2019-09-20 ', '2019-09-20'],
    ['2019-09-20 00:00:00', '2019-09-20'],
    ['2019-09-20T00:00:00.000Z', '2019-09-20'],
    ['2019/9/20 8:30', '2019-09-20'],
    ['2019年9月20日（星期五）', '2019-09-20'],
    ['二〇一九年九月二十日', '2019-09-20'],
    ['二零一九年十二月三十一日', '2019-12-31'],
    ['二○二一年十月十日', '2021-10-10'],
    [utc('2019-09-20'), '2019-09-20'],
    [new Date('2019-09-20T23:59:59Z'), '2019-09-20'],
    [43_728, '2019-09-20'],
    [43_728.75, '2019-09-20'],
    [20_190_920, '2019-09-20'],
    ['2020-02-29', '2020-02-29'],
  ])('%s', (cell, day) => {
    expect(readDay(cell)).toEqual(value(day))
  })

  test('a serial number counts from the day that the workbook says', () => {
    expect(readDay(43_728, '1904')).toEqual(value('2023-09-21'))
  })
})

describe('only year and month is a month', () => {
  test.each<[CellValue, string]>([
    ['2004.10', '2004-10'],
    ['2004-1', '2004-01'],
    ['2004年10月', '2004-10'],
    ['200410', '2004-10'],
    ['2004/10', '2004-10'],
    [200_410, '2004-10'],
    [2004.12, '2004-12'],
    [2004.09, '2004-09'],
    [2004.3, '2004-03'],
  ])('%s', (cell, month) => {
    expect(readDay(cell)).toEqual(value(month))
  })
})

describe('a day is never guessed', () => {
  test.each<[CellValue, RegExp]>([
    ['2019年2月30日', /不是真实存在的日期/],
    ['2019-02-29', /不是真实存在的日期/],
    ['2100-02-29', /年份不可信/],
    ['20190931', /不是真实存在的日期/],
    ['2019-13', /不是真实存在的月份/],
    ['2019-00-10', /不是真实存在的日期/],
    ['19.9.20', /年份不足四位/],
    ['9/20/2019', /分不清月和日/],
    ['2019', /只有年份/],
    ['2019年', /只有年份/],
    ['43728', /日期序号/],
    ['2019.9.20、2020.3.18', /不止一个日期/],
    ['大一上学期', /不是日期/],
    ['完成', /不是日期/],
    ['0219-09-20', /年份不可信/],
    [2019.1, /分不清是 1 月还是 10 月/],
    [4, /不是日期/],
    [13_900_001_000, /不是日期/],
    [true, /不是日期/],
    [utc('1900-01-04'), /不可信/],
    [new Date(Number.NaN), /无法读出/],
  ])('%s', (cell, message) => {
    expect(readDay(cell)).toEqual({ fault: { code: 'bad-date', message: expect.stringMatching(message) } })
  })
})

test.each<[CellValue]>([[null], [''], ['  '], ['/'], ['—'], ['无'], ['暂无'], ['\u3000']])(
  '%s says nothing',
  (cell) => {
    expect(readDay(cell)).toBeUndefined()
  },
)

test('several days in one cell are several days, and one month among them is refused', () => {
  expect(readDays('2020.3.10、2020年9月10日\n20210310')).toEqual(value(['2020-03-10', '2020-09-10', '2021-03-10']))
  expect(readDays(utc('2020-03-10'))).toEqual(value(['2020-03-10']))
  expect(readDays('2020.3.10、2020.9')).toEqual({
    fault: { code: 'bad-date', message: expect.stringMatching(/只有年月/) },
  })
})

describe('a stretch of days', () => {
  const stretch = (from: Day, until: Day) => value({ from, until })
  test.each<[CellValue, unknown]>([
    ['2021.4.20-2021.4.25', stretch('2021-04-20', '2021-04-25')],
    ['2021.4.20-4.25', stretch('2021-04-20', '2021-04-25')],
    ['2021年4月20日至25日', stretch('2021-04-20', '2021-04-25')],
    ['2021年4月20日—4月25日', stretch('2021-04-20', '2021-04-25')],
    ['2021-04-20至2021-04-25', stretch('2021-04-20', '2021-04-25')],
    ['2021/4/20 ～ 2021/4/25', stretch('2021-04-20', '2021-04-25')],
    ['20210420-20210425', stretch('2021-04-20', '2021-04-25')],
    ['2021-04-25', value({ until: '2021-04-25' })],
    [utc('2021-04-25'), value({ until: '2021-04-25' })],
    [null, undefined],
  ])('%s', (cell, expected) => {
    expect(readStretch(cell)).toEqual(expected)
  })

  test.each<[CellValue, RegExp]>([
    ['2021.4.25-2021.4.20', /早于开始日期/],
    ['2021.4-2021.5', /只有年月/],
    ['2021.4.20-31日', /不是真实存在的日期/],
    ['2021.4', /只有年月/],
  ])('%s is refused', (cell, message) => {
    expect(readStretch(cell)).toEqual({ fault: { code: 'bad-date', message: expect.stringMatching(message) } })
  })
})
