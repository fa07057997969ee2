import {
  answers,
  answersWorkbook,
  asks,
  download,
  etagOf,
  inTransaction,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { exportFilingList } from './exporting.ts'
import {
  addOwnPlace,
  changeOwnPlace,
  changeShippedPlace,
  listListChanges,
  readFilingList,
  setInUse,
} from './filing-list.ts'
import {
  filingListExport,
  filingListView,
  listChanges,
  listChangesQuery,
  newOwnPlace,
  ofPlace,
  ownPlaceAdded,
  shippedChange,
  useChange,
} from './filing-list-schema.ts'

/** 归档清单: the list in force, and what the university changes in it. */
export const filingList = router()
  .get('/filing-list', answers('归档清单中本校增加和调整的内容', filingListView), async (c) => {
    const { view, revision } = await inTransaction(c, readFilingList)
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .get(
    '/filing-list/changes',
    answers('归档清单的历次调整，最近的在前', listChanges),
    asks('query', listChangesQuery),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => listListChanges(ctx, c.req.valid('query'))))
    },
  )
  .post(
    '/filing-list/places',
    answers('在归档清单中增加一个本校的位置', ownPlaceAdded, 201),
    asks('json', newOwnPlace),
    async (c) => {
      const revision = requireCurrent(c)
      const code = await inTransaction(c, (ctx) => addOwnPlace(ctx, c.req.valid('json'), revision))
      return c.json({ code }, 201)
    },
  )
  .put(
    '/filing-list/places/:code',
    answers('修改本校增加的一个位置'),
    asks('param', ofPlace),
    asks('json', newOwnPlace),
    async (c) => {
      const revision = requireCurrent(c)
      await inTransaction(c, (ctx) => changeOwnPlace(ctx, c.req.valid('param').code, c.req.valid('json'), revision))
      return c.body(null, 204)
    },
  )
  .put(
    '/filing-list/places/:code/adjustment',
    answers('调整系统自带的一个位置；没有给出的恢复系统默认'),
    asks('param', ofPlace),
    asks('json', shippedChange),
    async (c) => {
      const revision = requireCurrent(c)
      await inTransaction(c, (ctx) => changeShippedPlace(ctx, c.req.valid('param').code, c.req.valid('json'), revision))
      return c.body(null, 204)
    },
  )
  .put(
    '/filing-list/places/:code/use',
    answers('停用或恢复使用一个位置；原有的材料仍在原处'),
    asks('param', ofPlace),
    asks('json', useChange),
    async (c) => {
      const revision = requireCurrent(c)
      await inTransaction(c, (ctx) => setInUse(ctx, c.req.valid('param').code, c.req.valid('json'), revision))
      return c.body(null, 204)
    },
  )
  .post(
    '/filing-list/exports',
    answersWorkbook('把现行归档清单导出为表格'),
    asks('json', filingListExport),
    async (c) => download(c, await inTransaction(c, exportFilingList)),
  )
