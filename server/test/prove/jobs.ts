import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { openData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import { type Database, wholeUniversity } from '../../src/platform/database.ts'
import { enqueue } from '../../src/platform/jobs.ts'

/** What came of a round in which one server after another was killed over its jobs. */
export interface JobsRound {
  /** Servers that were killed over the same sound jobs, and that a deadly job has ended. */
  killed: number
  ended: number
  /** Sound jobs that were never done, or more than once. */
  lost: number
  twice: number
  /** What was said of failures: the end of a server is none. */
  failed: string[]
  givenUp: string[]
  /** Jobs without an end. */
  left: number
}

const tenantId = 'u1'

/**
 * Kills a server with SIGKILL over the same two jobs, so many times; then puts a deadly job beside two more, and starts a server again
 * each time it ends, until nothing waits. `hurries` takes out the waiting between.
 */
export async function jobsRound(
  directory: string,
  { kills, hurries }: { kills: number; hurries: boolean },
): Promise<JobsRound> {
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  const said: string[] = []
  const somethingBegins = async (from: number, worker: Worker) => {
    while (!said.slice(from).some((it) => it.startsWith('begun')) && !worker.isOver()) {
      if (hurries) await hurry(database, 'retry')
      await sleep(100)
    }
  }
  try {
    await put(database, 'prove.steady', [1, 2])
    for (let kill = 0; kill < kills; kill++) {
      const from = said.length
      const worker = startWorker(directory, said)
      await somethingBegins(from, worker)
      await worker.kill()
      if (hurries) await hurry(database, 'active')
    }
    await put(database, 'prove.steady', [3, 4])
    await put(database, 'prove.deadly', [0])
    let ended = 0
    let worker = startWorker(directory, said)
    const deadline = Date.now() + 3_600_000
    while ((await waiting(database)) > 0 && Date.now() < deadline) {
      if (worker.isOver()) {
        ended += 1
        if (hurries) await hurry(database, 'active')
        worker = startWorker(directory, said)
      }
      if (hurries) await hurry(database, 'retry')
      await sleep(200)
    }
    const left = await waiting(database)
    await worker.kill()
    const times = (number: number) => said.filter((it) => it === `done ${number}`).length
    return {
      ...{ killed: kills, ended, left },
      lost: [1, 2, 3, 4].filter((it) => times(it) === 0).length,
      twice: [1, 2, 3, 4].filter((it) => times(it) > 1).length,
      failed: said.filter((it) => it.startsWith('failed')),
      givenUp: said.filter((it) => it.startsWith('given up')),
    }
  } finally {
    await close()
  }
}

interface Worker {
  isOver(): boolean
  kill(): Promise<void>
}

function startWorker(directory: string, said: string[]): Worker {
  const env = { PATH: process.env.PATH, ZHIBU_DATA: directory }
  const program = path.join(import.meta.dirname, 'job-worker.ts')
  const worker = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: worker.stdout }).on('line', (line) => said.push(line))
  let isOver = false
  const over = new Promise<void>((resolve) => {
    worker.once('close', () => {
      isOver = true
      resolve()
    })
  })
  return {
    isOver: () => isOver,
    async kill() {
      worker.kill('SIGKILL')
      await over
    },
  }
}

const put = (database: Database, kind: string, numbers: readonly number[]): Promise<void> =>
  database.transaction(wholeUniversity(tenantId), async (db) => {
    for (const number of numbers) await enqueue(db, kind, { number })
  })

/** As if the minutes had gone by that workers of killed servers, or jobs that wait for their next attempt, are given. */
const hurry = (database: Database, state: 'active' | 'retry'): Promise<unknown> =>
  database.asOwner((db) =>
    db.execute(sql`update jobs.job set heartbeat_on = heartbeat_on - interval '1 minute', start_after = start_after - interval '10 minutes'
      where name = 'work' and state = ${state}::jobs.job_state`),
  )

async function waiting(database: Database): Promise<number> {
  const { rows } = await database.asOwner((db) =>
    db.execute<{ jobs: number }>(sql`select count(*)::int as jobs from jobs.job
      where name = 'work' and state in ('created', 'retry', 'active')`),
  )
  return rows[0]?.jobs ?? 0
}
