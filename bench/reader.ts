import { readFile } from 'node:fs/promises'
import { readWorkbook } from '../server/src/platform/spreadsheet/workbook.ts'

/** A process that reads a spreadsheet, does nothing with it, and prints how many milliseconds reading took. */
const bytes = await readFile(process.argv[2] ?? '')
const started = performance.now()
const { sheets } = await readWorkbook(bytes)
if (sheets.length === 0) throw new Error('there is no sheet')
console.log(performance.now() - started)
