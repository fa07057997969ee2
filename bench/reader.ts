import { readFile } from 'node:fs/promises'
import { openWorkbook } from '../server/src/platform/spreadsheet/workbook.ts'

/** A process that reads a spreadsheet, does nothing with it, and prints how many milliseconds reading took. */
const bytes = await readFile(process.argv[2] ?? '')
const started = performance.now()
const { sheets } = await openWorkbook(bytes)
let lines = 0
for (const sheet of sheets) for await (const _ of sheet.lines()) lines++
if (lines === 0) throw new Error('there is no line')
console.log(performance.now() - started)
