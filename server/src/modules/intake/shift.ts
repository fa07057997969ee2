import type { DateSystem } from '../../platform/spreadsheet/cell-value.ts'
import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { halfWidth, isNothing, readDone, readNames, readSex } from './cells.ts'
import { readDay, readStretch } from './days.ts'
import type { ValueType } from './fields.ts'

/** A run of cells that stand one column beside where they belong. */
export interface Shift {
  /** Places in the list of columns, both included. */
  from: number
  until: number
  /** Where the cells have moved to. */
  to: 'right' | 'left'
}

/** A column as far as shifting is concerned: where it stands and what it should hold. */
export interface TypedColumn {
  index: number
  type: ValueType | undefined
}

/**
 * Whether a run of cells of the row fits the columns beside it but not its own: at least three cells, of which at least
 * two clearly belong to the neighbour and cannot belong where they are.
 */
export function findShift(
  columns: readonly TypedColumn[],
  cells: readonly CellValue[],
  dateSystem: DateSystem,
): Shift | undefined {
  return runOf(columns, cells, dateSystem, 'right') ?? runOf(columns, cells, dateSystem, 'left')
}

function runOf(
  columns: readonly TypedColumn[],
  cells: readonly CellValue[],
  dateSystem: DateSystem,
  to: Shift['to'],
): Shift | undefined {
  let run: { from: number; until: number; clear: number; filled: number } | undefined
  for (let at = 0; at < columns.length; at++) {
    const own = columns[at]
    const home = columns[to === 'right' ? at - 1 : at + 1]
    const cell = own === undefined ? null : (cells[own.index] ?? null)
    if (own === undefined || isNothing(halfWidth(textOf(cell)))) continue
    const isBeside = home !== undefined && Math.abs(home.index - own.index) === 1
    const atHome = isBeside ? fits(home.type, cell, dateSystem) : 'no'
    if (atHome === 'no') {
      if (isShift(run)) break
      run = undefined
      continue
    }
    const isClear = atHome === 'yes' && fits(own.type, cell, dateSystem) === 'no'
    if (run === undefined && !isClear) continue
    run ??= { from: at, until: at, clear: 0, filled: 0 }
    run.until = at
    run.filled++
    if (isClear) run.clear++
  }
  return run && isShift(run) ? { from: run.from, until: run.until, to } : undefined
}

const isShift = (run: { clear: number; filled: number } | undefined): boolean =>
  run !== undefined && run.clear >= 2 && run.filled >= 3

/** Whether the cell can stand in a column of that type; any text can stand in a column of text. */
function fits(type: ValueType | undefined, cell: CellValue, dateSystem: DateSystem): 'yes' | 'no' | 'any' {
  const text = halfWidth(textOf(cell))
  switch (type) {
    case undefined:
    case 'text':
      return 'any'
    case 'day':
    case 'dayOrMonth':
    case 'days':
    case 'month':
      return isRead(readDay(cell, dateSystem)) ? 'yes' : 'no'
    case 'stretch':
      return isRead(readStretch(cell, dateSystem)) ? 'yes' : 'no'
    case 'dayOrDone':
      return isRead(readDone(cell)) || isRead(readDay(cell, dateSystem)) ? 'yes' : 'no'
    case 'done':
    case 'yesNo':
    case 'result':
    case 'conclusion':
      return isRead(readDone(cell)) ? 'yes' : 'no'
    case 'sex':
      return /^[男女]/.test(text) && isRead(readSex(cell)) ? 'yes' : 'no'
    case 'names':
      return isRead(readNames(cell)) ? 'yes' : 'no'
    case 'ethnicity':
      return /^\p{Script=Han}{1,10}族$/u.test(text) || /^[汉满蒙回藏壮苗彝]$/.test(text) ? 'yes' : 'no'
    case 'idNumber':
      return /^\d{15}$|^\d{17}[\dXx]$/.test(text) || typeof cell === 'number' ? numberFits(cell, 15, 18) : 'no'
    case 'phone':
      return /^1\d{10}$|^0\d{2,3}-?\d{7,8}$/.test(text) ? 'yes' : 'no'
    case 'number':
      return /^[A-Za-z]{0,4}\d{4,14}$/.test(text) ? 'yes' : 'no'
    case 'count':
      return /^\d{1,4}$/.test(text) ? 'yes' : 'no'
  }
}

const isRead = (read: { value: unknown } | { fault: unknown } | undefined): boolean =>
  read !== undefined && 'value' in read

const numberFits = (cell: CellValue, least: number, most: number): 'yes' | 'no' => {
  if (typeof cell !== 'number') return 'yes'
  const digits = Math.floor(Math.log10(Math.abs(cell) + 1)) + 1
  return digits >= least && digits <= most ? 'yes' : 'no'
}
