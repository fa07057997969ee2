import { and, eq, gte, isNull, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import { found } from '../../platform/refusal.ts'
import { offices } from '../organization/tables.ts'
import { findPerson } from '../people/queries.ts'
import { may, type StaffFacts } from './policy.ts'
import { talentRecords } from './tables.ts'

/** Everything here runs over the whole university; who may see it is settled by `may`. */

export type StoredRecord = typeof talentRecords.$inferSelect

/** Somebody with what is stored of them; null where nothing is yet. */
export interface Staff extends StaffFacts {
  name: string
  organizationId: string
  stored: StoredRecord | null
  /** 0 where nothing is stored yet. */
  revision: number
}

/** Somebody of the register for whoever may read their record; locked against others who write it. */
export async function openStaff(ctx: Context, personId: string, { lock = false } = {}): Promise<Staff> {
  const it = await findStaff(ctx, personId, { lock })
  return found(it && may(ctx.actor, it).read ? it : undefined, '位同志的队伍信息')
}

/** Somebody of the register, whether or not they do the work. */
export async function findStaff(
  ctx: Pick<Context, 'db' | 'tenantId' | 'today'>,
  personId: string,
  { lock = false } = {},
): Promise<Staff | undefined> {
  const { db, tenantId, today } = ctx
  if (lock) await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 59))`)
  const person = await findPerson(ctx, personId)
  if (!person) return undefined
  const [stored] = await db
    .select()
    .from(talentRecords)
    .where(and(eq(talentRecords.tenantId, tenantId), eq(talentRecords.personId, personId)))
  const held = await db
    .select({ path: offices.path })
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, tenantId),
        eq(offices.personId, personId),
        or(isNull(offices.until), gte(offices.until, today)),
      ),
    )
  return {
    ...{ personId, path: person.path, name: person.name, organizationId: person.organizationId },
    officePaths: held.map((it) => it.path),
    isStaff: held.length > 0 || (stored?.employment ?? null) !== null,
    hasRecord: stored !== undefined,
    stored: stored ?? null,
    revision: stored?.revision ?? 0,
  }
}

/** Writes some of a record, which is begun where there is none. */
export async function keepRecord(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  { personId, revision }: Pick<Staff, 'personId' | 'revision'>,
  set: Partial<Omit<StoredRecord, 'tenantId' | 'personId' | 'revision'>>,
): Promise<void> {
  await db
    .insert(talentRecords)
    .values({ tenantId, personId, ...set, revision: revision + 1 })
    .onConflictDoUpdate({
      target: [talentRecords.tenantId, talentRecords.personId],
      set: { ...set, revision: revision + 1 },
    })
}

/** What somebody says of their time, as it is kept: whoever gives offices reads it, and nobody who has but the database. */
export const sealedNote = (
  { encryption }: Pick<Context, 'encryption'>,
  personId: string,
  note: string,
): string | null => (note === '' ? null : encryption.sealField(note, placeOfNote(personId)))

/** The same in the clear; empty where nothing is kept. */
export const openedNote = (
  { encryption }: Pick<Context, 'encryption'>,
  personId: string,
  it: StoredRecord | null,
): string =>
  it === null || it.availabilityNoteSealed === null
    ? ''
    : encryption.openField(it.availabilityNoteSealed, placeOfNote(personId))

const placeOfNote = (personId: string): string => `talent.availabilityNote:${personId}`

export const subjectOf = ({ personId, path }: Pick<Staff, 'personId' | 'path'>): Subject => ({
  kind: 'staffRecord',
  id: personId,
  orgPath: path,
  personId,
})
