import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { answersFile, asks, router } from '../../platform/http.ts'
import type { StoredItem } from '../media/queries.ts'
import { contentQuery } from '../media/schema.ts'
import { answerMedia, answerText } from '../media/serving.ts'
import { readText } from '../media/texts.ts'
import { overEntries } from './over-entries.ts'
import { textKind } from './schema.ts'

const medium = z.object({ entryId: z.uuid(), mediaId: z.uuid() })

/** The pictures, sounds, films and files of an entry, with captions and chapters, as `open` lets the actor see them. */
export const mediaRoutes = (open: (ctx: Context, entryId: string, mediaId: string) => Promise<StoredItem>) =>
  router()
    .get(
      '/:mediaId',
      answersFile('作品里的图片、音频、视频或文件', ['application/octet-stream']),
      asks('param', medium),
      asks('query', contentQuery),
      async (c) => {
        const { entryId, mediaId } = c.req.valid('param')
        const item = await overEntries(c, (ctx) => open(ctx, entryId, mediaId))
        return answerMedia(c, item, c.req.valid('query'))
      },
    )
    .get(
      '/:mediaId/texts/:kind',
      answersFile('字幕或章节（WebVTT）', ['text/vtt']),
      asks('param', medium.extend({ kind: textKind })),
      async (c) => {
        const { entryId, mediaId, kind } = c.req.valid('param')
        return answerText(
          c,
          await overEntries(c, async (ctx) => readText(ctx, await open(ctx, entryId, mediaId), kind)),
        )
      },
    )
