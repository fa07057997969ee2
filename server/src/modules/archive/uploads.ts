import { and, count, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import type { NewUpload } from './schema.ts'
import { archiveUploads } from './tables.ts'

export type StoredUpload = typeof archiveUploads.$inferSelect

/** So many files may be on their way in for one account at a time; what is forgotten is cleared after some days. */
const uploadsAtATime = 200

/** Notes that a file is to come. Where it is to go is said when it is there. `begin` makes room for its bytes and gives the id. */
export async function beginUpload(
  ctx: Context,
  { fileName, sizeBytes }: NewUpload,
  begin: () => Promise<string>,
): Promise<StoredUpload> {
  const { actor, tenantId } = ctx
  authorize(
    actor.holdsAnywhere('keep-files') || actor.holdsAnywhere('keep-trainings') || actor.delegations.length > 0,
    '归档',
  )
  const [open] = await ctx.db.select({ count: count() }).from(archiveUploads).where(ownUploads(ctx))
  if ((open?.count ?? 0) >= uploadsAtATime)
    throw new Refusal('too-many', `您有 ${uploadsAtATime} 个文件还没有归档。请先归档或取消，再上传新的。`)

  const row = { tenantId, id: await begin(), accountId: actor.accountId, fileName, sizeBytes, startedAt: new Date() }
  await ctx.db.insert(archiveUploads).values(row)
  return row
}

/** A file on its way in. Nobody but who began it knows of it. */
export async function openUpload(ctx: Context, uploadId: string): Promise<StoredUpload> {
  const [row] = await ctx.db
    .select()
    .from(archiveUploads)
    .where(and(ownUploads(ctx), eq(archiveUploads.id, uploadId)))
  return found(row, '个上传的文件')
}

/** Forgets a file on its way in: a document has been made of it, or nobody wants it. */
export async function forgetUpload(ctx: Context, uploadId: string): Promise<void> {
  const [gone] = await ctx.db
    .delete(archiveUploads)
    .where(and(ownUploads(ctx), eq(archiveUploads.id, uploadId)))
    .returning({ id: archiveUploads.id })
  found(gone, '个上传的文件')
}

const ownUploads = ({ tenantId, actor }: Context) =>
  and(eq(archiveUploads.tenantId, tenantId), eq(archiveUploads.accountId, actor.accountId))
