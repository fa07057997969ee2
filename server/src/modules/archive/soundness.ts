import { and, count, eq, inArray, max, min, ne, sql } from 'drizzle-orm'
import type { ContentStore, Soundness } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { record, system } from '../../platform/journal.ts'
import { authorize } from '../../platform/refusal.ts'
import { dayInChina } from '../../platform/today.ts'
import { within } from '../../platform/within.ts'
import { organizations, universities } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { documentsHolding, ofOrganization, ofPerson } from './queries.ts'
import type { SoundnessView } from './seal-schema.ts'
import { archiveContentChecks, archiveContents, archiveDocuments } from './tables.ts'

/** How much one night looks at: what was never looked at first, then what was looked at longest ago. */
export interface Night {
  maxContents: number
  maxBytes: number
}

const shippedNight: Night = { maxContents: 50_000, maxBytes: 200 * 1024 ** 3 }

/**
 * Nightly: reads a slice of all contents again and notes of each whether its bytes are still those that were filed. Each result
 * is kept as soon as it is there, so that a night that is broken off goes on in the next one.
 */
export async function checkContents(
  database: Database,
  store: ContentStore,
  night: Night = shippedNight,
): Promise<void> {
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities)) {
    const scope = wholeUniversity(tenantId)
    const found: Record<Soundness, number> = { sound: 0, missing: 0, changed: 0 }
    let bytes = 0
    for (const { id, sizeBytes } of await database.transaction(scope, (db) => oldest({ db, tenantId }, night))) {
      bytes += sizeBytes
      if (bytes > night.maxBytes) break
      const result = await store.check(id)
      found[result] += 1
      const row = { tenantId, contentId: id, result, checkedAt: new Date() }
      await database.transaction(scope, (db) =>
        db
          .insert(archiveContentChecks)
          .values(row)
          .onConflictDoUpdate({
            target: [archiveContentChecks.tenantId, archiveContentChecks.contentId],
            set: { result, checkedAt: row.checkedAt },
          }),
      )
    }
    if (found.sound + found.missing + found.changed === 0) continue
    await database.transaction(scope, (db) =>
      record(
        { db, tenantId, actor: system, requestId: newId() },
        'archive.contents-checked',
        { kind: 'store', id: tenantId },
        found,
      ),
    )
  }
}

const isHeld = sql`exists (${documentsHolding(archiveContents.id)} and d.tenant_id = ${archiveContents.tenantId})`

const ofCheck = and(
  eq(archiveContentChecks.tenantId, archiveContents.tenantId),
  eq(archiveContentChecks.contentId, archiveContents.id),
)

function oldest({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, { maxContents }: Night) {
  return db
    .select({ id: archiveContents.id, sizeBytes: archiveContents.sizeBytes })
    .from(archiveContents)
    .leftJoin(archiveContentChecks, ofCheck)
    .where(and(eq(archiveContents.tenantId, tenantId), isHeld))
    .orderBy(sql`${archiveContentChecks.checkedAt} nulls first`, archiveContents.id)
    .limit(maxContents)
}

/** What the nightly look has found, with the documents of the reader's reach that are affected. */
export async function readSoundness(ctx: Context): Promise<SoundnessView> {
  const { tenantId, actor } = ctx
  const roots = actor.rootsOf('keep-files')
  authorize(roots.length > 0, '查看存储核对结果')
  const ofTenant = and(eq(archiveContents.tenantId, tenantId), isHeld)
  const [sums] = await ctx.db
    .select({
      contents: count(),
      checked: count(archiveContentChecks.contentId),
      oldest: min(archiveContentChecks.checkedAt),
      last: max(archiveContentChecks.checkedAt),
    })
    .from(archiveContents)
    .leftJoin(archiveContentChecks, ofCheck)
    .where(ofTenant)
  const { contents = 0, checked = 0, oldest: first = null, last = null } = sums ?? {}
  const wrong = await ctx.db
    .select({
      check: archiveContentChecks,
      document: archiveDocuments,
      person: persons.name,
      organization: organizations.name,
    })
    .from(archiveContentChecks)
    .innerJoin(
      archiveDocuments,
      and(
        eq(archiveDocuments.tenantId, archiveContentChecks.tenantId),
        eq(archiveDocuments.contentId, archiveContentChecks.contentId),
      ),
    )
    .innerJoin(organizations, ofOrganization)
    .leftJoin(persons, ofPerson)
    .where(
      and(
        eq(archiveContentChecks.tenantId, tenantId),
        ne(archiveContentChecks.result, 'sound'),
        within(archiveDocuments.path, roots),
        inArray(
          archiveContentChecks.contentId,
          ctx.db.select({ id: archiveContents.id }).from(archiveContents).where(ofTenant),
        ),
      ),
    )
    .orderBy(archiveContentChecks.checkedAt, archiveContentChecks.contentId, archiveDocuments.id)
    .limit(mostProblems)
  return {
    contents,
    checked,
    oldestOn: first === null || checked < contents ? null : dayInChina(first),
    lastAt: last?.toISOString() ?? null,
    problems: [...Map.groupBy(wrong, (it) => it.check.contentId)].flatMap(([contentId, rows]) => {
      const [{ check } = { check: undefined }] = rows
      if (check === undefined || check.result === 'sound') return []
      const documents = rows.map(({ document, person, organization }) => ({
        id: document.id,
        title: document.title,
        person: document.personId === null ? null : { id: document.personId, name: person ?? '' },
        organization: { id: document.organizationId, name: organization },
      }))
      return [{ contentId, result: check.result, checkedAt: check.checkedAt.toISOString(), documents }]
    }),
  }
}

/** More damaged documents than these are a matter for a backup. */
const mostProblems = 500
