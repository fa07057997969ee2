import { and, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { organizations } from '../organization/tables.ts'
import { type CertificateFacts, may } from './policy.ts'
import { certificateFilings, certificatePapers, certificateRevocations, certificates } from './tables.ts'

const later = alias(certificates, 'later')

/** A certificate with what has become of it. */
export type StoredCertificate = Awaited<ReturnType<typeof storedOf>>[number]

/** Certificates with what has become of each, in one statement. */
export function storedOf({ db }: Pick<Context, 'db'>, wanted: SQL | undefined, order: SQL, limit: number) {
  return db
    .select({
      certificate: certificates,
      organization: organizations.name,
      paper: {
        /** The first column says whether there is a row at all. */
        certificateId: certificatePapers.certificateId,
        contentId: certificatePapers.contentId,
        sizeBytes: certificatePapers.sizeBytes,
        problem: certificatePapers.problem,
      },
      revocation: {
        on: certificateRevocations.on,
        by: certificateRevocations.revokedBy,
        reason: certificateRevocations.reason,
      },
      replacedBy: { id: later.id, number: later.number },
      documentId: certificateFilings.documentId,
    })
    .from(certificates)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, certificates.tenantId), eq(organizations.id, certificates.organizationId)),
    )
    .leftJoin(
      certificatePapers,
      and(eq(certificatePapers.tenantId, certificates.tenantId), eq(certificatePapers.certificateId, certificates.id)),
    )
    .leftJoin(
      certificateRevocations,
      and(
        eq(certificateRevocations.tenantId, certificates.tenantId),
        eq(certificateRevocations.certificateId, certificates.id),
      ),
    )
    .leftJoin(later, and(eq(later.tenantId, certificates.tenantId), eq(later.replacesId, certificates.id)))
    .leftJoin(
      certificateFilings,
      and(
        eq(certificateFilings.tenantId, certificates.tenantId),
        eq(certificateFilings.certificateId, certificates.id),
      ),
    )
    .where(wanted)
    .orderBy(order)
    .limit(limit)
}

/** A certificate as far as it decides who may do what with it. */
export const factsOf = (it: StoredCertificate): CertificateFacts => ({
  path: it.certificate.path,
  personId: it.certificate.personId,
  isRevoked: it.revocation !== null,
  isReplaced: it.replacedBy !== null,
  isFiled: it.documentId !== null,
  hasPaper: it.paper !== null && it.paper.contentId !== null,
})

/** A certificate for whoever may read it. Locked: nobody else writes what becomes of it until the transaction ends. */
export async function openCertificate(
  ctx: Context,
  certificateId: string,
  { lock = false } = {},
): Promise<StoredCertificate> {
  if (lock) await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${certificateId}, 53))`)
  const [row] = await storedOf(ctx, ofCertificate(ctx, certificateId), sql`${certificates.id}`, 1)
  return found(row && may(ctx.actor, factsOf(row)).read ? row : undefined, '份证书')
}

/** The same, locked, for what only others than the person concerned do who issue there. */
export async function lockForIssuer(ctx: Context, certificateId: string, named: string): Promise<StoredCertificate> {
  const it = await openCertificate(ctx, certificateId, { lock: true })
  const fresh = { ...factsOf(it), isRevoked: false, isReplaced: false }
  authorize(may(ctx.actor, fresh).replace, `${named}这份证书`)
  return it
}

/** One certificate, by the key of its table. */
export const ofCertificate = ({ tenantId }: Pick<Context, 'tenantId'>, certificateId: string): SQL =>
  and(eq(certificates.tenantId, tenantId), eq(certificates.id, certificateId)) ?? sql`false`

export const subjectOf = (it: Pick<typeof certificates.$inferSelect, 'id' | 'path' | 'personId'>): Subject => ({
  kind: 'certificate',
  id: it.id,
  orgPath: it.path,
  personId: it.personId,
})
