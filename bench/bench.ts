import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureApi, measureGrowth } from './api.ts'
import { measureCertificates } from './certificates.ts'
import { measureDiscussion } from './discussion.ts'
import { measureDocuments } from './documents.ts'
import { fill } from './filling.ts'
import { measureForms } from './forms.ts'
import { measureImport } from './import.ts'
import { measureLighthouse } from './lighthouse.ts'
import { measureLive } from './live.ts'
import { type Measure, print } from './measure.ts'
import { measureNotices } from './notices.ts'
import { measureOcr } from './ocr.ts'
import { measureReports } from './reports.ts'
import { measureRoom } from './room.ts'
import { measureRules } from './rules.ts'
import { measureSearch } from './search.ts'
import { measureSite } from './site.ts'
import { measureTraining } from './training.ts'
import { measureUpload } from './upload.ts'
import { measureWeb } from './web.ts'

/**
 * `npm run bench`: what the product promises about its speed, each as a ratio to the limit in the same run, in one table.
 * `-- --quick` compares with 200,000 persons instead of a million, imports 10,000 rows instead of 100,000, files 1,000 documents instead
 * of 10,000, sends a notice to 10,000 persons instead of 100,000, talks in 20,000 posts instead of 100,000, searches 50,000 instead of a million, reads 24 pages of paper instead of
 * 96 and makes 100 forms and certificates instead of 1,000;
 * `-- --only api` (rules, ocr, forms, certificates, web, site, upload, import, documents, notices, training, discussion, live, room, search, reports, api, growth) measures a part.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string', multiple: true } } })
const wanted = (part: string) => values.only === undefined || values.only.includes(part)

const measures: Measure[] = []
if (wanted('rules')) measures.push(...measureRules())
if (wanted('ocr')) measures.push(...(await measureOcr(values.quick ? 2 : 8)))
if (wanted('forms')) measures.push(...(await measureForms(values.quick ? 100 : 1_000)))
if (wanted('certificates')) measures.push(...(await measureCertificates(values.quick ? 100 : 1_000)))
if (wanted('web')) measures.push(...(await measureWeb()), ...(await measureLighthouse()))
if (wanted('site')) measures.push(...(await inDirectory((it) => measureSite(it, values.quick ? 1_000 : 20_000))))
if (wanted('upload')) measures.push(...(await inDirectory(measureUpload)))
if (wanted('import')) measures.push(...(await inDirectory((it) => measureImport(it, values.quick ? 10_000 : 100_000))))
if (wanted('documents'))
  measures.push(...(await inDirectory((it) => measureDocuments(it, values.quick ? 1_000 : 10_000))))
if (wanted('notices'))
  measures.push(...(await inDirectory((it) => measureNotices(it, values.quick ? 10_000 : 100_000))))
if (wanted('training')) measures.push(...(await inDirectory((it) => measureTraining(it, 10_000))))
if (wanted('discussion'))
  measures.push(...(await inDirectory((it) => measureDiscussion(it, values.quick ? 20_000 : 100_000))))
if (wanted('live')) measures.push(...(await inDirectory((it) => measureLive(it, values.quick ? 200 : 2_000))))
if (wanted('room')) measures.push(...(await inDirectory((it) => measureRoom(it, 200))))
if (wanted('search'))
  measures.push(...(await inDirectory((it) => measureSearch(it, values.quick ? 50_000 : 1_000_000))))
if (wanted('reports'))
  measures.push(...(await inDirectory((it) => measureReports(it, values.quick ? 20_000 : 100_000))))
if (wanted('api') || wanted('growth')) measures.push(...(await inDirectory(measurePages)))
print(measures)

async function measurePages(directory: string): Promise<Measure[]> {
  const small = await fill(path.join(directory, 'small'), 10_000)
  const large = wanted('growth') && (await fill(path.join(directory, 'large'), values.quick ? 200_000 : 1_000_000))
  return [...(large ? await measureGrowth(small, large) : []), ...(wanted('api') ? await measureApi(small) : [])]
}

/** Measures in a directory of its own, which is gone afterwards. */
async function inDirectory(measured: (directory: string) => Promise<Measure[]>): Promise<Measure[]> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-bench-'))
  try {
    return await measured(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
