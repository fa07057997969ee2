import { and, eq, sql } from 'drizzle-orm'
import type { ContentStore } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { type Recorder, record, system } from '../../platform/journal.ts'
import type { ContentFinding } from '../../platform/packages/examined-file.ts'
import { examine, type FourPropertyReport } from '../../platform/packages/four-properties.ts'
import { digestOfMetadata } from '../../platform/packages/sealed-file-xml.ts'
import { universities } from '../organization/tables.ts'
import { moveWithPersons } from '../people/service.ts'
import { lookAt } from './looking.ts'
import { contentsOf, fileIn, foundOf, openSeal, type StoredSeal, subjectOf } from './seals.ts'
import { archiveExaminations, archiveSeals } from './tables.ts'

/** Examines a closed file as it lies in the store today (长期保存), and keeps what came of it. */
export async function recordExamination(
  ctx: Context,
  sealId: string,
  findings: ReadonlyMap<string, ContentFinding>,
): Promise<FourPropertyReport> {
  const { seal } = await openSeal(ctx, sealId)
  return keepExamination(ctx, seal, findings, new Date())
}

async function keepExamination(
  ctx: Recorder,
  seal: StoredSeal,
  findings: ReadonlyMap<string, ContentFinding>,
  examinedAt: Date,
): Promise<FourPropertyReport> {
  const file = fileIn(seal)
  const report = examine({
    moment: 'preservation',
    file,
    contents: file === null ? new Map() : foundOf(file, findings),
    packageProblems: null,
    delivery: null,
    seal: { recorded: seal.sha256, actual: digestOfMetadata(seal.metadata) },
    isJournalWhole: null,
  })
  const { tenantId, actor } = ctx
  await ctx.db.insert(archiveExaminations).values({
    ...{ tenantId, id: newId(), sealId: seal.id, personId: seal.personId, path: seal.path },
    ...{ report, examinedByName: actor.name, examinedAt },
  })
  const unmet = report.checks.filter((it) => it.result === 'unmet').map((it) => it.code)
  await record(ctx, 'archive.file-examined', subjectOf(seal), { number: seal.number, version: seal.version, unmet })
  return report
}

/** A closed file is examined again after so many days, at night. */
const yearDays = 365

/** How much one night examines. */
export interface ExaminingNight {
  maxFiles: number
  maxBytes: number
}

const shippedNight: ExaminingNight = { maxFiles: 1_000, maxBytes: 200 * 1024 ** 3 }

/**
 * Nightly: examines the closed files whose last examination or sealing lies a year back, the longest ago first, each as the last seal
 * has it. Each report is kept as soon as it is there; what a night does not reach is taken in the next one.
 */
export async function examineYearly(
  database: Database,
  store: ContentStore,
  now: Date,
  { maxFiles, maxBytes }: ExaminingNight = shippedNight,
): Promise<void> {
  const before = new Date(now.getTime() - yearDays * 86_400_000)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities)) {
    const scope = wholeUniversity(tenantId)
    const { rows } = await database.transaction(scope, (db) =>
      db.execute<{ id: string }>(sql`select s.id from archive_seals s
        left join lateral (select max(e.examined_at) as at from archive_examinations e
          where e.tenant_id = s.tenant_id and e.seal_id = s.id) last on true
        where s.tenant_id = ${tenantId} and coalesce(last.at, s.sealed_at) < ${before}
          and not exists (select from archive_seals later where later.tenant_id = s.tenant_id and later.number = s.number
            and later.version > s.version)
        order by coalesce(last.at, s.sealed_at), s.id limit ${maxFiles}`),
    )
    let bytes = 0
    for (const { id } of rows) {
      const read = and(eq(archiveSeals.tenantId, tenantId), eq(archiveSeals.id, id))
      const [seal] = await database.transaction(scope, (db) => db.select().from(archiveSeals).where(read))
      if (seal === undefined) continue
      const file = fileIn(seal)
      const findings = await lookAt(store, file === null ? [] : contentsOf(file))
      await database.transaction(scope, async (db) => {
        // It may have moved with its person while it was read, and may not until this is kept.
        const [current = seal] = await db.select().from(archiveSeals).where(read).for('share')
        await keepExamination({ db, tenantId, requestId: newId(), actor: system }, current, findings, now)
      })
      bytes += [...findings.values()].reduce((sum, it) => sum + (it.bytes ?? 0), 0)
      if (bytes > maxBytes) break
    }
  }
}

/** What was found of a file moves with its person. */
moveWithPersons(archiveExaminations)
