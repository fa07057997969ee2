import { addDays, type Day, isDay, isMonth, type Month, withDigits } from '@zhibu/rules'
import { type CellValue, type DateSystem, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { halfWidth, isNothing, type Reading, shortened } from './cells.ts'

/**
 * A day as people write it: 2019-09-20, 2019/9/20, 2019.9.20, 20190920, 2019年9月20日, a date cell or its serial number,
 * with full-width digits, blanks, a weekday or a time behind it. Where only the year and the month are written, the month.
 * Refuses days that do not exist and everything that would have to be guessed (two-digit years, 9/20/2019, a bare year).
 */
export function readDay(cell: CellValue, dateSystem: DateSystem = '1900'): Reading<Day | Month> {
  if (typeof cell === 'string') return readWrittenDay(cell)
  if (cell === null) return undefined
  if (cell instanceof Date) return readDateCell(cell)
  if (typeof cell === 'number') return readDayNumber(cell, dateSystem)
  return badDate(textOf(cell), '不是日期')
}

/** One day, or several separated by 、，,； or a new line: 2020.3.10、2020.9.10. Months are refused. */
export function readDays(cell: CellValue, dateSystem?: DateSystem): Reading<readonly Day[]> {
  const parts = typeof cell === 'string' ? cell.split(/[、，,；;\n]+/).filter((it) => it.trim() !== '') : [cell]
  const days: Day[] = []
  for (const part of parts) {
    const read = readDay(part, dateSystem)
    if (read === undefined) continue
    if ('fault' in read) return read
    if (!isDay(read.value)) return monthOnly(part)
    days.push(read.value)
  }
  return days.length === 0 ? undefined : { value: days }
}

/**
 * A stretch of days: 2021.4.20-2021.4.25, 2021年4月20日至25日, 2021/4/20—4/25; a single day is its own end.
 * The end takes the year, and the month, of the start where it leaves them out.
 */
export function readStretch(cell: CellValue, dateSystem?: DateSystem): Reading<{ from?: Day; until: Day }> {
  const halves = typeof cell === 'string' ? stretchHalves(halfWidth(cell)) : undefined
  if (halves === undefined) {
    const read = readDay(cell, dateSystem)
    if (read === undefined || 'fault' in read) return read
    return isDay(read.value) ? { value: { until: read.value } } : monthOnly(cell)
  }
  const from = readWrittenDay(halves[0])
  const until = from === undefined || 'fault' in from ? undefined : readWrittenDay(completed(halves[1], from.value))
  if (from === undefined || 'fault' in from) return from ?? badDate(textOf(cell), '不是起止日期')
  if (until === undefined || 'fault' in until) return until ?? badDate(textOf(cell), '不是起止日期')
  if (!isDay(from.value) || !isDay(until.value)) return monthOnly(cell)
  if (until.value < from.value) return badDate(textOf(cell), '的结束日期早于开始日期')
  return { value: { from: from.value, until: until.value } }
}

// A serial number that small or that large is a number in the wrong column, not a day: 1919 to 2099.
const earliestSerial = 7000
const latestSerial = 73_050
const earliestDay: Day = '1919-03-01'
const latestDay: Day = '2100-01-01'

// The same days are written in very many cells: a class is made activists on one day. What was read once is not read again.
const knownDays = new Map<string, Reading<Day | Month>>()
const mostKnownDays = 20_000

function readWrittenDay(written: string): Reading<Day | Month> {
  const number = plainNumber(written)
  const plain = number === undefined ? undefined : (plainDays.get(number) ?? plainDay(number))
  if (plain !== undefined) return plain
  if (written.length > 40) return parseDay(written)
  const known = knownDays.get(written)
  if (known !== undefined) return known
  const read = parseDay(written)
  if (knownDays.size >= mostKnownDays) knownDays.clear()
  knownDays.set(written, read)
  return read
}

// Days in the usual ways of writing, as numbers: 20190920. To look up a number costs less than to look up a text.
const plainDays = new Map<number, { value: Day }>()

function plainDay(number: number): { value: Day } | undefined {
  const text = String(number)
  const value = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
  if (!isDay(value) || value < earliestDay || value >= latestDay) return undefined
  if (plainDays.size >= mostKnownDays) plainDays.clear()
  const read = { value }
  plainDays.set(number, read)
  return read
}

/** The number of a day that is written as 2019-9-20, 2019/9/20, 2019.9.20, 2019年9月20日 or 20190920; whether there is such a day is not looked at. */
function plainNumber(text: string): number | undefined {
  if (text.length < 8 || text.length > 11) return undefined
  const year = digitsAt(text, 0, 4)
  if (year < 1000) return undefined
  const sign = text.charCodeAt(4)
  if (sign >= zero && sign <= nine) {
    const rest = text.length === 8 ? digitsAt(text, 4, 8) : -1
    return rest < 0 ? undefined : year * 10_000 + rest
  }
  const isChinese = sign === yearSign
  if (!isChinese && sign !== dash && sign !== dot && sign !== slash) return undefined
  const between = text.indexOf(isChinese ? '月' : text.charAt(4), 5)
  if (between < 6 || between > 7) return undefined
  const end = isChinese && text.endsWith('日') ? text.length - 1 : text.length
  const [month, day] = [digitsAt(text, 5, between), digitsAt(text, between + 1, end)]
  return month < 0 || day < 0 || end - between > 3 ? undefined : year * 10_000 + month * 100 + day
}

/** The number that these digits make; -1 where something else stands there, or nothing. */
function digitsAt(text: string, from: number, until: number): number {
  if (from >= until) return -1
  let number = 0
  for (let at = from; at < until; at++) {
    const digit = text.charCodeAt(at) - zero
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number
}

const [zero, nine, dash, dot, slash, yearSign] = [48, 57, 45, 46, 47, 0x5e74]

function parseDay(written: string): Reading<Day | Month> {
  const quick = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(written)
  if (quick) return existing(written, quick[1], quick[3], quick[4])
  const text = halfWidth(written)
  if (isNothing(text)) return undefined

  const bare = text
    .replace(/(?:[ T]|(?<=日))\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?$/, '')
    .replace(/T00:00:00(?:\.0+)?Z$/, '')
    .replace(/\(?(?:星期|周)[一二三四五六日天]\)?$/, '')
    .replace(/\s+/g, '')
  const arabic = /[〇零○一二三四五六七八九十]/.test(bare) ? withDigits(bare) : bare

  const full =
    /^(\d{4})[-/.年。、,—–_](\d{1,2})[-/.月。、,—–_](\d{1,2})[日号]?$/.exec(arabic) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(arabic)
  if (full) return existing(text, full[1], full[2], full[3])
  const month = /^(\d{4})[-/.年。、,—–_](\d{1,2})月?$/.exec(arabic) ?? /^(\d{4})(\d{2})$/.exec(arabic)
  if (month) return existing(text, month[1], month[2])
  if (/^\d{4}年?$/.test(arabic)) return badDate(text, '只有年份')
  if (/^\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$/.test(arabic)) return badDate(text, '的年份不足四位')
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/.test(arabic)) return badDate(text, '的年份不在最前面，分不清月和日')
  if (/^\d{5}$/.test(arabic)) return badDate(text, '是表格软件内部的日期序号，不是写出来的日期')
  if ((arabic.match(/\d{4}[-/.年]\d{1,2}|\d{8}/g)?.length ?? 0) > 1) return badDate(text, '含有不止一个日期')
  return badDate(text, '不是日期')
}

function readDateCell(cell: Date): Reading<Day | Month> {
  const time = cell.getTime()
  if (Number.isNaN(time)) return badDate('', '单元格里的日期无法读出')
  const day = addDays('1970-01-01', Math.floor(time / 86_400_000))
  if (day >= earliestDay && day < latestDay) return { value: day }
  return badDate(day, '不可信，多半是把别的数字设成了日期格式')
}

function readDayNumber(cell: number, dateSystem: DateSystem): Reading<Day | Month> {
  if (cell >= 19_000_101 && cell <= 21_001_231) return readWrittenDay(String(cell))
  if (cell >= 190_001 && cell <= 210_012) return readWrittenDay(String(cell))
  if (cell >= 1900 && cell < 2100 && !Number.isInteger(cell)) {
    // 2019.1 may have been typed as 2019.10: the file does not know any more.
    if (/^\d{4}\.1$/.test(String(cell))) return badDate(String(cell), '按数字保存，分不清是 1 月还是 10 月')
    return readWrittenDay(String(cell))
  }
  if (cell >= earliestSerial && cell <= latestSerial) {
    const serial = Math.floor(cell)
    return { value: dateSystem === '1904' ? addDays('1904-01-01', serial) : addDays('1899-12-30', serial) }
  }
  return badDate(String(cell), '不是日期')
}

/** The day or the month, if the calendar has it. */
function existing(text: string, year = '', month = '', date?: string): Reading<Day | Month> {
  const yearAndMonth = `${year}-${month.padStart(2, '0')}`
  const value = date === undefined ? yearAndMonth : `${yearAndMonth}-${date.padStart(2, '0')}`
  if (value < earliestDay.slice(0, 7) || value >= latestDay) return badDate(text, '的年份不可信')
  if (isDay(value) || isMonth(value)) return { value }
  return badDate(text, date === undefined ? '不是真实存在的月份' : '不是真实存在的日期')
}

const badDate = (text: string, what: string) => ({
  fault: {
    code: 'bad-date' as const,
    message: `“${shortened(text)}”${what}，请核对原件后按 2019-09-20 的样式填写`,
  },
})

/** The fault of a cell that gives only a month where a day is needed. */
export const monthOnly = (cell: CellValue) => ({
  fault: {
    code: 'bad-date' as const,
    message: `“${shortened(textOf(cell).trim())}”只有年月，这一栏要具体到日，请核对原件后补上日`,
  },
})

/** The two halves of a stretch, if the text has two: 2021.4.20-2021.4.25, 2021-04-20至2021-04-25. */
function stretchHalves(text: string): [string, string] | undefined {
  const clear = text.split(/\s*(?:至|到|~|～|—+|–|--|\s-\s)\s*/)
  if (clear.length === 2 && clear[0] && clear[1]) return [clear[0], clear[1]]
  const dashed = /^(\d{4}[./年]\d{1,2}(?:[./月]\d{1,2}日?|月)?|\d{8})-(.+)$/.exec(text)
  return dashed?.[1] && dashed[2] ? [dashed[1], dashed[2]] : undefined
}

function completed(end: string, from: Day | Month): string {
  if (/^\d{1,2}[日号]?$/.test(end)) return `${from.slice(0, 7)}-${end.replace(/[日号]/, '')}`
  return /^\d{1,2}[-/.月]\d{1,2}[日号]?$/.test(end)
    ? `${from.slice(0, 4)}-${end.replace(/[/.月]/, '-').replace(/[日号]/, '')}`
    : end
}
