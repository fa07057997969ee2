import type { ActKind, Day, DevelopmentFacts, Severity } from '@zhibu/rules'
import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import type { PersonFields } from '../people/schema.ts'
import type { ActDraft } from './acts.ts'
import type { CellFault, Reading } from './cells.ts'
import { privateNumberIn, privateNumberNames, withMasks } from './private-numbers.ts'
import type { Column } from './recognition.ts'

export type ProblemCode =
  | CellFault['code']
  | 'id-sex'
  | 'shifted-columns'
  | 'no-name'
  | 'duplicate-person'
  | 'private-number'

/** What is wrong with a cell, or with a row where `column` is null. */
export interface CellProblem {
  /** Number of the line as the program shows it. */
  row: number
  column: string | null
  code: ProblemCode
  severity: Severity
  /** What, where, and how to mend it. Never repeats an identity number. */
  message: string
}

/** A problem of the row that is being read. */
export type Fault = Omit<CellProblem, 'row'>

/** What has been read of a row so far. */
export interface Draft {
  person: Partial<PersonFields>
  details: Record<string, string>
  branch: string | undefined
  acts: Map<ActKind, ActDraft>
  /** Further acts of kinds that may repeat. */
  more: DevelopmentFacts['acts'][number][]
  votes: Map<'admissionAssembly' | 'confirmationAssembly', { counts: Record<string, number>; details: string[] }>
  bornOnByIdNumber: Day | undefined
  sexByIdNumber: 'male' | 'female' | undefined
  faults: Fault[]
}

/** A row of which nothing has been read yet. */
export const emptyDraft = (): Draft => ({
  person: {},
  details: {},
  branch: undefined,
  acts: new Map(),
  more: [],
  votes: new Map(),
  bornOnByIdNumber: undefined,
  sexByIdNumber: undefined,
  faults: [],
})

/** The value read, or nothing after its fault has been reported. */
export function valueOr<Value>(draft: Draft, column: Column, read: Reading<Value>): Value | undefined {
  if (read === undefined) return undefined
  if ('value' in read) return read.value
  report(draft, column, read.fault)
  return undefined
}

/** Notes what is wrong with the cell of that column. */
export function report(
  draft: Draft,
  column: Column,
  fault: { code: ProblemCode; message: string },
  severity: Severity = 'error',
) {
  const message = `“${column.header.slice(0, 40)}”栏：${fault.message}`
  draft.faults.push({ column: column.letter, code: fault.code, severity, message })
}

/**
 * Keeps the cell as a detail of the person under its header, so that nothing of the row is lost. Details lie open: an
 * identity or phone number is not taken over, one between other words only as a mask. Returns the name of the detail.
 */
export function keep(draft: Draft, column: Column, cell: CellValue): string | undefined {
  const text = digitsOf(cell).trim().slice(0, 2000)
  if (text === '' || refusesPrivate(draft, column, text)) return undefined
  const header = detailHeader(draft, column)
  draft.details[header] = withMasks(text)
  return header
}

/** Reports a cell that is nothing but an identity or phone number where none belongs; true where it is one. */
export function refusesPrivate(draft: Draft, column: Column, text: string): boolean {
  const found = privateNumberIn(text)
  if (!found?.isWhole) return false
  const name = privateNumberNames[found.kind]
  report(
    draft,
    column,
    {
      code: 'private-number',
      message: `这一格看起来是${name}，没有导入。请为这一列指定对应项目“${found.kind === 'phone' ? '联系电话' : '身份证号'}”，或移到那一栏；否则不导入`,
    },
    'warning',
  )
  return true
}

/** The name under which a detail is kept; a second column of the same header gets its letter. */
function detailHeader(draft: Draft, column: Column): string {
  const header = column.header.slice(0, 90)
  return header in draft.details ? `${header}（${column.letter}列）` : header
}

/** A long number with all the digits that the file still has. */
const digitsOf = (cell: CellValue): string =>
  typeof cell === 'number' && cell >= 1e14 && cell < 1e18 && Number.isInteger(cell)
    ? BigInt(cell).toString()
    : textOf(cell)

/** A day that is written as one but does not exist; other texts in a column of details are only texts. */
export const isImpossible = (fault: CellFault): boolean => /真实存在/.test(fault.message)
