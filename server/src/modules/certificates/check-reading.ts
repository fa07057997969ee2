import { and, eq } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { asCompared, hashedAs } from './codes.ts'
import type { Facts } from './schema.ts'
import { certificateRevocations, certificates } from './tables.ts'

/** What is confirmed to whoever has the code: what the paper says, and since when it holds no more. */
export interface Confirmed {
  facts: Facts
  revokedOn: string | null
}

/**
 * The certificate with this code, whoever asks. The only way in without signing in: it asks for one code, and takes along nothing but what is
 * printed. What can be no code is looked for like one that nobody has.
 */
export async function confirm(
  { database, encryption }: { database: Database; encryption: FieldEncryption },
  tenantId: string,
  typed: string,
): Promise<Confirmed | null> {
  const codeHash = encryption.keyedHash(hashedAs(asCompared(typed)))
  return database.reading(wholeUniversity(tenantId), async (db) => {
    const [row] = await db
      .select({ facts: certificates.facts, revokedOn: certificateRevocations.on })
      .from(certificates)
      .leftJoin(
        certificateRevocations,
        and(
          eq(certificateRevocations.tenantId, certificates.tenantId),
          eq(certificateRevocations.certificateId, certificates.id),
        ),
      )
      .where(and(eq(certificates.tenantId, tenantId), eq(certificates.codeHash, codeHash)))
    return row ?? null
  })
}
