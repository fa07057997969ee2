import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { fill } from '../../../bench/filling.ts'
import { asked, type Served, startServer } from '../../../bench/processes.ts'
import { inventRoster } from '../../../bench/roster.ts'
import { joinData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import type { Database } from '../../src/platform/database.ts'
import { readPostmaster } from '../../src/platform/postmaster.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { verifyJournal } from '../../src/platform/verification.ts'

/** What is killed while an import is being written. */
export const importVictims = ['node', 'postgres'] as const
export type ImportVictim = (typeof importVictims)[number]

/** What came of an import that was broken off and begun again. */
export interface ImportRound {
  victim: ImportVictim
  /** How many rows the server had told of when it was killed. */
  rowsDone: number
  /** Rows that the broken commit left in the register, in files and in the journal. */
  left: number
  /** Persons who are missing or twice there after the second commit. */
  wrong: number
  /** Null where the chain is whole. */
  problem: string | null
}

/** A university with a college into which organisers import. */
export const importGround = (directory: string) => fill(directory, 2_000)

/**
 * Uploads a list, begins the commit, kills the victim with SIGKILL as soon as some rows are written, starts again and looks
 * what is left; then commits once more, and looks whether every person is there exactly once.
 */
export async function importRound(
  { directory, cookies }: { directory: string; cookies: readonly string[] },
  victim: ImportVictim,
  rows: number,
): Promise<ImportRound> {
  const branches = Array.from({ length: 40 }, (_, at) => `第${at + 1}党支部`)
  const bytes = await inventRoster(rows, branches)
  const cookie = cookies[0] ?? ''
  let server = await startServer(directory)
  try {
    const { id } = await ask(server, cookie, 'POST', '/imports?name=roster.xlsx', bytes)
    await until(server, cookie, id, (it) => it.state === 'preview')
    await ask(server, cookie, 'POST', `/imports/${id}/commit`, {})
    const { rowsDone } = await until(server, cookie, id, (it) => it.rowsDone > 0 || it.state === 'committed')
    await killed(server, directory, victim)
    if (victim === 'node') server = await startServer(directory)
    const broken = await until(server, cookie, id, (it) => it.state === 'interrupted' || it.state === 'preview')
    if (!broken.can.commit) throw new Error('the import cannot be committed again')
    const left = await countBrought(directory, id)

    await ask(server, cookie, 'POST', `/imports/${id}/commit`, {})
    await until(server, cookie, id, (it) => it.state === 'committed')
    const { wrong, problem } = await inspect(directory, id, rows)
    await ask(server, cookie, 'POST', `/imports/${id}/undo`, {})
    await until(server, cookie, id, (it) => it.state === 'undone')
    return { victim, rowsDone, left, wrong, problem }
  } finally {
    await server.stop()
  }
}

async function killed(server: Served, directory: string, victim: ImportVictim): Promise<void> {
  if (victim === 'node') {
    const died = new Promise((resolve) => server.process.once('exit', resolve))
    server.process.kill('SIGKILL')
    await died
    return
  }
  const postmaster = await readPostmaster(`${directory}/postgres`)
  if (!postmaster) throw new Error('there is no database to kill')
  process.kill(postmaster.pid, 'SIGKILL')
}

/** The answers of the server, as far as they are looked at. */
interface Answer {
  id: string
  state: string
  rowsDone: number
  can: { commit: boolean }
}

async function ask(
  server: Served,
  cookie: string,
  method: string,
  address: string,
  body?: Uint8Array | object,
): Promise<Answer> {
  const response = await asked(server, cookie, method, `/intake${address}`, body)
  return response.status === 204 ? { id: '', state: '', rowsDone: 0, can: { commit: false } } : response.json()
}

/** Asks until the import is as wanted; while the database is being started again there may be no answer. */
async function until(server: Served, cookie: string, id: string, isReached: (it: Answer) => boolean): Promise<Answer> {
  const deadline = Date.now() + 180_000
  while (Date.now() < deadline) {
    const it = await ask(server, cookie, 'GET', `/imports/${id}`).catch(() => undefined)
    if (it && isReached(it)) return it
    await sleep(25)
  }
  throw new Error('the import did not come so far in three minutes')
}

/** How many rows of the import lie in the register, in files and in the journal. */
async function countBrought(directory: string, importId: string): Promise<number> {
  return looking(directory, async (database) => {
    const { rows } = await database.asKeeper((db) =>
      db.execute<{ count: number }>(sql`select
        (select count(*) from persons where import_id = ${importId})::int
        + (select count(*) from development_acts where import_id = ${importId})::int
        + (select count(*) from journal where details ->> 'importId' = ${importId})::int as count`),
    )
    return rows[0]?.count ?? 0
  })
}

async function inspect(directory: string, importId: string, wanted: number) {
  return looking(directory, async (database) => {
    const { rows } = await database.asKeeper((db) =>
      db.execute<{ entered: number; distinct: number; stated: number }>(sql`
        select count(*)::int as entered, count(distinct student_number)::int as distinct,
          count(*) filter (where exists (select from development_standings s where s.person_id = p.id))::int as stated
        from persons p where import_id = ${importId}`),
    )
    const { entered = 0, distinct = 0, stated = 0 } = rows[0] ?? {}
    await sealJournal(database)
    const { problem } = await verifyJournal(database)
    const wrong = Math.abs(wanted - entered) + (entered - distinct) + (entered - stated)
    return { wrong, problem: problem?.kind ?? null }
  })
}

/** Looks at the database beside the running server. */
async function looking<Result>(directory: string, look: (database: Database) => Promise<Result>): Promise<Result> {
  const { database, close } = await joinData(readConfig({ ZHIBU_DATA: directory }))
  try {
    return await look(database)
  } finally {
    await close()
  }
}
