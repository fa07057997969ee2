import type { ContentKind } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import type { Paper } from '../../platform/papers/official-paper.ts'
import { Refusal, refuseActOnStale } from '../../platform/refusal.ts'
import type { FileToFile } from '../archive/held-contents.ts'
import { destinationOf, fileDocument, supersedeDocument } from '../archive/service.ts'
import { findMedia } from '../media/queries.ts'
import { organizations } from '../organization/tables.ts'
import { recordPaper } from './record-paper.ts'
import { changeStored, lockFor, openActivity, subjectOf } from './stored.ts'

/** The place of the filing list into which records of activities go. */
const place = 'activityRecords'

/** A record that is to be filed, authorised; printing it takes no connection. */
export interface RecordToFile {
  paper: Paper
  allowed: readonly ContentKind[]
  fileName: string
  revision: number
}

/** Takes the record of an activity as it is now, to be printed and filed. Refuses who may not file at the organisation. */
export async function takeRecord(ctx: Context, activityId: string): Promise<RecordToFile> {
  const { filedRevision, revision: now } = await openActivity(ctx, activityId)
  if (filedRevision === now) throw new Refusal('conflict', '这份记录已经归档，之后没有改动，不用再归。')
  const activity = await lockFor(ctx, activityId, 'file', '归档', 'keep-files')
  const { organizationId, title, fromOn, revision } = activity
  const destination = await destinationOf(ctx, { organizationId, place })
  const [row] = await ctx.db
    .select({ name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, organizationId)))
  const ids = activity.record?.pictureIds ?? []
  const items = await findMedia(ctx, ids)
  const pictures = ids
    .flatMap((id) => items.get(id) ?? [])
    .filter((it) => it.withdrawnAt === null)
    .map((it) => `照片：${it.altText === '' ? it.fileName : it.altText}`)
  return {
    paper: recordPaper(activity, { organization: row?.name ?? '', pictures, madeOn: ctx.today }),
    allowed: destination.place.contents,
    fileName: `${fromOn ?? ''} ${title}.pdf`.trim(),
    revision,
  }
}

/** Files a record that was printed; where one lies there already, this takes its place. Refuses where it was changed meanwhile. */
export async function fileRecord(
  ctx: Context,
  activityId: string,
  { uploadId, revision }: { uploadId: string; revision: number },
  file: FileToFile,
): Promise<string> {
  const activity = await lockFor(ctx, activityId, 'file', '归档')
  refuseActOnStale(activity, revision, '这项活动')
  const { organizationId, title, documentId: former } = activity
  const on = activity.untilOn ?? activity.fromOn ?? ctx.today
  const described = { uploadId, on, nature: 'electronic' as const }
  const documentId =
    former === null
      ? await fileDocument(ctx, { ...described, organizationId, place, title: `活动记录：${title}` }, file)
      : await supersedeDocument(ctx, former, { ...described, reason: '活动记录有改动，重新归档' }, file)

  await changeStored(ctx, activityId, { documentId, filedRevision: revision })
  await record(ctx, 'activities.filed', subjectOf(activity), { title })
  return documentId
}
