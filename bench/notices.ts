import { sql } from 'drizzle-orm'
import { openData } from '../server/src/data.ts'
import type { Audience } from '../server/src/modules/notices/schema.ts'
import { deliver } from '../server/src/modules/notices/sending.ts'
import { noticePreferences, notices } from '../server/src/modules/notices/tables.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { type Database, keeperRole, wholeUniversity } from '../server/src/platform/database.ts'
import { newId } from '../server/src/platform/ids.ts'
import { fill } from './filling.ts'
import { atMost, duration, type Measure, median } from './measure.ts'

/** The job may take so many times as long as the bare statement. */
const most = 2
const rounds = 5
/** One of so many persons has chosen mail besides the page. */
const mailed = 10

/**
 * Writes a notice to everybody of a university by its job, in terms of one bare INSERT … SELECT of the same rows into a table of the same
 * shape; and how many copies and mails there are too many or too few after the job was broken off twice and begun again.
 */
export async function measureNotices(directory: string, persons: number): Promise<Measure[]> {
  const { tenantId } = await fill(directory, persons)
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  try {
    const university = universityIn(database, tenantId)
    await makeBareTable(database)
    const [ours, limit]: [number[], number[]] = [[], []]
    // The first round of each warms up.
    for (let round = 0; round <= rounds; round++) {
      const noticeId = await university.send()
      ours.push(await timed(() => deliver(database, { tenantId, noticeId })))
      limit.push(await timed(() => writeBare(database, tenantId)))
    }
    const written = persons.toLocaleString('en')
    return [
      duration(`notices: ${written} copies / a bare INSERT`, median(ours.slice(1)), median(limit.slice(1)), most),
      atMost('     wrong after being broken off', await university.wrongAfterBreaks(persons), 0, 'copies'),
    ]
  } finally {
    await close()
  }
}

function universityIn(database: Database, tenantId: string) {
  const inWhole = wholeUniversity(tenantId)

  /** A notice to everybody that was sent, and of which no copy has been written. */
  async function send(): Promise<string> {
    const id = newId()
    await database.transaction(inWhole, async (db) => {
      const { rows } = await db.execute<{ id: string }>(sql`select id from organizations where path = '0001.'`)
      const organizationId = rows[0]?.id ?? ''
      const audience: Audience = {
        groups: [{ organizationIds: [organizationId], offices: [], stages: [] }],
        ...{ personIds: [], exceptIds: [] },
      }
      await db.insert(notices).values({
        ...{ tenantId, id, organizationId, path: '0001.', kind: 'information', title: '通知', body: '请知悉。' },
        ...{ audience, sentAt: new Date(), senderAccountId: newId(), senderName: '组织部' },
      })
    })
    return id
  }

  /** Breaks the job off before its second transaction, and again at the end of that one. */
  async function wrongAfterBreaks(persons: number): Promise<number> {
    await database.transaction(inWhole, async (db) => {
      const { rows } = await db.execute<{ id: string }>(sql`select id from persons order by id`)
      const some = rows.filter((_, at) => at % mailed === 0)
      for (let at = 0; at < some.length; at += 1_000)
        await db.insert(noticePreferences).values(
          some.slice(at, at + 1_000).map(({ id: personId }) => ({
            ...{ tenantId, personId, emailSealed: 'sealed' },
            choices: { email: 'atOnce' as const, wecom: 'never' as const, dingtalk: 'never' as const },
          })),
        )
    })
    const noticeId = await send()
    for (const when of ['before', 'after'] as const)
      await deliver(breaking(database, when), { tenantId, noticeId }).catch(refuseOther)
    await deliver(database, { tenantId, noticeId })
    const { rows } = await database.transaction(inWhole, (db) =>
      db.execute<{ copies: number; mails: number; told: number }>(sql`select n.recipient_count as told,
        (select count(*)::int from notice_deliveries where notice_id = n.id) as copies,
        (select count(*)::int from notice_dispatches where notice_id = n.id) as mails
        from notices n where n.id = ${noticeId}`),
    )
    const { copies, mails, told } = rows[0] ?? { copies: 0, mails: 0, told: 0 }
    const off = [copies - persons, mails - Math.ceil(persons / mailed), (told ?? 0) - persons]
    return off.reduce((sum, it) => sum + Math.abs(it), 0)
  }

  return { send, wrongAfterBreaks }
}

class Broken extends Error {}

/** The database, whose second transaction does not come about or is not committed. */
function breaking(database: Database, when: 'before' | 'after'): Database {
  let count = 0
  return {
    ...database,
    transaction: (scope, work, proof) => {
      if (++count < 2) return database.transaction(scope, work, proof)
      return database.transaction(scope, async (db) => {
        if (when === 'after') await work(db)
        throw new Broken()
      })
    },
  }
}

function refuseOther(error: unknown): void {
  if (!(error instanceof Broken)) throw error
}

async function makeBareTable(database: Database): Promise<void> {
  await database.asOwner(async (db) => {
    await db.execute(sql`create table bare_deliveries (like notice_deliveries including all)`)
    await db.execute(sql`grant insert on bare_deliveries to ${sql.identifier(keeperRole)}`)
  })
}

async function writeBare(database: Database, tenantId: string): Promise<void> {
  await database.asKeeper((db) =>
    db.execute(sql`insert into bare_deliveries (tenant_id, notice_id, person_id, sender_account_id, sent_at)
      select tenant_id, ${newId()}::uuid, id, ${newId()}::uuid, now() from persons where tenant_id = ${tenantId}`),
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
