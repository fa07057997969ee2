import type { DevelopmentFacts } from '@zhibu/rules'
import type { DateSystem } from '../../platform/spreadsheet/cell-value.ts'
import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import type { PersonFields } from '../people/schema.ts'
import { takeAct } from './act-cells.ts'
import { actOf } from './acts.ts'
import { faultOf, isNothing, readText } from './cells.ts'
import { readDay } from './days.ts'
import { type Field, fieldOf } from './fields.ts'
import { checkIdentity, takePerson } from './person-cells.ts'
import type { Column } from './recognition.ts'
import { type CellProblem, type Draft, emptyDraft, isImpossible, keep, refusesPrivate, report } from './row-draft.ts'
import { findShift } from './shift.ts'

/** What one row of the table says. */
export interface RowReading {
  row: number
  name: string | undefined
  /** The branch as written. */
  branch: string | undefined
  /** Attributes of the person; everything without a field of its own is in `details` by its header. */
  person: Partial<PersonFields>
  facts: DevelopmentFacts
  problems: readonly CellProblem[]
}

/**
 * Reads one row: attributes of the person, acts, and what is wrong with its cells. A cell that cannot be read is reported and
 * not guessed; the act it belongs to counts as one of unknown day. Columns mapped to null are kept as details.
 */
export function readRow(
  columns: readonly Column[],
  cells: readonly CellValue[],
  row: number,
  dateSystem: DateSystem = '1900',
): RowReading {
  const draft = draftOf(columns, cells, dateSystem, undefined)
  if (draft.faults.length < 2) return finished(draft, row)
  const typed = columns.map((it) => ({
    index: it.index,
    type: it.field === null ? undefined : fieldOf(it.field)?.type,
  }))
  const shift = findShift(typed, cells, dateSystem)
  if (shift === undefined) return finished(draft, row)

  const from = columns[shift.from]
  const until = columns[shift.until]
  const unshifted = draftOf(columns, cells, dateSystem, { from: from?.index ?? 0, until: until?.index ?? 0 })
  unshifted.faults.push({
    column: from?.letter ?? null,
    code: 'shifted-columns',
    severity: 'error',
    message: `${from?.letter} 列到 ${until?.letter} 列的内容整体向${shift.to === 'right' ? '右' : '左'}错了一列，这一段没有采用。请对照表头把单元格移回原位`,
  })
  return finished(unshifted, row)
}

/** The filled cells of a row by column letter: numbers stay numbers, days become texts. What the preview keeps. */
export type KeptCells = Record<string, string | number | boolean>

/** The filled cells of a row as they are kept. Reading them again gives the same as the file. */
export function keptOf(columns: readonly Column[], cells: readonly CellValue[]): KeptCells {
  const kept: KeptCells = {}
  for (const { index, letter } of columns) {
    const cell = cells[index] ?? null
    if (cell !== null && cell !== '') kept[letter] = cell instanceof Date ? textOf(cell) : cell
  }
  return kept
}

/** The row that kept cells stand for: the way back from `keptOf`, after edits in the preview. */
export function cellsOf(columns: readonly Column[], kept: Readonly<KeptCells>): CellValue[] {
  const cells: CellValue[] = []
  for (const { index, letter } of columns) cells[index] = kept[letter] ?? null
  return Array.from(cells, (it) => it ?? null)
}

/** The text of a kept cell as it is shown: the serial number of a day as the day. */
export function shownText({ field }: Column, cell: CellValue, dateSystem: DateSystem): string {
  if (typeof cell !== 'number' || field === null || !/^(day|month|stretch)/.test(fieldOf(field)?.type ?? '')) {
    return textOf(cell)
  }
  const read = readDay(cell, dateSystem)
  return read && 'value' in read ? read.value : textOf(cell)
}

function draftOf(
  columns: readonly Column[],
  cells: readonly CellValue[],
  dateSystem: DateSystem,
  shifted: { from: number; until: number } | undefined,
): Draft {
  const draft = emptyDraft()
  const known = fieldsOfColumns(columns)
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at]
    const cell = column === undefined ? null : (cells[column.index] ?? null)
    if (column === undefined || cell === null || cell === '') continue
    if (shifted && column.index >= shifted.from && column.index <= shifted.until) continue
    const field = known[at]
    const fault = faultOf(cell)
    if (fault) report(draft, column, fault)
    else if (field === undefined) keep(draft, column, cell)
    else take(draft, column, field, cell, dateSystem)
  }
  checkIdentity(draft, columns)
  return draft
}

/** The fields of the columns, looked up once for all rows of a table. */
function fieldsOfColumns(columns: readonly Column[]): readonly (Field | undefined)[] {
  let fields = lookedUp.get(columns)
  if (fields === undefined) {
    fields = columns.map(({ field }) => (field === null ? undefined : fieldOf(field)))
    lookedUp.set(columns, fields)
  }
  return fields
}
const lookedUp = new WeakMap<readonly Column[], readonly (Field | undefined)[]>()

function take(draft: Draft, column: Column, field: Field, cell: CellValue, dateSystem: DateSystem): void {
  const { feeds } = field
  switch (feeds.to) {
    case 'nothing':
      break
    case 'branch': {
      const read = readText(cell)
      if (read && 'value' in read && !isNothing(read.value) && !refusesPrivate(draft, column, read.value)) {
        draft.branch = read.value.slice(0, 200)
      }
      break
    }
    case 'person':
      takePerson(draft, column, feeds.key, cell, dateSystem)
      break
    case 'detail':
      takeDetail(draft, column, field, cell, dateSystem)
      break
    case 'act':
      takeAct(draft, column, field, feeds, cell, dateSystem)
  }
}

function takeDetail(draft: Draft, column: Column, field: Field, cell: CellValue, dateSystem: DateSystem): void {
  if (field.type === 'dayOrMonth' || field.type === 'day') {
    const read = readDay(cell, dateSystem)
    if (read && 'fault' in read && isImpossible(read.fault)) report(draft, column, read.fault)
    if (read && 'value' in read && typeof cell === 'number') {
      keep(draft, column, read.value)
      return
    }
  }
  keep(draft, column, cell)
}

function finished(draft: Draft, row: number): RowReading {
  const { person, details, branch, faults } = draft
  for (const [kind, { counts, details: said }] of draft.votes) {
    const { entitled, present, yes, no, abstain, writtenOpinions } = counts
    if (
      entitled === undefined ||
      present === undefined ||
      yes === undefined ||
      no === undefined ||
      abstain === undefined
    )
      continue
    const act = draft.acts.get(kind) ?? {}
    act.vote = { entitled, present, yes, no, abstain, ...(writtenOpinions === undefined ? {} : { writtenOpinions }) }
    draft.acts.set(kind, act)
    for (const header of said) delete details[header]
  }
  if (Object.keys(details).length > 0) person.details = details
  const acts = [...draft.acts].map(([kind, act]) => actOf(kind, act))
  const { name, bornOn, leavesOn, isMobile } = person
  if (name === undefined) {
    faults.push({
      column: null,
      code: 'no-name',
      severity: 'error',
      message: '这一行没有姓名。请补上姓名；不是人员的行请删去',
    })
  }
  return {
    row,
    name,
    branch,
    person,
    facts: {
      ...(bornOn === undefined ? {} : { bornOn }),
      ...(draft.bornOnByIdNumber === undefined ? {} : { bornOnByIdNumber: draft.bornOnByIdNumber }),
      ...(leavesOn === undefined ? {} : { leavesOn }),
      ...(isMobile === undefined ? {} : { isMobile }),
      acts: draft.more.length === 0 ? acts : [...acts, ...draft.more],
    },
    problems: faults.map((it) => ({ row, ...it })),
  }
}
