import type { Day } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { recordActs } from '../modules/development/imported.ts'
import { appoint, beginTerm, establish, foundUniversity } from '../modules/organization/service.ts'
import { organizations, universities } from '../modules/organization/tables.ts'
import { registerMany } from '../modules/people/bulk.ts'
import { Actor, type Context, rights } from '../platform/context.ts'
import { type Database, wholeTree } from '../platform/database.ts'
import type { FieldEncryption } from '../platform/encryption.ts'
import { newId } from '../platform/ids.ts'
import type { OrgPath } from '../platform/org-path.ts'
import { dayInChina } from '../platform/today.ts'
import { committeeName, universityName } from './tree.ts'
import { type DemoOrganization, inventUniversity } from './university.ts'

/** The tenant of the fictitious university. */
export const demoTenant = 'demo'

/**
 * Fills an empty database with the fictitious university, through the same use cases that people use, in one transaction.
 * Does nothing where a university stands already.
 */
export async function seedDemo(
  database: Database,
  encryption: FieldEncryption,
  today: Day = dayInChina(new Date()),
): Promise<void> {
  const standing = await database.app.select({ id: universities.id }).from(universities).limit(1)
  if (standing.length > 0) return
  const scope = { tenantId: demoTenant, accountId: null, personId: null, ranges: [wholeTree], helper: false }
  await database.transaction(scope, async (db) => {
    const actor = new Actor({ accountId: newId(), personId: null, name: '演示数据', grants: [{ rights, path: '' }] })
    const ctx: Context = { db, tenantId: demoTenant, actor, today, requestId: 'demo', encryption }
    const root = await foundUniversity(ctx, { name: universityName, committeeName })
    const { departments, colleges } = inventUniversity(today)
    const settled: Settled[] = []
    for (const organization of [departments, ...colleges]) {
      await settle(ctx, root.organizationId, organization, settled)
    }
    await fill(ctx, settled)
  })
}

/** An organisation that has been established, with its plan. */
interface Settled {
  id: string
  plan: DemoOrganization
}

/** Establishes an organisation and all below it. */
async function settle(ctx: Context, parentId: string, plan: DemoOrganization, settled: Settled[]): Promise<void> {
  const { name, kind, branchType, establishedOn } = plan
  const id = await establish(ctx, { parentId, kind, name, establishedOn, ...(branchType ? { branchType } : {}) })
  settled.push({ id, plan })
  for (const child of plan.children) await settle(ctx, id, child, settled)
}

/** Enters the persons with their acts, then who holds which office in which term. */
async function fill(ctx: Context, settled: readonly Settled[]): Promise<void> {
  const importId = newId()
  const people = settled.flatMap(({ id, plan }) => plan.people.map((person) => ({ organizationId: id, ...person })))
  const ids = await registerMany(
    ctx,
    people.map(({ organizationId, fields }) => ({ organizationId, fields })),
    importId,
  )
  const paths = await pathsOf(ctx)
  await recordActs(
    ctx,
    importId,
    people.flatMap(({ organizationId, acts }, at) =>
      acts.map((act) => ({ personId: ids[at] ?? '', path: paths.get(organizationId) ?? '', act })),
    ),
  )
  let at = 0
  for (const { id, plan } of settled) {
    if (plan.term) await beginTerm(ctx, id, plan.term)
    for (const { office, holder, from } of plan.offices) {
      const personId = ids[at + holder]
      if (personId) await appoint(ctx, id, { personId, office, from })
    }
    at += plan.people.length
  }
}

async function pathsOf({ db, tenantId }: Context): Promise<Map<string, OrgPath>> {
  const rows = await db
    .select({ id: organizations.id, path: organizations.path })
    .from(organizations)
    .where(eq(organizations.tenantId, tenantId))
  return new Map(rows.map((it) => [it.id, it.path]))
}
