import type { RowReading } from './reading.ts'
import type { Column } from './recognition.ts'
import type { CellProblem } from './row-draft.ts'

/**
 * Finds rows of one table that are about the same person: the same student number or identity number; where one of the two
 * rows has neither, the same name and birth is worth a look. The same name alone is not the same person.
 * Asked about the rows in order, it names the earlier one.
 */
export function duplicateFinder(columns: readonly Column[]): (reading: RowReading) => CellProblem[] {
  const byNumber = { studentNumber: new Map<string, number>(), idNumber: new Map<string, number>() }
  const byBirth = new Map<string, { row: number; isNumbered: boolean }>()
  const letterOf = (field: string) => columns.find((it) => it.field === field)?.letter ?? null

  return ({ row, person }) => {
    for (const [key, label] of numbers) {
      const number = person[key]
      if (number === undefined) continue
      const earlier = byNumber[key].get(number)
      if (earlier !== undefined)
        return [problem(row, letterOf(key), 'warning', `与第 ${earlier} 行的${label}相同，请核对是否重复登记`)]
      byNumber[key].set(number, row)
    }
    const { name, bornOn } = person
    if (name === undefined || bornOn === undefined) return []
    const isNumbered = person.studentNumber !== undefined || person.idNumber !== undefined
    const both = `${name} ${bornOn}`
    const earlier = byBirth.get(both)
    if (earlier === undefined) byBirth.set(both, { row, isNumbered })
    if (earlier === undefined || (earlier.isNumbered && isNumbered)) return []
    return [problem(row, letterOf('name'), 'info', `与第 ${earlier.row} 行同名且出生日期相同，请核对是否同一人`)]
  }
}

const numbers = [
  ['idNumber', '身份证号'],
  ['studentNumber', '学号'],
] as const

const problem = (
  row: number,
  column: string | null,
  severity: CellProblem['severity'],
  message: string,
): CellProblem => ({ row, column, code: 'duplicate-person', severity, message })
