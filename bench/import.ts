import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { joinCluster } from '../server/src/platform/cluster.ts'
import { superuser } from '../server/src/platform/place.ts'
import { copyTimes } from './copying.ts'
import { fill } from './filling.ts'
import { aside, atMost, duration, type Measure, median } from './measure.ts'
import { asked, freePort, memoryOf, type Served, startServer } from './processes.ts'
import { inventRoster } from './roster.ts'

const rounds = 3

/** What is answered within so many milliseconds is felt to be answered at once (Miller 1968; Nielsen 1993). */
const unnoticed = 100

/**
 * The import of so many rows of 43 cells through the real server: upload to preview in terms of the library reading the file alone, the
 * commit in terms of COPY of the same rows into tables of the same shape in the same database, and how long anybody else
 * would have waited for the server meanwhile.
 */
export async function measureImport(directory: string, rows: number): Promise<Measure[]> {
  await mkdir(directory, { recursive: true })
  const filled = await fill(directory, 2_000)
  const roster = path.join(directory, 'roster.xlsx')
  const bytes = await inventRoster(
    rows,
    Array.from({ length: 40 }, (_, at) => `第${at + 1}党支部`),
  )
  await writeFile(roster, bytes)
  const metricsPort = await freePort()
  const server = await startServer(directory, { METRICS_PORT: String(metricsPort) })
  const cluster = await joinCluster(directory)
  const database = new pg.Client(cluster.connection(superuser, 'zhibu'))
  await database.connect()
  try {
    const desk = deskAt(server, filled.cookies[0] ?? '')
    const [library, ours]: [number[], number[]] = [[], []]
    const preview: number[] = []
    await longestStall(metricsPort)
    for (let round = 1; round <= rounds; round++) {
      if (round > 1) await desk.discard()
      library.push(await readAlone(roster, 'library'))
      ours.push(await readAlone(roster, 'ours'))
      preview.push(await desk.upload(bytes, rows))
    }
    const previewStall = await longestStall(metricsPort)
    const commit = await desk.commit(rows)
    const commitStall = await longestStall(metricsPort)
    const memory = await memoryOf(server, 'VmHWM')
    const copying = await copyTimes(database, cluster.dataDirectory, desk.importId(), rounds)
    const size = `${rows.toLocaleString('en')} × 43`
    return [
      duration(`import: upload to preview of ${size} / the reader alone`, median(preview), median(library), 2),
      aside(duration('     against our own reading, line by line', median(preview), median(ours), 2)),
      duration(`import: commit of ${size} / COPY of every row it writes`, commit, copying.everything, 3),
      aside(duration('     against COPY of persons and acts only', commit, copying.facts, 3)),
      atMost('import: longest stall of the server while previewing', previewStall, unnoticed, 'ms'),
      atMost('import: longest stall of the server while committing', commitStall, unnoticed, 'ms'),
      aside(atMost('import: memory of the server, its reading thread included', memory, 0, 'MB')),
    ]
  } finally {
    await database.end()
    await server.stop()
    await cluster.stop()
  }
}

/** How long a process of its own takes for nothing but reading the file, in milliseconds. */
async function readAlone(file: string, how: 'library' | 'ours'): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/reader.ts', file, how], {
    cwd: path.join(import.meta.dirname, '..'),
  })
  return Number(stdout)
}

/** The wizard as a browser asks for it; times in milliseconds. */
function deskAt(server: Served, cookie: string) {
  let id = ''
  const ask = async (method: string, address: string, body?: Uint8Array | object) => {
    const response = await asked(server, cookie, method, `/intake${address}`, body)
    return response.status === 204 ? null : response.json()
  }
  const until = async (state: string) => {
    for (;;) {
      const { items } = await ask('GET', '/imports?limit=1')
      if (items[0].state === state) return
      if (items[0].state === 'interrupted') throw new Error('the import was interrupted')
      await sleep(50)
    }
  }
  return {
    importId: () => id,
    async upload(bytes: Uint8Array, rows: number): Promise<number> {
      const started = performance.now()
      ;({ id } = await ask('POST', '/imports?name=roster.xlsx', bytes))
      await until('preview')
      const took = performance.now() - started
      const { counts, rowsTotal } = await ask('GET', `/imports/${id}`)
      if (rowsTotal !== rows || counts.new !== rows) throw new Error(`not every row is new: ${JSON.stringify(counts)}`)
      return took
    },
    discard: () => ask('POST', `/imports/${id}/discard`),
    async commit(rows: number): Promise<number> {
      const started = performance.now()
      await ask('POST', `/imports/${id}/commit`, {})
      await until('committed')
      const took = performance.now() - started
      const { written } = await ask('GET', `/imports/${id}`)
      if (written.registered !== rows) throw new Error(`not every row was written: ${JSON.stringify(written)}`)
      return took
    },
  }
}

/** The longest time that the event loop of the server was busy with one thing since it was last asked, in milliseconds. */
async function longestStall(metricsPort: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]) * 1_000
}
