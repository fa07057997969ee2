/** A cell as it stands in the file. Days of the file's own date type come as UTC midnight. */
export type CellValue = string | number | boolean | Date | null

/** From which day a workbook counts its serial numbers: 1900 (usual) or 1904 (old Macs). */
export type DateSystem = '1900' | '1904'

/** The mark that the workbook reader leaves where a formula has no plain stored value. */
export const formulaMark = '=公式'

/** What of a cell is kept and shown: days as 2019-09-20, a number too long to be exact in its rounded form. */
export function textOf(cell: CellValue): string {
  if (typeof cell === 'string') return cell
  if (cell === null) return ''
  if (typeof cell === 'number')
    return Number.isSafeInteger(cell) || Math.abs(cell) < 1e15 ? String(cell) : cell.toExponential()
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  return dayTextOf(cell.getTime())
}

// The same days stand in a table again and again, and to write one down takes long.
const dayTexts = new Map<number, string>()
const mostDayTexts = 20_000

function dayTextOf(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return ''
  const known = dayTexts.get(milliseconds)
  if (known !== undefined) return known
  if (dayTexts.size >= mostDayTexts) dayTexts.clear()
  const text = new Date(milliseconds).toISOString().slice(0, 10)
  dayTexts.set(milliseconds, text)
  return text
}
