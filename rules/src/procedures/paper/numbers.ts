import { checkIdentityNumber } from '../identity.ts'
import { asDigits, labelBefore, placesOf, plain, type TextPlace } from './place.ts'

/** A number that stands on a paper. An identity number is as secret here as anywhere: it is neither logged nor kept in the clear. */
export interface NumberOnPaper extends TextPlace {
  kind: 'identityNumber' | 'phoneNumber' | 'studentNumber'
  value: string
  /** Why it has to be compared with the paper, in Chinese; absent where it is sound. The number is not repeated in it. */
  doubt?: string
}

const mark = '[0-9０-９OoＯｏQDIlＩｌ|丨Z]'
const alone = '(?<![0-9０-９A-Za-z])'
const end = '(?![0-9０-９A-Za-z])'

const identityMarks = new RegExp(`${alone}${mark}(?: ?${mark}){16} ?(?:${mark}|[XxＸｘ×])${end}`, 'gu')
const phoneMarks = new RegExp(`${alone}(?:\\+?86[- ]?)?([1lI|丨][3-9](?:[- ]?${mark}){9})${end}`, 'gu')
const studentMarks = /学\s*(?:号|籍号)\s*[:：]?\s*([0-9０-９A-Za-z]{6,14})(?![0-9０-９A-Za-z])/gu

/** Whether a line holds what looks like an identity number, sound or not: its picture is then as secret as the number. */
export const holdsIdentityNumber = (text: string): boolean => text.search(identityMarks) >= 0

/**
 * The identity, phone and student numbers in a line, from left to right. Letters that look like digits make a number doubtful; of an
 * identity number the checksum decides: one that is not sound is offered with the doubt, and never repaired. A student number has no
 * form of its own and is taken only behind its label.
 */
export function numbersInLine(text: string, line: number): NumberOnPaper[] {
  const students = placesOf(studentMarks, text, line).map(({ groups: [value = ''], ...it }): NumberOnPaper => {
    const from = it.until - value.length
    return { kind: 'studentNumber', value: plain(value), line, from, until: it.until, written: value }
  })
  const isTaken = (it: TextPlace) => students.some((student) => it.from < student.until && student.from < it.until)
  return [
    ...students,
    ...placesOf(identityMarks, text, line).map((it) => identityNumberAt(it, text)),
    ...placesOf(phoneMarks, text, line).map(phoneNumberAt),
  ]
    .filter((it) => it !== undefined)
    .filter((it) => it.kind === 'studentNumber' || !isTaken(it))
    .sort((one, other) => one.from - other.from)
}

function identityNumberAt({ line, from, until, written }: TextPlace, text: string): NumberOnPaper | undefined {
  const read = plain(written).toUpperCase().replace('×', 'X')
  const value = asDigits(read)
  const { problems } = checkIdentityNumber(value)
  const isMisread = value !== read || written.includes('×')
  const isLabelled = /身份证|公民身份|证件号/.test(labelBefore(text.slice(0, from)) ?? '')
  // Other numbers of 18 digits are in use, too: of accounts, of archives.
  if (problems.length > 0 && !isLabelled) return undefined
  const doubt = problems[0]?.message ?? (isMisread ? misreadLetters : undefined)
  return { kind: 'identityNumber', value, line, from, until, written, ...(doubt === undefined ? {} : { doubt }) }
}

function phoneNumberAt({
  line,
  from,
  until,
  written,
  groups: [number = ''],
}: TextPlace & { groups: readonly string[] }): NumberOnPaper {
  const read = plain(number).replaceAll('-', '')
  const value = asDigits(read)
  return {
    kind: 'phoneNumber',
    value,
    line,
    from,
    until,
    written,
    ...(value === read ? {} : { doubt: misreadLetters }),
  }
}

const misreadLetters = '有的数字识别成了字母，已按形状读作数字，请与原件核对'
