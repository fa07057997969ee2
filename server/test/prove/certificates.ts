import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { type Filled, fill } from '../../../bench/filling.ts'
import { asked, type Served } from '../../../bench/processes.ts'
import { joinData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openContent } from '../../src/platform/content/content.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { verifyJournal } from '../../src/platform/verification.ts'
import { killedWhileWriting } from './killed-server.ts'

/** What came of a round in which certificates were issued and their papers made when the server was killed. */
export interface CertificatesRound {
  /** Certificates of orders that were acknowledged in this round. */
  issued: number
  /** Acknowledged ones that are not there. */
  lost: number
  /** Orders with another number of certificates than all or none. */
  half: number
  /** Numbers missing in the series, or given twice. */
  gaps: number
  /** Certificates that have no paper in the store a while after the start. */
  unprinted: number
  /** Null where the chain of the journal is whole. */
  problem: string | null
}

/** A university with a college whose organisers issue. */
export interface CertificatesGround extends Filled {
  used: number
}

export const certificatesGround = async (directory: string): Promise<CertificatesGround> => ({
  ...(await fill(directory, 2_000)),
  used: 0,
})

/** So many are given a certificate in one order. */
const each = 30

/** Kills the server with SIGKILL at a random moment, starts it again, waits until the papers are made, and looks at everything. */
export async function certificatesRound(ground: CertificatesGround): Promise<CertificatesRound> {
  const told = new Set<string>()
  const write = async (server: Served, writer: number) => {
    const cookie = ground.cookies[writer + 3 * (ground.used++ % 60)] ?? ''
    const orderId = randomUUID()
    // The organisers are the last persons of the college: nobody is given one by themselves.
    const from = (ground.used * each) % 600
    await asked(server, cookie, 'POST', '/certificates', {
      ...{ organizationId: ground.collegeId, orderId, title: '结业证书', programme: '集中培训班', hours: '24 学时' },
      ...{ fromOn: null, untilOn: null, result: '合格', signatoryOffice: '', signatoryName: '' },
      personIds: ground.personIds.slice(from, from + each),
    })
    told.add(orderId)
  }
  const server = await killedWhileWriting(ground.directory, write, () => told.size > 2)
  try {
    return { issued: told.size * each, ...(await inspect(ground.directory, told)) }
  } finally {
    await server.stop()
  }
}

/** So long a paper may take, the time after which a job of a killed server is begun again among it. */
const longestMs = 120_000

async function inspect(directory: string, told: ReadonlySet<string>): Promise<Omit<CertificatesRound, 'issued'>> {
  const config = readConfig({ ZHIBU_DATA: directory })
  const { database, close } = await joinData(config)
  const { store } = openContent(config, await readSecrets(directory))
  const rowsOf = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    (await database.asKeeper((db) => db.execute<Row>(query))).rows
  const waiting = async () =>
    (
      await rowsOf<{ id: string }>(sql`select c.id from certificates c
        where not exists (select from certificate_papers p where p.certificate_id = c.id and p.content_id is not null)`)
    ).length
  try {
    const until = performance.now() + longestMs
    while ((await waiting()) > 0 && performance.now() < until) await sleep(500)
    const orders = await rowsOf<{ id: string; many: number }>(
      sql`select source_id as id, count(*)::int as many from certificates group by source_id`,
    )
    const series = await rowsOf<{ last: number; given: number; different: number }>(sql`
      select s.last, count(c.id)::int as given, count(distinct c.serial)::int as different from certificate_series s
      left join certificates c on c.organization_id = s.organization_id and c.year = s.year group by s.last`)
    const papers = await rowsOf<{ contentId: string }>(
      sql`select content_id as "contentId" from certificate_papers where content_id is not null`,
    )
    const there = await Promise.all(papers.map(({ contentId }) => store.has(contentId)))
    await sealJournal(database)
    const { problem } = await verifyJournal(database)
    const manyOf = new Map(orders.map((it) => [it.id, it.many]))
    return {
      lost: [...told].filter((id) => !manyOf.has(id)).length,
      half: orders.filter((it) => it.many !== each).length,
      gaps: series.filter((it) => it.last !== it.given || it.given !== it.different).length,
      unprinted: (await waiting()) + there.filter((it) => !it).length,
      problem: problem?.kind ?? null,
    }
  } finally {
    await close()
  }
}
