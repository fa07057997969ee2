import { createHash } from 'node:crypto'
import { and, count, eq, gt, like, sum } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { keepContents } from '../archive/held-contents.ts'
import { findOrganization } from '../organization/queries.ts'
import { persons } from '../people/tables.ts'
import { may, mayPublish, mayUpload } from './policy.ts'
import { cropForm, ofItem, openItem, type StoredItem } from './queries.ts'
import { type CropOrder, type MediaDescription, mediaLimits, type NewItem } from './schema.ts'
import { mediaItems, mediaVariants } from './tables.ts'
import type { TakenForm, TakenMedia } from './taking-in.ts'
import { incoming } from './uploads.ts'

/** Where an item is to belong. */
export interface Home {
  organizationId: string
  path: OrgPath
}

/** Where what the actor brings in belongs: to their own organisation or one above it, or to one where they publish. Refuses more than a day allows. */
export async function homeFor(ctx: Context, { organizationId, description }: NewItem): Promise<Home> {
  const { actor, tenantId } = ctx
  authorize(mayUpload(actor), '上传素材')
  refuseFutureConsent(ctx, description)
  await refuseTooMuch(ctx)
  const [own] = await ctx.db
    .select({ organizationId: persons.organizationId, path: persons.path })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), eq(persons.id, actor.personId ?? '')))
  if (organizationId === undefined || organizationId === own?.organizationId) return found(own, '个人')
  const { id, path } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayPublish(actor, path) || (own !== undefined && isWithin(own.path, path)), '为这个组织上传素材')
  return { organizationId: id, path }
}

/** Takes an item in, whose upload is used up by it. Runs over the place where it belongs. */
export async function addItem(
  ctx: Context,
  { uploadId, description, isPrivate = false }: NewItem,
  home: Home,
  { forms, ...taken }: TakenMedia,
  { fileName, contentIsThere }: { fileName: string; contentIsThere: (contentId: string) => Promise<boolean> },
): Promise<string> {
  authorize(mayUpload(ctx.actor), '上传素材')

  const { tenantId, actor } = ctx
  const id = newId()
  await keepContents(ctx, id, [taken.contentId, ...forms.map((it) => it.contentId)], contentIsThere)
  const uploader = { uploaderAccountId: actor.accountId, uploaderName: actor.name }
  await ctx.db
    .insert(mediaItems)
    .values({ tenantId, id, ...home, ...uploader, ...taken, fileName, ...description, isPrivate })
  if (forms.length > 0) await ctx.db.insert(mediaVariants).values(forms.map((it) => ({ tenantId, mediaId: id, ...it })))
  await incoming.forget(ctx, uploadId)
  await record(ctx, 'media.added', subjectOf({ id, path: home.path }), { fileName })
  return id
}

/** Changes what is said of an item as read at this revision. Runs over the place where it belongs. */
export async function describeItem(
  ctx: Context,
  mediaId: string,
  description: MediaDescription,
  revision: number,
): Promise<void> {
  const item = await openItem(ctx, mediaId, { lock: true })
  refuseWithdrawn(item)
  authorize(may(ctx.actor, item).change, '修改这个素材的说明')
  refuseStale(item, revision, '这个素材的说明')
  refuseFutureConsent(ctx, description)

  await ctx.db
    .update(mediaItems)
    .set({ ...description, revision: revision + 1 })
    .where(ofItem(ctx, mediaId))
  await record(ctx, 'media.described', subjectOf(item), { fileName: item.fileName })
}

/** Withdraws an item, with the reason: from now on nobody sees it anywhere. Runs over the place where it belongs. */
export async function withdrawItem(ctx: Context, mediaId: string, reason: string): Promise<void> {
  const item = await openItem(ctx, mediaId, { lock: true })
  refuseWithdrawn(item)
  authorize(may(ctx.actor, item).withdraw, '撤下这个素材')

  await ctx.db
    .update(mediaItems)
    .set({ withdrawnAt: new Date(), withdrawalReason: reason, revision: item.revision + 1 })
    .where(ofItem(ctx, mediaId))
  await record(ctx, 'media.withdrawn', subjectOf(item), { fileName: item.fileName, reason })
}

/** Refuses to cut one more part out of a picture of which there are as many as anybody needs: each takes room for good. */
export async function refuseMoreCrops({ db, tenantId }: Context, { id, fileName }: StoredItem): Promise<void> {
  const crops = await db.$count(
    mediaVariants,
    and(eq(mediaVariants.tenantId, tenantId), eq(mediaVariants.mediaId, id), like(mediaVariants.form, cropForm('%'))),
  )
  if (crops >= mediaLimits.crops)
    throw new Refusal('conflict', `“${fileName}”已经裁剪过 ${crops} 次，不能再裁剪。请重新上传这张图片。`)
}

/** Notes a part that was cut out of a picture, once. */
export async function addCrop(
  ctx: Context,
  item: StoredItem,
  form: TakenForm,
  contentIsThere: (contentId: string) => Promise<boolean>,
): Promise<void> {
  const { tenantId } = ctx
  await keepContents(ctx, item.id, [form.contentId], contentIsThere)
  await ctx.db
    .insert(mediaVariants)
    .values({ tenantId, mediaId: item.id, ...form })
    .onConflictDoNothing()
  await record(ctx, 'media.cropped', subjectOf(item), {
    fileName: item.fileName,
    croppedTo: `${form.width} × ${form.height}`,
  })
}

/** The name of a part: the same for the same part in the same size. */
export function cropNameOf({ box, size }: CropOrder): string {
  const numbers = [box.x, box.y, box.width, box.height].map((it) => it.toFixed(4))
  return createHash('sha256')
    .update([...numbers, size.width, size.height].join(' '))
    .digest('hex')
    .slice(0, 32)
}

export const cropFormOf = (order: CropOrder): string => cropForm(cropNameOf(order))

export const subjectOf = (it: Pick<StoredItem, 'id' | 'path'>) => ({ kind: 'media', id: it.id, orgPath: it.path })

export function refuseWithdrawn({ withdrawnAt, fileName }: Pick<StoredItem, 'withdrawnAt' | 'fileName'>): void {
  if (withdrawnAt !== null) throw new Refusal('conflict', `“${fileName}”已经撤下。请刷新页面查看。`)
}

function refuseFutureConsent({ today }: Context, { consentOn }: MediaDescription): void {
  if (consentOn !== null && consentOn > today) refuseField('description.consentOn', '同意的日期不能晚于今天')
}

const dayMs = 86_400_000

async function refuseTooMuch({ db, tenantId, actor }: Context): Promise<void> {
  const { items, bytes } = mediaLimits.perDay
  const [lately] = await db
    .select({ items: count(), bytes: sum(mediaItems.sizeBytes).mapWith(Number) })
    .from(mediaItems)
    .where(
      and(
        eq(mediaItems.tenantId, tenantId),
        eq(mediaItems.uploaderAccountId, actor.accountId),
        gt(mediaItems.createdAt, new Date(Date.now() - dayMs)),
      ),
    )
  if ((lately?.items ?? 0) >= items || (lately?.bytes ?? 0) >= bytes)
    throw new Refusal('too-many', `24 小时内最多上传 ${items} 个素材、${bytes / 1024 ** 3} GB。请明天再传。`)
}
