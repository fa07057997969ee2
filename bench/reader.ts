import { readFile } from 'node:fs/promises'
import { readXlsx } from 'hucre'
import { openWorkbook } from '../server/src/platform/spreadsheet/workbook.ts'

/**
 * A process that reads a spreadsheet, does nothing with it, and prints how many milliseconds that took: `library` the whole
 * workbook at once, `ours` line by line and looked over before.
 */
const [file = '', how] = process.argv.slice(2)
const bytes = await readFile(file)
const started = performance.now()
if (how === 'library') await readXlsx(bytes)
else for (const sheet of (await openWorkbook(bytes)).sheets) for await (const _ of sheet.lines());
console.log(performance.now() - started)
