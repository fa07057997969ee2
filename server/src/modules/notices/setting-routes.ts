import { answers, asks, etagOf, inTransaction, requireCurrent, router } from '../../platform/http.ts'
import { noticeSettings, noticeSettingsView } from './schema.ts'
import { changeSettings, readSettings } from './settings.ts'

/** What the university settles about notices. */
export const settings = router()
  .get(
    '/',
    answers('通知设置：提前天数、提醒间隔、自动发出的种类、正文是否随邮件发送', noticeSettingsView),
    async (c) => {
      const { view, revision } = await inTransaction(c, readSettings)
      c.header('etag', etagOf(revision))
      return c.json(view)
    },
  )
  .put('/', answers('修改通知设置'), asks('json', noticeSettings), async (c) => {
    const revision = requireCurrent(c)
    await inTransaction(c, (ctx) => changeSettings(ctx, c.req.valid('json'), revision))
    return c.body(null, 204)
  })
