import { and, eq, gt, gte, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { firstIdOf } from '../../platform/ids.ts'
import { journal, record } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { openDocument } from './queries.ts'

/** Looking through the pages of a document within this time is one reading. */
const oneReadingMinutes = 60

/**
 * Opens the content of a document for a reader. Of a sensitive one the reading is written down and shown to the person
 * concerned; the person's own reading is not. Refused where it may not be read, or was destroyed.
 */
export async function readContent(ctx: Context, documentId: string, { isDownload = false } = {}) {
  const it = await openDocument(ctx, documentId)
  const { document, place, can, destroyedOn } = it
  if (destroyedOn !== null)
    throw new Refusal('conflict', `这份材料的内容已于 ${destroyedOn} 按销毁清单销毁，只保留登记信息。`)
  if (document.isWithdrawal) throw new Refusal('not-found', '这是撤出档案的登记，没有内容。请打开它以前的一份查看。')
  if (isDownload && !can.download)
    throw new Refusal('forbidden', '您协助办理这份材料，可以在页面上查看，不能下载。如需原件，请联系授权给您的同志。')
  const isOwn = document.personId !== null && document.personId === ctx.actor.personId
  if (place.sensitive && !isOwn && !(await wasReadLately(ctx, documentId))) {
    const subject = { kind: 'document', id: documentId, orgPath: document.path, personId: document.personId }
    await record(ctx, 'journal.read', subject, {
      what: 'document',
      // The person concerned reads this: of what is closed to them not even the title.
      ...(place.closedToPerson ? {} : { title: document.title }),
    })
  }
  return it
}

/** Whether the actor has looked at a subject of the journal within the last hour, and it was written down. */
export const wasReadLately = (ctx: Context, subjectId: string): Promise<boolean> =>
  wasRead(ctx, subjectId, gt(journal.at, sql`now() - make_interval(mins => ${oneReadingMinutes})`))

/** The same on this day, for what is read again and again through a day. */
export const wasReadToday = (ctx: Context, subjectId: string): Promise<boolean> =>
  wasRead(ctx, subjectId, gte(journal.id, firstIdOf(`${ctx.today}T00:00:00+08:00`)))

async function wasRead({ db, tenantId, actor }: Context, subjectId: string, since: SQL): Promise<boolean> {
  const [row] = await db
    .select({ id: journal.id })
    .from(journal)
    .where(
      and(
        eq(journal.tenantId, tenantId),
        eq(journal.subjectId, subjectId),
        eq(journal.event, 'journal.read'),
        eq(journal.accountId, actor.accountId),
        since,
      ),
    )
    .limit(1)
  return row !== undefined
}
