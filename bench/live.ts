import { sql } from 'drizzle-orm'
import { openData } from '../server/src/data.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { type Database, wholeUniversity } from '../server/src/platform/database.ts'
import { newId } from '../server/src/platform/ids.ts'
import { fill } from './filling.ts'
import { admit, openListening } from './listening.ts'
import { aside, atMost, type Measure, median } from './measure.ts'
import { asked, memoryOf, startServer } from './processes.ts'

const rounds = 15

/**
 * So many readers of one lecture at one process: how long it takes until the last of them is told a new question, from before it is
 * asked, and what each costs in memory.
 */
export async function measureLive(directory: string, readers: number): Promise<Measure[]> {
  const { tenantId } = await fill(directory, Math.max(10_000, readers))
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  const cookies = await admit(database, directory, tenantId, readers)
  const activityId = await openLecture(database, tenantId)
  await close()
  const server = await startServer(directory)
  const address = `/lectures/${activityId}`
  await asked(server, cookies[0] ?? '', 'GET', address)
  const before = await memoryOf(server)
  const pages = await openListening(server, address, cookies)
  try {
    const perReader = ((await memoryOf(server)) - before) / readers
    const [middle, last]: [number[], number[]] = [[], []]
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      const text = `第${newId()}个问题`
      const told = await pages.told(text, () =>
        asked(server, cookies[round] ?? '', 'POST', `${address}/questions`, { text, isNamed: false }),
      )
      if (round === 0) continue
      middle.push(told.middle)
      last.push(told.last)
    }
    const many = readers.toLocaleString('en')
    return [
      atMost(
        `live: the last of ${many} readers is told a question, slowest of ${rounds}`,
        Math.max(...last),
        1_000,
        'ms',
      ),
      aside(atMost('     the last reader, median', median(last), 1_000, 'ms')),
      aside(atMost('     the middle reader, median', median(middle), 1_000, 'ms')),
      aside(atMost('     memory for each reader', perReader * 1024, 100, 'kB')),
    ]
  } finally {
    pages.close()
    await server.stop()
  }
}

/** A lecture of the university whose page is open. */
async function openLecture(database: Database, tenantId: string): Promise<string> {
  const id = newId()
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    await db.execute(sql`insert into activities (tenant_id, id, organization_id, path, kind, title, summary, from_on, place, link,
        speaker, about_speaker, plan, attachments, folded, created_by, announced_at, announced_by)
      select ${tenantId}, ${id}::uuid, o.id, o.path, 'lecture', '开学第一课', '', current_date, '', '', '', '',
        '{"aim":"","steps":[],"materials":[],"noticeText":""}', '[]', '', '组织部', now(), '组织部'
      from organizations o where o.tenant_id = ${tenantId} and o.path = '0001.'`)
    await db.execute(sql`insert into lectures (tenant_id, activity_id, path, is_moderated, opened_at, opened_by)
      values (${tenantId}, ${id}::uuid, '0001.', false, now(), '组织部')`)
  })
  return id
}
