import { Readable } from 'node:stream'
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import { answers, type Env, inTransaction, inTransactionOver, router } from '../../platform/http.ts'
import { newId } from '../../platform/ids.ts'
import type { ImportedPicture } from '../../platform/pages/tasks.ts'
import { Refusal } from '../../platform/refusal.ts'
import { addItem, type Home, homeFor } from '../media/service.ts'
import { takeMedia } from '../media/taking-in.ts'
import { incoming } from '../media/uploads.ts'
import { type ImportedText, importedText } from './schema.ts'

const description = { altText: '', credit: '', showsPersons: 'unknown', consentNote: null, consentOn: null } as const

/** Word documents for the editor: the text is answered, the pictures in it become those of the person. */
export const imports = router().post(
  '/',
  answers('读取 Word 文档（.docx）用作稿件：正文和图片', importedText),
  async (c) => {
    const home = await inTransaction(c, (ctx) => homeFor(ctx, { uploadId: newId(), description }))
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length === 0) throw new Refusal('malformed', '没有收到文件，请重新选择 Word 文档。')
    const source = { key: `word ${newId()}`, contents: () => Readable.from([bytes]) }
    const { html, pictures, remarks } = await c.var.pageReader.article(source)
    const taken: ImportedText = { html, pictures: [], remarks: [...remarks] }
    for (const picture of pictures) {
      const mediaId = await take(c, picture, home).catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.isPassing) throw error
        taken.remarks.push(error.message)
        return null
      })
      taken.pictures.push(mediaId)
    }
    return c.json(taken)
  },
)

/** Takes a picture of the document in as one that was uploaded. */
async function take(c: HonoContext<Env>, { name, bytes }: ImportedPicture, home: Home): Promise<string> {
  const { contents, pageReader } = c.var
  const { uploads, store } = contents
  const inside = <T>(useCase: (ctx: Context) => Promise<T>) => inTransactionOver(c, [home.path], useCase)
  const file = { fileName: name, sizeBytes: bytes.length }
  const upload = await inside((ctx) => incoming.begin(ctx, file, uploads.begin))
  try {
    await uploads.append(upload.id, 0, Readable.from([bytes]), { maxBytes: bytes.length })
    const media = await takeMedia(contents, pageReader, upload)
    const wanted = { uploadId: upload.id, description }
    return await inside((ctx) => addItem(ctx, wanted, home, media, { fileName: name, contentIsThere: store.has }))
  } catch (error) {
    await inside((ctx) => incoming.forget(ctx, upload.id))
    throw error
  } finally {
    await uploads.discard(upload.id)
  }
}
