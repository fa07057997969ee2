import type { ActKind, Day, DevelopmentFacts, Severity } from '@zhibu/rules'
import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import type { PersonFields } from '../people/schema.ts'
import type { ActDraft } from './acts.ts'
import type { CellFault, Reading } from './cells.ts'
import type { Column } from './recognition.ts'

export type ProblemCode = CellFault['code'] | 'id-sex' | 'shifted-columns' | 'no-name' | 'duplicate-person'

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
  votes: Map<'admissionAssembly' | 'confirmationAssembly', Record<string, number>>
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

/** Keeps the cell as a detail of the person under its header, so that nothing of the row is lost. */
export function keep(draft: Draft, column: Column, cell: CellValue): void {
  const text = textOf(cell).trim().slice(0, 2000)
  if (text === '') return
  const header = column.header.slice(0, 90)
  draft.details[header in draft.details ? `${header}（${column.letter}列）` : header] = text
}

/** A day that is written as one but does not exist; other texts in a column of details are only texts. */
export const isImpossible = (fault: CellFault): boolean => /真实存在/.test(fault.message)
