import type { Context as HonoContext } from 'hono'
import { answers, asks, type Env, fontsOf, inTransaction, router } from '../../platform/http.ts'
import { Refusal } from '../../platform/refusal.ts'
import { bringIn } from '../archive/bringing-in.ts'
import { readContent } from '../archive/readings.ts'
import { type Filing, fileForm, takeFiling, targetsOf } from './filings.ts'
import { extensionOf, makeEachFile, type ReadFiled } from './making.ts'
import { inTurn } from './making-turns.ts'
import { type FilingOutcome, filingOrder, filingOutcome } from './schema.ts'

/** Forms that are filed as soon as they are made. */
export const filings = router().post(
  '/filings',
  answers('生成表格并直接归档（不需要签字盖章的）', filingOutcome, 200),
  asks('json', filingOrder),
  async (c) => {
    const filing = await inTransaction(c, (ctx) => takeFiling(ctx, c.req.valid('json')))
    return c.json(await inTurn(c, () => makeAndFile(c, filing)))
  },
)

/** A paper that lies in an archive, read by somebody who may take it away. */
export const readFiledFor =
  (c: HonoContext<Env>): ReadFiled =>
  async ({ documentId, title }) => {
    const { content } = await inTransaction(c, (ctx) => readContent(ctx, documentId, { isDownload: true }))
    if (content.sizeBytes > mostGivenBytes)
      throw new Refusal('too-large', `档案中的《${title}》文件较大，请在电子档案中打开下载。`)
    const pieces = await Array.fromAsync(await c.var.contents.store.read(content.id))
    return { bytes: Buffer.concat(pieces), extension: content.extension, mediaType: content.mediaType }
  }

const mostGivenBytes = 64 * 1024 * 1024

/** Makes forms and files each as soon as it is there, by way of an upload, as every file comes in. What is refused of one stops no other. */
async function makeAndFile(c: HonoContext<Env>, filing: Filing): Promise<FilingOutcome> {
  const outcome: FilingOutcome = { filed: [], refused: [] }
  for await (const { piece, made } of makeEachFile(filing.order, fontsOf(c))) {
    const targets = await inTransaction(c, (ctx) => targetsOf(ctx, filing.order.form, piece))
    for (const target of targets) {
      const { name } = target
      if ('refused' in made) {
        outcome.refused.push({ name, why: made.refused })
        continue
      }
      const { contents: allowed } = filing
      const brought = { bytes: made.file, fileName: `${piece.name}.${extensionOf(filing.order)}`, allowed }
      try {
        const documentId = await bringIn(
          c,
          (useCase) => inTransaction(c, useCase),
          brought,
          (ctx, uploadId, taken) => fileForm(ctx, filing, { piece, target, uploadId }, taken),
        )
        outcome.filed.push({ documentId, name })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        outcome.refused.push({ name, why: error.message })
      }
    }
  }
  return outcome
}
