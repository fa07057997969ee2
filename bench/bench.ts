import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureApi, measureGrowth } from './api.ts'
import { fill } from './filling.ts'
import { measureForms } from './forms.ts'
import { measureImport } from './import.ts'
import { measureLighthouse } from './lighthouse.ts'
import { type Measure, print } from './measure.ts'
import { measureOcr } from './ocr.ts'
import { measureRules } from './rules.ts'
import { measureSearch } from './search.ts'
import { measureUpload } from './upload.ts'
import { measureWeb } from './web.ts'

/**
 * `npm run bench`: what the product promises about its speed, each as a ratio to the limit in the same run, in one table.
 * `-- --quick` compares with 200,000 persons instead of a million, imports 10,000 rows instead of 100,000, searches 50,000 documents
 * instead of a million, reads 24 pages of paper instead of 96 and makes 100 forms instead of 1,000; `-- --only api` (rules, ocr, forms,
 * web, upload, import, search, api, growth) measures a part.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string', multiple: true } } })
const wanted = (part: string) => values.only === undefined || values.only.includes(part)

const measures: Measure[] = []
if (wanted('rules')) measures.push(...measureRules())
if (wanted('ocr')) measures.push(...(await measureOcr(values.quick ? 2 : 8)))
if (wanted('forms')) measures.push(...(await measureForms(values.quick ? 100 : 1_000)))
if (wanted('web')) measures.push(...(await measureWeb()), ...(await measureLighthouse()))
if (wanted('upload')) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-bench-'))
  try {
    measures.push(...(await measureUpload(directory)))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
if (wanted('import')) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-bench-'))
  try {
    measures.push(...(await measureImport(directory, values.quick ? 10_000 : 100_000)))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
if (wanted('search')) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-bench-'))
  try {
    measures.push(...(await measureSearch(directory, values.quick ? 50_000 : 1_000_000)))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
if (wanted('api') || wanted('growth')) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-bench-'))
  try {
    const small = await fill(path.join(directory, 'small'), 10_000)
    if (wanted('growth')) {
      const large = await fill(path.join(directory, 'large'), values.quick ? 200_000 : 1_000_000)
      measures.push(...(await measureGrowth(small, large)))
    }
    if (wanted('api')) measures.push(...(await measureApi(small)))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
print(measures)
