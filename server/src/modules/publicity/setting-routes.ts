import { z } from 'zod'
import {
  answers,
  asks,
  etagOf,
  inTransaction,
  inTransactionHolding,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { approveWaiting } from './reviewing.ts'
import { created, publicitySettings, publicitySettingsView, sectionChange, sectionFields, sections } from './schema.ts'
import { addSection, changeSection, listSections } from './sections.ts'
import { changeSettings, readSettings } from './settings.ts'

/** What the university settles about articles. */
export const settingRoutes = router()
  .get('/', answers('宣传设置：几人审核、对外公开的是否由上级审核、站点名称', publicitySettingsView), async (c) => {
    const { view, revision } = await inTransaction(c, readSettings)
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/', answers('修改宣传设置'), asks('json', publicitySettings), async (c) => {
    const revision = requireCurrent(c)
    await inTransactionHolding(c, 'publish', async (ctx) => {
      await changeSettings(ctx, c.req.valid('json'), revision)
      await approveWaiting(ctx)
    })
    return c.body(null, 204)
  })

/** 栏目 of the site. */
export const sectionRoutes = router()
  .get('/', answers('列出网站的栏目', sections), async (c) => c.json(await inTransaction(c, listSections)))
  .post('/', answers('新增栏目', created, 201), asks('json', sectionFields), async (c) => {
    const id = await inTransaction(c, (ctx) => addSection(ctx, c.req.valid('json')))
    return c.json({ id }, 201)
  })
  .put(
    '/:sectionId',
    answers('修改或停用栏目'),
    asks('param', z.object({ sectionId: z.uuid() })),
    asks('json', sectionChange),
    async (c) => {
      const revision = requireCurrent(c)
      const { sectionId } = c.req.valid('param')
      await inTransaction(c, (ctx) => changeSection(ctx, sectionId, c.req.valid('json'), revision))
      return c.body(null, 204)
    },
  )
