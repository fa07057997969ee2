import { z } from 'zod'
import { answers, asks, router } from '../../platform/http.ts'
import { mediaRoutes } from './media-routes.ts'
import { overEntries } from './over-entries.ts'
import { created, newArticleOf, shelf as shelfPage, shelfQuery, shelfView } from './schema.ts'
import { listShelf, openWorkMedium, readWork } from './shelf.ts'
import { beginArticleOf } from './telling.ts'

const ofWork = asks('param', z.object({ entryId: z.uuid() }))

/** 作品架: works that were accepted and are public, for everybody who reads their call. */
export const shelf = router()
  .get('/', answers('列出作品架上的作品', shelfPage), asks('query', shelfQuery), async (c) => {
    return c.json(await overEntries(c, (ctx) => listShelf(ctx, c.req.valid('query'))))
  })
  .get('/:entryId', answers('读取作品架上的一件作品', shelfView), ofWork, async (c) => {
    return c.json(await overEntries(c, (ctx) => readWork(ctx, c.req.valid('param').entryId)))
  })
  .post('/:entryId/article', answers('把作品写成稿件', created, 201), ofWork, asks('json', newArticleOf), async (c) => {
    const { entryId } = c.req.valid('param')
    const { sectionId } = c.req.valid('json')
    const { store } = c.var.contents
    return c.json({ id: await overEntries(c, (ctx) => beginArticleOf(ctx, entryId, sectionId, store.has)) }, 201)
  })
  .route('/:entryId/media', mediaRoutes(openWorkMedium))
