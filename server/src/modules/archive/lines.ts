import { holdsIdentityNumber } from '@zhibu/rules'
import type { ContentStore } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import type { LineWish } from '../../platform/pages/tasks.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { may as mayWithPerson } from '../people/policy.ts'
import { findPerson } from '../people/queries.ts'
import { subjectOf } from '../people/service.ts'
import { textsOf } from './page-texts.ts'
import { type Opened, openForSight, pageTypeOf, sourceOf } from './sight.ts'

/** A line of a document that may be shown. */
interface OpenedLine {
  opened: Opened
  wish: LineWish
}

/**
 * Opens a line of a document for looking at its picture, with the rights and the record of reading of the document. A line with an
 * identity number is as secret as the number: it is shown to who may read that, and the reading is written down for the person to see.
 */
export async function openLine(
  ctx: Context,
  documentId: string,
  { page, line }: { page: number; line: number },
): Promise<OpenedLine> {
  const opened = await openForSight(ctx, documentId)
  const [text] = await textsOf(ctx, opened.content.id, { from: page, to: page })
  const it = text?.lines[line - 1]
  if (it?.box == null || pageTypeOf(opened.content.mediaType) === undefined)
    throw new Refusal('not-found', `第 ${page} 页没有第 ${line} 行的图片。`)
  if (holdsIdentityNumber(it.text)) await readNumber(ctx, opened)
  const { turnedBy = 0, skewedBy = 0 } = text?.lie ?? {}
  const { watermark } = opened
  return { opened, wish: { page: page - 1, box: it.box, turnedBy, skewedBy, ...(watermark !== null && { watermark }) } }
}

/** The line as a JPEG, upright, under the watermark where there is one. Nothing is drawn for whoever has gone on. */
export async function pictureOfLine(
  store: ContentStore,
  reader: PageReader,
  { opened: { content }, wish }: OpenedLine,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const type = found(pageTypeOf(content.mediaType), '份材料的页面')
  return reader.line(sourceOf(store, content.id, type), wish, signal)
}

async function readNumber(ctx: Context, { document: { personId } }: Opened): Promise<void> {
  if (personId === null) throw new Refusal('forbidden', '这一行有身份证号，不单独显示。请在材料的页面上查看。')
  if (personId === ctx.actor.personId) return
  const person = found(await findPerson(ctx, personId), '位人员')
  authorize(mayWithPerson(ctx.actor, person).readIdNumber, '查看完整号码')
  await record(ctx, 'journal.read', subjectOf(person), { what: 'idNumber', purpose: '核对材料上的号码' })
}
