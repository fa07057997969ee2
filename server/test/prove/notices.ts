import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { openData } from '../../src/data.ts'
import { dispatchesFor } from '../../src/modules/notices/dispatching.ts'
import { placeOfAddress } from '../../src/modules/notices/preferences.ts'
import { noticeDeliveries, noticeDispatches, noticePreferences, notices } from '../../src/modules/notices/tables.ts'
import { universities } from '../../src/modules/organization/tables.ts'
import { readConfig } from '../../src/platform/config.ts'
import { type Db, wholeUniversity } from '../../src/platform/database.ts'
import { type FieldEncryption, fieldEncryption } from '../../src/platform/encryption.ts'
import { readPostmaster } from '../../src/platform/postmaster.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { startSmtpServer } from '../smtp-server.ts'

/** What is killed while mails are sent: the server, the database, or both at once. */
export const noticeVictims = ['node', 'postgres', 'both'] as const
export type NoticeVictim = (typeof noticeVictims)[number]

/** What came of a round in which a process was killed while it sent mails. */
export interface NoticesRound {
  victim: NoticeVictim
  recipients: number
  /** Mails that the mail server had taken when the process was killed. */
  before: number
  /** Recipients of whom is told that it may have gone out. */
  uncertain: number
  /** Recipients who got it more than once. */
  twice: number
  /** Recipients who did not get it and of whom nobody is told, or of whom it is told that they got it. */
  lost: number
  /** Dispatches without an end. */
  left: number
}

const tenantId = 'u1'

/** Makes a university with persons who all want mails. */
export async function noticesGround(
  directory: string,
  recipients: number,
): Promise<{ directory: string; personIds: string[] }> {
  const personIds = Array.from({ length: recipients }, () => randomUUID())
  const encryption = fieldEncryption(await readSecrets(directory))
  await inData(directory, async (db) => {
    await db.insert(universities).values({ id: tenantId, name: '临江大学' })
    await wantMails(db, encryption, tenantId, personIds)
  })
  return { directory, personIds }
}

/** Writes down that persons want every notice by mail at once. */
export async function wantMails(
  db: Db,
  encryption: FieldEncryption,
  tenantId: string,
  personIds: readonly string[],
): Promise<void> {
  const choices = { email: 'atOnce', wecom: 'never', dingtalk: 'never' } as const
  await db.insert(noticePreferences).values(
    personIds.map((personId) => ({
      ...{ tenantId, personId, choices },
      emailSealed: encryption.sealField(mailAddressOf(personId), placeOfAddress('email', personId)),
    })),
  )
}

export const mailAddressOf = (personId: string): string => `${personId}@example.edu.cn`

/**
 * Sends a notice to all, kills the victim with SIGKILL at a random moment among them, goes on until nothing waits, and compares what the
 * mail server has taken with what is told.
 */
export async function noticesRound(
  { directory, personIds }: { directory: string; personIds: readonly string[] },
  victim: NoticeVictim,
): Promise<NoticesRound> {
  const mails = await startSmtpServer({ delayMilliseconds: 5 })
  const noticeId = randomUUID()
  await inData(directory, (db) => sendTo(db, noticeId, personIds))
  let poster = startPoster(directory, mails.url, 0)
  try {
    const moment = randomInt(1, Math.ceil(personIds.length * 0.8))
    await until(() => mails.taken.length >= moment, poster.process)
    const before = mails.taken.length
    await kill(directory, poster.process, victim)
    if (victim !== 'postgres') poster = startPoster(directory, mails.url, 11)
    else {
      // The process that goes on has its clock; what its database lost is told by a later one.
      await sleep(3_000)
      await stop(poster.process)
      poster = startPoster(directory, mails.url, 11)
    }
    const started = poster
    await until(() => started.runs.count >= 2, started.process)
    await stop(started.process)
    const rows = await inData(directory, (db) =>
      db.select().from(noticeDispatches).where(eq(noticeDispatches.noticeId, noticeId)),
    )
    const got = Map.groupBy(mails.taken, (it) => it.to)
    const wasTold = new Set(rows.filter((it) => it.failedAt !== null).map((it) => mailAddressOf(it.personId)))
    return {
      ...{ victim, recipients: personIds.length, before, uncertain: wasTold.size },
      twice: [...got.values()].filter((it) => it.length > 1).length,
      lost: personIds.filter((it) => !got.has(mailAddressOf(it)) && !wasTold.has(mailAddressOf(it))).length,
      left: personIds.length - rows.filter((it) => it.sentAt !== null || it.failedAt !== null).length,
    }
  } finally {
    poster.process.kill('SIGKILL')
    await mails.close()
  }
}

async function sendTo(db: Db, noticeId: string, personIds: readonly string[]): Promise<void> {
  const [at, senderAccountId] = [new Date(), randomUUID()]
  const audience = { groups: [], personIds: [], exceptIds: [] }
  await db.insert(notices).values({
    ...{ tenantId, id: noticeId, organizationId: randomUUID(), path: '01', kind: 'information', audience },
    ...{ title: '关于召开支部党员大会的通知', body: '请准时参加。', senderAccountId, sentAt: at },
  })
  await db
    .insert(noticeDeliveries)
    .values(personIds.map((personId) => ({ tenantId, noticeId, personId, senderAccountId, sentAt: at })))
  await dispatchesFor(db, tenantId, noticeId, 'notice', personIds, at)
}

async function inData<T>(directory: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  try {
    return await database.transaction(wholeUniversity(tenantId), work)
  } finally {
    await close()
  }
}

function startPoster(directory: string, url: string, minutesAhead: number) {
  const env = { PATH: process.env.PATH, ZHIBU_DATA: directory, SMTP_URL: url, MAIL_FROM: 'zhibu@example.edu.cn' }
  const program = path.join(import.meta.dirname, 'notice-poster.ts')
  const poster = spawn(process.execPath, [program, String(minutesAhead)], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const runs = { count: 0 }
  createInterface({ input: poster.stdout }).on('line', () => {
    runs.count += 1
  })
  return { process: poster, runs }
}

async function until(isReached: () => boolean, poster: ChildProcess): Promise<void> {
  while (!isReached()) {
    if (poster.exitCode !== null) throw new Error(`the poster ended with ${poster.exitCode}`)
    await sleep(2)
  }
}

async function stop(poster: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => poster.once('exit', resolve))
  poster.kill('SIGTERM')
  await ended
}

async function kill(directory: string, poster: ChildProcess, victim: NoticeVictim): Promise<void> {
  const postmaster = await readPostmaster(path.join(directory, 'postgres'))
  if (victim !== 'node') {
    if (!postmaster) throw new Error('there is no database to kill')
    process.kill(postmaster.pid, 'SIGKILL')
  }
  if (victim === 'postgres') return
  const died = new Promise((resolve) => poster.once('exit', resolve))
  poster.kill('SIGKILL')
  await died
}
