import { type Day, isDay, isMonth, type Month } from '../../kernel/day.ts'
import { withDigits } from '../../kernel/numerals.ts'
import { asDigits, labelBefore, placesOf, plain, type TextPlace } from './place.ts'

/** A day that stands on a paper, or a month where no more is written. */
export interface DayOnPaper extends TextPlace {
  kind: 'day'
  value: Day | Month
  /** What the form calls it, such as 出生日期. */
  label?: string
  /** Why it has to be compared with the paper, in Chinese; absent where it stands there plainly. */
  doubt?: string
}

const digit = '[0-9０-９OoＯｏQDIlＩｌ|丨Z]'
const gap = '[ \\t\\u3000]{0,4}'
const number = `${digit}${gap}?${digit}?`
const year = `${digit}(?:${gap}${digit}){3}`
const alone = `(?<![0-9０-９A-Za-z.．/／-])`

// 2025年5月28日, also with blanks and without 日; 2025年5月.
const withWords = new RegExp(
  `${alone}(${year})${gap}年${gap}(${number})${gap}月(?:${gap}(${number})${gap}[日号]|(${digit}{1,2})(?=$|[\\s，,。；;）)]))?`,
  'gu',
)

// 二〇二五年五月二十八日; zero is written in many ways.
const ones = '[〇零○0０OoＯ一二三四五六七八九]'
const tens = '[〇零○一二三四五六七八九十廿卅]'
const inChinese = new RegExp(
  `(?<!${ones})(${ones}(?:${gap}${ones}){3})${gap}年${gap}(${tens}{1,3})${gap}月(?:${gap}(${tens}{1,3})${gap}[日号])?`,
  'gu',
)

// 2025.5.28, 2025/05/28, 2025-05-28; recognisers also see a dot as · or 。
const withSigns = new RegExp(
  `${alone}(${year})${gap}([-/.．／·。—–])${gap}(${digit}{1,2})${gap}\\2${gap}(${digit}{1,2})(?![0-9０-９A-Za-z%％]|[.．]\\d)`,
  'gu',
)

// 2003.05 as the month of a birthday; 20030528 only behind a label, for many numbers look like that.
const monthOnly =
  /(?<![\d０-９A-Za-z.．/-])((?:19|20)\d\d)[.．/](0[1-9]|1[0-2])(?![\d０-９A-Za-z%％./．-]|\s*[元%％])/gu
const eightDigits = /(?<![\d０-９A-Za-z])(\d{4})(\d{2})(\d{2})(?![\d０-９A-Za-z])/gu

/**
 * The days in a line, from left to right. Not offered are days that the calendar does not have or that are not between 1919 and 2099,
 * and what would have to be guessed, such as a year of two digits.
 */
export function daysInLine(text: string, line: number): DayOnPaper[] {
  const found = [
    ...placesOf(withWords, text, line).map((it) => {
      const [years = '', months = '', days = '', daysAlone = ''] = it.groups.map(plain)
      return dayAt(it, [years, months, days || daysAlone])
    }),
    ...placesOf(inChinese, text, line).map((it) => dayAt(it, it.groups.map(fromChinese))),
    ...placesOf(withSigns, text, line).map((it) => {
      const [years = '', sign = '', months = '', days = ''] = it.groups.map(plain)
      return dayAt(it, [years, months, days], /[·。]/.test(sign) ? '分隔的点识别得不清楚，请与原件核对' : undefined)
    }),
    ...placesOf(monthOnly, text, line).map((it) => dayAt(it, it.groups)),
    ...placesOf(eightDigits, text, line)
      .filter((it) => /日期|时间|出生|年月/.test(labelBefore(text.slice(0, it.from)) ?? ''))
      .map((it) => dayAt(it, it.groups)),
  ]
  return found
    .filter((it) => it !== undefined)
    .map((it) => {
      const label = labelBefore(text.slice(0, it.from))
      return label === undefined ? it : { ...it, label }
    })
    .sort((one, other) => one.from - other.from)
}

function dayAt(
  { line, from, until, written }: TextPlace,
  [years = '', months = '', days = '']: readonly string[],
  doubt?: string,
): DayOnPaper | undefined {
  const two = (part: string) => asDigits(part).padStart(2, '0')
  const month = `${asDigits(years)}-${two(months)}`
  const value = days === '' ? month : `${month}-${two(days)}`
  if (value < '1919' || value >= '2100' || !(isDay(value) || isMonth(value))) return undefined
  const digits = `${years}${months}${days}`
  const isMisread = asDigits(digits) !== digits
  const why = isMisread ? '有的数字识别成了字母，已按形状读作数字，请与原件核对' : doubt
  const trimmed = written.trimEnd()
  const place = { line, from, until: until - (written.length - trimmed.length), written: trimmed }
  return { kind: 'day', value, ...place, ...(why === undefined ? {} : { doubt: why }) }
}

/** The numerals of a year, a month or a day as digits; letters stay, as they are doubtful. */
const fromChinese = (part: string): string =>
  withDigits(plain(part).replace(/^廿$/, '二十').replace('廿', '二十').replace('卅', '三十'))
