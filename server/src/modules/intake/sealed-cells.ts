import { maskIdentityNumber } from '@zhibu/rules'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { maskPhone } from '../people/sealing.ts'
import type { Column } from './recognition.ts'

/** The cells of a row as they are kept: what may be shown, and the rest sealed. */
export interface KeptCells {
  cells: Record<string, string>
  sealed: string | null
}

/** Identity numbers, wherever they stand in a row. */
const identityNumber = /\d{17}[\dXx]/

/** Parts the cells of a row into those that may be shown and those of which only a mask may be. */
export function sealCells(
  encryption: FieldEncryption,
  columns: readonly Column[],
  texts: Readonly<Record<string, string>>,
  place: string,
): KeptCells {
  const hidden: Record<string, string> = {}
  const cells: Record<string, string> = { ...texts }
  for (const { letter, field } of columns) {
    const text = texts[letter]
    if (text === undefined) continue
    const holdsNumber = identityNumber.test(text)
    if (field !== 'idNumber' && field !== 'phone' && !holdsNumber) continue
    hidden[letter] = text
    cells[letter] =
      field === 'phone' && !holdsNumber
        ? maskPhone(text)
        : field === 'idNumber'
          ? maskIdentityNumber(text)
          : text.replace(/\d{17}[\dXx]/g, (number) => maskIdentityNumber(number))
  }
  const isPlain = Object.keys(hidden).length === 0
  return { cells, sealed: isPlain ? null : encryption.sealField(JSON.stringify(hidden), place) }
}

/** The cells of a row in the clear, for reading them again. */
export function openCells(
  encryption: FieldEncryption,
  { cells, sealed }: KeptCells,
  place: string,
): Record<string, string> {
  if (sealed === null) return cells
  const hidden: Record<string, string> = JSON.parse(encryption.openField(sealed, place))
  return { ...cells, ...hidden }
}

/** Where the cells of a row are sealed for. */
export const cellsPlace = (importId: string, row: number): string => `import_rows.cells:${importId}:${row}`
