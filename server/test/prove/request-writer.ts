import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openContent } from '../../src/platform/content/content.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { openPageReader } from '../../src/platform/pages/page-reader.ts'
import { csrfHeader } from '../../src/platform/security.ts'
import { encryption, secrets } from '../factories.ts'

/**
 * Sends requests one after the other until it is killed, on the database, the folder and the session that a file names; says
 * `begun AT` and `accepted AT` on standard output.
 */
const { address, dataDirectory, cookie, at, requests } = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'))
const database = openDatabase(address, { connections: 4 })
const config = { ...readConfig({ LOG_LEVEL: 'silent' }), baseUrl: 'http://zhibu.test' }
const contents = openContent({ dataDirectory, content: config.content }, secrets)
const pageReader = await openPageReader(path.join(dataDirectory, `pages-${process.pid}`), () => undefined)
const log = pino({ level: 'silent' })
const now = () => new Date(at)
const app = createApp({ config, secrets, encryption, database, contents, pageReader, log, webFolder: null, now })
const headers = { cookie, 'sec-fetch-site': 'same-origin', [csrfHeader]: '1', 'content-type': 'application/json' }

for (const [nth, { address: path, body }] of requests.entries()) {
  console.log(`begun ${nth}`)
  const answer = await app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(await answer.text())
  console.log(`accepted ${nth}`)
}
console.log('done')
await new Promise(() => setInterval(() => {}, 1000))
