import { asc } from 'drizzle-orm'
import { openData } from '../server/src/data.ts'
import { organizations } from '../server/src/modules/organization/tables.ts'
import { KeptCards } from '../server/src/modules/reports/kept.ts'
import { allCards, readCard } from '../server/src/modules/reports/queries.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { Actor, type Context, rights } from '../server/src/platform/context.ts'
import { wholeUniversity } from '../server/src/platform/database.ts'
import { fieldEncryption } from '../server/src/platform/encryption.ts'
import { newId } from '../server/src/platform/ids.ts'
import { readSecrets } from '../server/src/platform/secrets.ts'
import { dayInChina } from '../server/src/platform/today.ts'
import { fill } from './filling.ts'
import { atMost, type Measure } from './measure.ts'

/** So often each card is counted. */
const rounds = 20

/** The slowest card of a hundred for a whole university, where nothing is kept and where it was counted within the minute. */
export async function measureReports(directory: string, persons: number): Promise<Measure[]> {
  const { tenantId } = await fill(directory, persons)
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  try {
    const encryption = fieldEncryption(await readSecrets(directory))
    const scope = wholeUniversity(tenantId)
    const today = dayInChina(new Date())
    const root = await database.reading(scope, async (db) => {
      const [row] = await db.select().from(organizations).orderBy(asc(organizations.path)).limit(1)
      if (row === undefined) throw new Error('the university has a root')
      return row
    })
    const person = { accountId: newId(), personId: null, name: '组织部' }
    const actor = new Actor({ ...person, grants: [{ rights, path: root.path }] })
    const timed = async (kept: KeptCards) => {
      const times = new Map<string, number>()
      for (const { card, by, name } of allCards) {
        const began = performance.now()
        await database.reading(scope, (db) => {
          const ctx: Context = { db, tenantId, today, actor, encryption, requestId: newId() }
          return readCard(ctx, kept, root.id, card, { by })
        })
        times.set(name, performance.now() - began)
      }
      return times
    }
    const fresh = () => new KeptCards(() => new Date())
    await timed(fresh())
    const cold: Map<string, number>[] = []
    for (let round = 0; round < rounds; round += 1) cold.push(await timed(fresh()))
    const kept = fresh()
    await timed(kept)
    const warm: Map<string, number>[] = []
    for (let round = 0; round < rounds; round += 1) warm.push(await timed(kept))
    const [slowest = '', of = 0] = [...(cold.at(-1) ?? [])].sort(([, a], [, b]) => b - a)[0] ?? []
    const named = `${persons.toLocaleString('en')} persons`
    return [
      atMost(`reports: p99 of a card, counted, ${named}`, p99(cold), 300, 'ms'),
      atMost(`     the slowest in the last round: ${slowest}`, of, 300, 'ms'),
      atMost(`     p99 of a card, kept, ${named}`, p99(warm), 30, 'ms'),
    ]
  } finally {
    await close()
  }
}

function p99(times: readonly ReadonlyMap<string, number>[]): number {
  const all = times.flatMap((it) => [...it.values()]).sort((a, b) => a - b)
  return all[Math.min(all.length - 1, Math.floor(all.length * 0.99))] ?? Number.NaN
}
