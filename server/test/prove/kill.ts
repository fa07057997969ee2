import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { openData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import { readPostmaster } from '../../src/platform/postmaster.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { verifyJournal } from '../../src/platform/verification.ts'

/** What is killed in a round: the server, the database, one session of the database, or server and database at once. */
export const victims = ['node', 'postgres', 'session', 'both'] as const
export type Victim = (typeof victims)[number]

/** What came of a round. */
export interface RoundResult {
  victim: Victim
  acknowledged: number
  /** Acknowledged writes that are not in the database. */
  lost: number
  /** Rows whose seals were verified, of all rounds so far. */
  verified: number
  /** Null where the chain is whole. */
  problem: string | null
}

/**
 * One round on a data directory: writes begin, the victim is killed with SIGKILL after half of them, everything is started again,
 * writes go on until `writes` are acknowledged. Then every acknowledged row is looked for and the chain is verified.
 */
export async function killRound(
  directory: string,
  round: number,
  victim: Victim,
  writes: number,
): Promise<RoundResult> {
  const acknowledged = new Set<number>()
  let writer = startWriter(directory, round * 10_000_000, acknowledged)
  await until(() => acknowledged.size >= writes / 2, writer)
  await kill(directory, writer, victim)
  if (victim === 'node' || victim === 'both') {
    writer = startWriter(directory, round * 10_000_000 + 5_000_000, acknowledged)
  }
  await until(() => acknowledged.size >= writes, writer)
  const ended = new Promise((resolve) => writer.once('exit', resolve))
  writer.kill('SIGTERM')
  await ended
  return { victim, acknowledged: acknowledged.size, ...(await inspect(directory, round, acknowledged)) }
}

function startWriter(directory: string, from: number, acknowledged: Set<number>): ChildProcess {
  const env = { PATH: process.env.PATH, ZHIBU_DATA: directory }
  const program = path.join(import.meta.dirname, 'writer.ts')
  const writer = spawn(process.execPath, [program, String(from)], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: writer.stdout }).on('line', (line) => acknowledged.add(Number(line)))
  return writer
}

async function until(isReached: () => boolean, writer: ChildProcess): Promise<void> {
  while (!isReached()) {
    if (writer.exitCode !== null) throw new Error(`the writer ended with ${writer.exitCode}`)
    await sleep(2)
  }
}

async function kill(directory: string, writer: ChildProcess, victim: Victim): Promise<void> {
  const postmaster = await readPostmaster(path.join(directory, 'postgres'))
  const database = victim === 'session' ? await sessionOf(postmaster?.pid ?? 0) : postmaster?.pid
  if (!database) throw new Error('there is no database to kill')
  const died = new Promise((resolve) => writer.once('exit', resolve))
  if (victim !== 'node') process.kill(database, 'SIGKILL')
  if (victim === 'node' || victim === 'both') {
    writer.kill('SIGKILL')
    await died
  }
}

/** A process that serves the writer. */
async function sessionOf(postmaster: number): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((it) => /^\d+$/.test(it))) {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1])
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (parent === postmaster && command.includes('zhibu_app')) return Number(pid)
  }
  return undefined
}

async function inspect(directory: string, round: number, acknowledged: ReadonlySet<number>) {
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  try {
    const { rows } = await database.asKeeper((db) =>
      db.execute<{ id: number }>(
        sql`select subject_id::int as id from journal where subject_id::int / 10000000 = ${round}`,
      ),
    )
    const stored = new Set(rows.map((row) => row.id))
    const lost = [...acknowledged].filter((number) => !stored.has(number)).length
    await sealJournal(database)
    const { problem, sealedRows } = await verifyJournal(database)
    return { lost, verified: sealedRows, problem: problem?.kind ?? null }
  } finally {
    await close()
  }
}
