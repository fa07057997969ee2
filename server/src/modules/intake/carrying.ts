import type { Context } from '../../platform/context.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { cellsInFile } from './kept-cells.ts'
import { type CellEdits, edited, type ImportRowStored, type JudgedRow, type RowsOf } from './kept-rows.ts'
import { cellsOf, type KeptCells, type RowReading, readRow, shownText } from './reading.ts'
import type { Layout } from './recognition.ts'
import type { ReadLine } from './remote-workbook.ts'
import { openEdits } from './sealed-cells.ts'

/** What somebody decided about a row in the preview, so that it is not lost when a corrected file comes in its place. */
interface Carried {
  /** By what the row of the new file is known: a number, or name and birth. */
  key: string
  /** Whether it repeated an earlier row: of two rows about one person this tells them apart. */
  isRepeated: boolean
  decided: string | null
  /** New texts by header, each with the text that stood in the file. */
  edits: readonly { header: string; from: string; to: string }[]
}

/** The rows of the preview about which something was decided by hand, as sealed JSON for `imports.carried`; null where there are none. */
export async function carriedFrom(ctx: Context, of: RowsOf, rows: readonly ImportRowStored[]): Promise<string | null> {
  const cells = await cellsInFile(ctx, of.id, rows)
  const carried = rows.flatMap((row): Carried[] => {
    const edits = Object.entries(openEdits(ctx.encryption, of.id, row))
    const key = keyOf(readAs(of.layout, cells.get(row.row) ?? {}, row.row))
    if (key === undefined) return []
    const isRepeated = row.problems.some(({ code }) => code === 'duplicate-person')
    const headers = new Map(of.layout.columns.map(({ letter, header }) => [letter, header]))
    const byHeader = edits.map(([letter, { from, to }]) => ({ header: headers.get(letter) ?? '', from, to }))
    return [{ key, isRepeated, decided: row.decided, edits: byHeader }]
  })
  return carried.length === 0 ? null : ctx.encryption.sealField(JSON.stringify(carried), placeOf(of.id))
}

/** Makes rows of a new file what was decided about them before, where anything was; an edit only where the file still says what it said then. */
export function carriedOver(
  encryption: FieldEncryption,
  { id, carried }: { id: string; carried: string | null },
): (layout: Layout, line: ReadLine) => Omit<JudgedRow, 'judgement'> | undefined {
  const known: Carried[] = carried === null ? [] : JSON.parse(encryption.openField(carried, placeOf(id)))
  const byKey = new Map(known.map((it) => [`${it.key} ${it.isRepeated}`, it]))
  return (layout, line) => {
    if (byKey.size === 0) return undefined
    const inFile = line.reading()
    const isRepeated = inFile.problems.some(({ code }) => code === 'duplicate-person')
    const it = byKey.get(`${keyOf(inFile)} ${isRepeated}`)
    if (!it) return undefined
    const before: KeptCells = JSON.parse(line.cells)
    const { kept, made } = edited(layout, before, stillFitting(layout, before, it))
    if (Object.keys(made).length === 0) return { reading: inFile, edits: {}, decided: it.decided }
    const own = readAs(layout, kept, inFile.row)
    const between = inFile.problems.filter(({ code }) => code === 'duplicate-person')
    const reading = { ...own, branch: own.branch ?? inFile.branch, problems: [...own.problems, ...between] }
    return { reading, edits: made, decided: it.decided }
  }
}

function stillFitting({ columns, dateSystem = '1900' }: Layout, cells: KeptCells, { edits }: Carried): CellEdits {
  return Object.fromEntries(
    edits.flatMap(({ header, from, to }) => {
      const column = columns.find((it) => it.header === header)
      const stands = column && shownText(column, cells[column.letter] ?? null, dateSystem)
      return column && stands === from ? [[column.letter, to]] : []
    }),
  )
}

const readAs = ({ columns, dateSystem }: RowsOf['layout'], cells: KeptCells, row: number): RowReading =>
  readRow(columns, cellsOf(columns, cells), row, dateSystem)

function keyOf({ person: { studentNumber, idNumber, name, bornOn } }: RowReading): string | undefined {
  if (studentNumber !== undefined) return `number ${studentNumber}`
  if (idNumber !== undefined) return `id ${idNumber}`
  return name === undefined ? undefined : `name ${name} ${bornOn ?? ''}`
}

const placeOf = (importId: string): string => `imports.carried:${importId}`
