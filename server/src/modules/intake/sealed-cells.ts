import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib'
import { maskIdentityNumber } from '@zhibu/rules'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { maskPhone } from '../people/masks.ts'
import { withMasks } from './private-numbers.ts'
import { type KeptCells, shownText } from './reading.ts'
import type { Layout } from './recognition.ts'

/** The cells of some rows by the number of each, as they stand in the file. */
export type SliceCells = Readonly<Record<string, KeptCells>>

/** Packs and seals the cells of a slice, given as JSON of `SliceCells`: a copy of the database alone shows none of them. */
export async function sealSlice(
  encryption: FieldEncryption,
  importId: string,
  firstRow: number,
  json: string,
): Promise<Buffer> {
  return encryption.sealBytes(await packed(Buffer.from(json), fast), placeOf('import_slices.cells', importId, firstRow))
}

const packed = promisify(zstdCompress)
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** The cells of a slice in the clear, for reading its rows again. */
export function openSlice(
  encryption: FieldEncryption,
  importId: string,
  { firstRow, sealed }: { firstRow: number; sealed: Buffer },
): SliceCells {
  const json = zstdDecompressSync(encryption.openBytes(sealed, placeOf('import_slices.cells', importId, firstRow)))
  return JSON.parse(json.toString('utf8'))
}

/** What was changed by hand in a row: old and new text by column letter. */
export type KeptEdits = Readonly<Record<string, { from: string; to: string }>>

/** Seals what was changed by hand in a row; null where nothing was. */
export function sealEdits(encryption: FieldEncryption, importId: string, row: number, edits: KeptEdits): string | null {
  if (Object.keys(edits).length === 0) return null
  return encryption.sealField(JSON.stringify(edits), placeOf('import_rows.edits', importId, row))
}

/** What was changed by hand in a row, by column letter. */
export function openEdits(
  encryption: FieldEncryption,
  importId: string,
  { row, edits }: { row: number; edits: string | null },
): KeptEdits {
  return edits === null ? {} : JSON.parse(encryption.openField(edits, placeOf('import_rows.edits', importId, row)))
}

/** The cells as they may be shown: identity and phone numbers as masks, wherever they stand. */
export function shownCells(
  { columns, dateSystem = '1900' }: Pick<Layout, 'columns' | 'dateSystem'>,
  kept: KeptCells,
): Record<string, string> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const cell = kept[column.letter]
      if (cell === undefined) return []
      return [[column.letter, masked(column.field, shownText(column, cell, dateSystem))]]
    }),
  )
}

function masked(field: string | null, text: string): string {
  if (field === 'idNumber') return maskIdentityNumber(text)
  if (field === 'phone') return maskPhone(text)
  return field === 'studentNumber' ? text : withMasks(text)
}

const placeOf = (what: 'import_slices.cells' | 'import_rows.edits', importId: string, row: number): string =>
  `${what}:${importId}:${row}`
