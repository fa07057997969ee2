import { type Day, dayWritten } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue, type JobData } from '../../platform/jobs.ts'
import { type Mark, markDocument } from '../archive/marking.ts'
import { certificateFilings, certificateRevocations, certificates } from './tables.ts'

const asked = z.object({ tenantId: z.string(), certificateId: z.uuid(), accountId: z.uuid() })

const later = alias(certificates, 'later')

const dayMs = 86_400_000

/**
 * The job `certificates.mark-filed`: the paper of a certificate that holds no more says so in the archive of its person, with the day and the number of the new one,
 * wherever the person belongs by now. The reason is on the page of the certificate and stays there. Begun again it marks nothing twice.
 */
export async function markFiled(
  { database, encryption }: { database: Database; encryption: FieldEncryption },
  data: JobData,
  now: Date,
): Promise<void> {
  const { tenantId, certificateId, accountId } = asked.parse(data)
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    const [it] = await db
      .select({
        ...{ on: certificateRevocations.on, by: certificateRevocations.revokedBy },
        ...{ documentId: certificateFilings.documentId, number: later.number, replacedBy: later.issuedBy },
      })
      .from(certificateRevocations)
      .innerJoin(
        certificateFilings,
        and(
          eq(certificateFilings.tenantId, certificateRevocations.tenantId),
          eq(certificateFilings.certificateId, certificateRevocations.certificateId),
        ),
      )
      .leftJoin(later, and(eq(later.tenantId, tenantId), eq(later.replacesId, certificateRevocations.certificateId)))
      .where(
        and(eq(certificateRevocations.tenantId, tenantId), eq(certificateRevocations.certificateId, certificateId)),
      )
    if (it === undefined) return
    const actor = { accountId, name: it.replacedBy ?? it.by }
    const ctx = { db, tenantId, encryption, actor, requestId: newId() }
    if (await markDocument(ctx, it.documentId, markOf(it.on, it.number))) return
    await enqueue(db, 'certificates.mark-filed', data, new Date(now.getTime() + dayMs))
  })
}

/** What the archive says of a certificate that holds no more; what it said before there was a new one gives way. */
function markOf(on: Day, number: string | null): Mark {
  const [revoked, replaced] = [`已于${dayWritten(on)}撤销`, number === null ? '' : `，换发为 ${number}`]
  return {
    title: (before) =>
      before.includes(`（${revoked}，换发为 `)
        ? before
        : `${before.replace(`（${revoked}）`, '')}（${revoked}${replaced}）`,
    fileName: (before) => `${marked}${before.replace(marked, '')}`,
    reason: `证书${revoked}${replaced}`,
  }
}

const marked = '（已撤销）'
