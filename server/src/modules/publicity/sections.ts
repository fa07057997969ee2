import { and, asc, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, refuseField, refuseStale } from '../../platform/refusal.ts'
import { maySettle } from './policy.ts'
import type { SectionChange, SectionFields, Sections } from './schema.ts'
import { siteSections } from './tables.ts'

export type StoredSection = typeof siteSections.$inferSelect

/** The columns of the site in their order, those that are closed too. */
export async function listSections(ctx: Context): Promise<Sections> {
  const rows = await ctx.db
    .select()
    .from(siteSections)
    .where(eq(siteSections.tenantId, ctx.tenantId))
    .orderBy(asc(siteSections.position), asc(siteSections.id))
  const items = rows.map(({ id, name, slug, about, position, revision, closedAt }) => ({
    ...{ id, name, slug, about, position, revision },
    isClosed: closedAt !== null,
  }))
  return { items, can: { change: maySettle(ctx.actor) } }
}

/** A column that takes articles; refuses one that is closed. */
export async function openSection(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  sectionId: string,
): Promise<StoredSection> {
  const [row] = await db.select().from(siteSections).where(ofSection(tenantId, sectionId))
  const section = found(row, '个栏目')
  if (section.closedAt) refuseField('sectionId', `栏目“${section.name}”已停用，请选择别的栏目`)
  return section
}

/** Adds a column behind the others. */
export async function addSection(ctx: Context, fields: SectionFields): Promise<string> {
  authorize(maySettle(ctx.actor), '设置栏目')
  const { tenantId } = ctx
  const id = newId()
  const [row] = await ctx.db
    .insert(siteSections)
    .values({
      ...fields,
      tenantId,
      id,
      position: sql`(select coalesce(max(position), 0) + 1 from site_sections where tenant_id = ${tenantId})`,
    })
    .onConflictDoNothing({ target: [siteSections.tenantId, siteSections.slug] })
    .returning({ id: siteSections.id })
  if (!row) refuseSlug(fields.slug)
  await record(ctx, 'publicity.section-added', { kind: 'siteSection', id }, { name: fields.name })
  return id
}

/** Changes a column as read at this revision. Its word in addresses stays, so that no address leads nowhere. */
export async function changeSection(
  ctx: Context,
  sectionId: string,
  { name, about, position, isClosed }: SectionChange,
  revision: number,
): Promise<void> {
  authorize(maySettle(ctx.actor), '设置栏目')
  const [row] = await ctx.db.select().from(siteSections).where(ofSection(ctx.tenantId, sectionId)).for('update')
  const section = found(row, '个栏目')
  refuseStale(section, revision, '这个栏目')

  const closedAt = isClosed ? (section.closedAt ?? new Date()) : null
  await ctx.db
    .update(siteSections)
    .set({ name, about, position, closedAt, revision: revision + 1 })
    .where(ofSection(ctx.tenantId, sectionId))
  await record(ctx, 'publicity.section-changed', { kind: 'siteSection', id: sectionId }, { name, isClosed })
}

const ofSection = (tenantId: string, sectionId: string) =>
  and(eq(siteSections.tenantId, tenantId), eq(siteSections.id, sectionId))

function refuseSlug(slug: string): never {
  return refuseField('slug', `已经有栏目使用地址“${slug}”，请换一个`)
}
