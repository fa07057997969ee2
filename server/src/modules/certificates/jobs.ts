import { and, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { ContentStore } from '../../platform/content/content-store.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import type { JobData } from '../../platform/jobs.ts'
import type { Certificate } from '../../platform/papers/certificate.ts'
import { type Made, type Maker, madeAtOnce } from '../../platform/papers/made.ts'
import { startCertificatePrinting } from '../../platform/papers/printing.ts'
import { keepContents } from '../archive/held-contents.ts'
import { paperOf, storedPaper } from './printing.ts'
import { ofBatch } from './queries.ts'
import { certificatePapers, certificates } from './tables.ts'

/** What the making of papers needs. */
export interface PrintingGround {
  database: Database
  store: ContentStore
  encryption: FieldEncryption
  baseUrl: string
  /** The folder of the operator's fonts. */
  ownFonts: string
}

const asked = z.object({ tenantId: z.string(), batchId: z.uuid() })

type Stored = typeof certificates.$inferSelect

/**
 * The job `certificates.print`: makes the papers of a batch that have none, some at a time, each lot in a transaction of its own. Broken off at any
 * moment and begun again it goes on with those that are missing: a paper is kept with its certificate once, and a lot that was not kept
 * left only contents that nobody names.
 */
export async function printBatch(ground: PrintingGround, data: JobData): Promise<void> {
  const { tenantId, batchId } = asked.parse(data)
  const { database } = ground
  const scope = wholeUniversity(tenantId)
  let printing: Maker<readonly Certificate[]> | null = null
  try {
    for (;;) {
      const lot = await database.transaction(scope, (db) =>
        db
          .select()
          .from(certificates)
          .where(
            and(
              ofBatch({ tenantId }, batchId),
              sql`not exists (select from ${certificatePapers} p where p.tenant_id = ${tenantId} and p.certificate_id = ${certificates.id})`,
            ),
          )
          .orderBy(certificates.serial)
          .limit(madeAtOnce),
      )
      if (lot.length === 0) return
      printing ??= startCertificatePrinting(ground.ownFonts)
      await keepPapers(ground, lot, await printing.make(lot.map((it) => [paperOf(ground, it)])))
    }
  } finally {
    await printing?.close()
  }
}

async function keepPapers({ database, store }: PrintingGround, lot: readonly Stored[], papers: readonly Made[]) {
  const rows: (typeof certificatePapers.$inferInsert)[] = []
  for (const [at, { tenantId, id: certificateId, path, personId }] of lot.entries()) {
    const paper = papers[at]
    const of = { tenantId, certificateId, path, personId }
    if (paper && 'file' in paper) {
      const { id: contentId, size: sizeBytes } = await storedPaper(store, paper.file)
      rows.push({ ...of, contentId, sizeBytes })
    } else rows.push({ ...of, problem: paper?.refused ?? '没有生成。' })
  }
  const [first] = lot
  if (first === undefined) return
  const { tenantId, batchId } = first
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    const contentIds = rows.flatMap((it) => it.contentId ?? [])
    await keepContents({ db, tenantId }, batchId, contentIds, store.has)
    await db.insert(certificatePapers).values(rows).onConflictDoNothing()
  })
}
