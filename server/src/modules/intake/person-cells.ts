import { checkIdentityNumber, isDay } from '@zhibu/rules'
import type { DateSystem } from '../../platform/spreadsheet/cell-value.ts'
import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import type { PersonFields } from '../people/schema.ts'
import { isNothing, readIdentityText, readSex, readText, readYesNo } from './cells.ts'
import { readDay } from './days.ts'
import type { Feeds } from './fields.ts'
import { privateNumberIn, withMasks } from './private-numbers.ts'
import type { Column } from './recognition.ts'
import { type Draft, isImpossible, keep, refusesPrivate, report, valueOr } from './row-draft.ts'

/** Takes a cell of a column that is an attribute of the person. */
export function takePerson(
  draft: Draft,
  column: Column,
  key: Extract<Feeds, { to: 'person' }>['key'],
  cell: CellValue,
  dateSystem: DateSystem,
): void {
  const { person } = draft
  switch (key) {
    case 'sex': {
      const sex = valueOr(draft, column, readSex(cell))
      if (sex) person.sex = sex
      return
    }
    case 'bornOn': {
      const born = valueOr(draft, column, readDay(cell, dateSystem))
      if (born) person.bornOn = born
      return
    }
    case 'enrolledOn':
    case 'leavesOn': {
      // Registers often give only a year or a term here: that is kept, and no day is made of it.
      const read = readDay(cell, dateSystem)
      if (read === undefined) return
      if ('fault' in read) {
        if (isImpossible(read.fault)) report(draft, column, read.fault)
        else keep(draft, column, cell)
      } else if (key === 'enrolledOn') person.enrolledOn = read.value
      else if (isDay(read.value)) person.leavesOn = read.value
      else keep(draft, column, cell)
      return
    }
    case 'isMobile': {
      const isMobile = valueOr(draft, column, readYesNo(cell))
      if (isMobile !== undefined) person.isMobile = isMobile
      return
    }
    case 'kind': {
      const text = textOf(cell).trim()
      const kind = personKindWords.find((it) => it.words.test(text))?.kind
      if (kind) person.kind = kind
      else keep(draft, column, cell)
      return
    }
    case 'idNumber': {
      if (isMask(cell)) return
      const number = valueOr(draft, column, readIdentityText(cell))
      if (number !== undefined) takeIdNumber(draft, column, number)
      return
    }
    case 'phone': {
      const read = isMask(cell) ? undefined : readText(cell)
      if (read && 'value' in read && !isNothing(read.value)) person.phone = read.value.slice(0, longestText.phone)
      return
    }
    default: {
      const read = readText(cell)
      if (!read || !('value' in read) || isNothing(read.value)) return
      // Numbers of students may look like those of phones.
      const isPhone = key === 'studentNumber' && privateNumberIn(read.value)?.kind === 'phone'
      if (!isPhone && refusesPrivate(draft, column, read.value)) return
      person[key] = (isPhone ? read.value : withMasks(read.value)).slice(0, longestText[key] ?? 100)
    }
  }
}

/** A number written with stars, as in an exported list, stands for the one that is registered already: it says nothing. */
const isMask = (cell: CellValue): boolean => typeof cell === 'string' && cell.includes('*')

const longestText: Partial<Record<string, number>> = { name: 50, phone: 30 }

const personKindWords: readonly { words: RegExp; kind: NonNullable<PersonFields['kind']> }[] = [
  { words: /研究生|硕士|博士/, kind: 'postgraduate' },
  { words: /本科|专科|大专|高职/, kind: 'undergraduate' },
  { words: /教师|专任|教授|讲师/, kind: 'teacher' },
  { words: /离退休|退休|离休/, kind: 'retired' },
  { words: /职工|管理人员|教辅|工勤|行政/, kind: 'staff' },
]

const identityCodes = {
  length: 'id-format',
  format: 'id-format',
  'fifteen-digits': 'id-15-digits',
  birth: 'id-birth',
  checksum: 'id-checksum',
} as const

/** A number that fails its check is not taken, and no birth is derived from it. */
function takeIdNumber(draft: Draft, column: Column, text: string): void {
  const { problems, number, bornOn, sex } = checkIdentityNumber(text)
  const worst = problems.find((it) => it.code === 'checksum') ?? problems[0]
  if (worst) report(draft, column, { code: identityCodes[worst.code], message: worst.message })
  if (number === undefined || bornOn === undefined) return
  draft.person.idNumber = number
  draft.bornOnByIdNumber = bornOn
  draft.sexByIdNumber = sex
}

/** Compares the sex as written with the one that the identity number tells; a difference is worth a look, no more. */
export function checkIdentity(draft: Draft, columns: readonly Column[]): void {
  const { sex } = draft.person
  if (sex === undefined || draft.sexByIdNumber === undefined || sex === draft.sexByIdNumber) return
  const column = columns.find((it) => it.field === 'sex')
  if (!column) return
  report(
    draft,
    column,
    {
      code: 'id-sex',
      message: `填写的是“${sex === 'male' ? '男' : '女'}”，而身份证号第 17 位表示“${sex === 'male' ? '女' : '男'}”，请核对`,
    },
    'info',
  )
}
