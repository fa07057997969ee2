import { Readable } from 'node:stream'
import type { ContentKind } from '@zhibu/rules'
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import type { Env } from '../../platform/http.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { FileToFile } from './held-contents.ts'
import { takeIn } from './taking-in.ts'
import { beginUpload, forgetUpload } from './uploads.ts'

/**
 * Brings a file that was made here in by way of an upload, as every file comes in, and lets `file` make a document of it. `run` runs a use
 * case as the actor. Where it is refused, nothing is left of the upload.
 */
export async function bringIn<T>(
  { var: { contents, pageReader } }: HonoContext<Env>,
  run: <R>(useCase: (ctx: Context) => Promise<R>) => Promise<R>,
  { bytes, fileName, allowed }: { bytes: Uint8Array; fileName: string; allowed: readonly ContentKind[] },
  file: (ctx: Context, uploadId: string, taken: FileToFile) => Promise<T>,
): Promise<T> {
  const described = { fileName, sizeBytes: bytes.length }
  const upload = await run((ctx) => beginUpload(ctx, described, contents.uploads.begin))
  try {
    await contents.uploads.append(upload.id, 0, Readable.from([bytes]), { maxBytes: bytes.length })
    const content = await takeIn(contents, pageReader, upload, allowed)
    const taken = { content, fileName: upload.fileName, contentIsThere: contents.store.has }
    return await run((ctx) => file(ctx, upload.id, taken))
  } catch (error) {
    if (error instanceof Refusal) await run((ctx) => forgetUpload(ctx, upload.id))
    throw error
  } finally {
    await contents.uploads.discard(upload.id)
  }
}
