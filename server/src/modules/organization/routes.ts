import { z } from 'zod'
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
import { exportOrganizations } from './exporting.ts'
import { appoint, appointAll, endOffice } from './offices.ts'
import { readOrganization, readTree } from './queries.ts'
import {
  created,
  dissolution,
  electionDelay,
  expiringTerms,
  newOffice,
  newOffices,
  newOrganization,
  newTerm,
  officeEnd,
  organizationChange,
  organizationPage,
  organizationsExport,
  tree,
  treeQuery,
} from './schema.ts'
import * as service from './service.ts'
import { listExpiringTerms } from './terms.ts'

const one = z.object({ organizationId: z.uuid() })
const oneOffice = one.extend({ officeId: z.uuid() })
const oneTerm = one.extend({ termId: z.uuid() })

export const organization = router()
  .get(
    '/tree',
    answers('读取组织树：各级组织、人数、现任书记和换届情况', tree),
    asks('query', treeQuery),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => readTree(ctx, c.req.valid('query'))))
    },
  )
  .get('/expiring-terms', answers('列出临近换届和超期未换届的组织', expiringTerms), async (c) => {
    return c.json(await inTransaction(c, listExpiringTerms))
  })
  .post(
    '/exports',
    answersWorkbook('把组织、任职和换届情况导出为表格'),
    asks('json', organizationsExport),
    async (c) => {
      return download(c, await inTransaction(c, (ctx) => exportOrganizations(ctx, c.req.valid('json'))))
    },
  )
  .post('/', answers('新设组织', created, 201), asks('json', newOrganization), async (c) => {
    const id = await inTransaction(c, (ctx) => service.establish(ctx, c.req.valid('json')))
    return c.json({ id }, 201)
  })
  .post('/offices', answers('一次登记多个组织的任职'), asks('json', newOffices), async (c) => {
    await inTransaction(c, (ctx) => appointAll(ctx, c.req.valid('json')))
    return c.body(null, 204)
  })
  .get('/:organizationId', answers('读取一个组织', organizationPage), asks('param', one), async (c) => {
    const page = await inTransaction(c, (ctx) => readOrganization(ctx, c.req.valid('param').organizationId))
    c.header('etag', etagOf(page.revision))
    return c.json(page)
  })
  .patch(
    '/:organizationId',
    answers('修改组织的名称等信息'),
    asks('param', one),
    asks('json', organizationChange),
    async (c) => {
      const { organizationId } = c.req.valid('param')
      const revision = requireCurrent(c)
      await inTransaction(c, (ctx) => service.changeOrganization(ctx, organizationId, revision, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/:organizationId/dissolution',
    answers('撤销组织'),
    asks('param', one),
    asks('json', dissolution),
    async (c) => {
      const { organizationId } = c.req.valid('param')
      const revision = requireCurrent(c)
      await inTransaction(c, (ctx) => service.dissolve(ctx, organizationId, revision, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/:organizationId/offices',
    answers('登记任职', created, 201),
    asks('param', one),
    asks('json', newOffice),
    async (c) => {
      const { organizationId } = c.req.valid('param')
      const id = await inTransaction(c, (ctx) => appoint(ctx, organizationId, c.req.valid('json')))
      return c.json({ id }, 201)
    },
  )
  .post(
    '/:organizationId/offices/:officeId/end',
    answers('登记离任'),
    asks('param', oneOffice),
    asks('json', officeEnd),
    async (c) => {
      const { organizationId, officeId } = c.req.valid('param')
      await inTransaction(c, (ctx) => endOffice(ctx, organizationId, officeId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/:organizationId/terms',
    answers('登记换届，新一届开始', created, 201),
    asks('param', one),
    asks('json', newTerm),
    async (c) => {
      const { organizationId } = c.req.valid('param')
      const id = await inTransaction(c, (ctx) => service.beginTerm(ctx, organizationId, c.req.valid('json')))
      return c.json({ id }, 201)
    },
  )
  .put(
    '/:organizationId/terms/:termId/delay',
    answers('登记经上级批准的延期换届'),
    asks('param', oneTerm),
    asks('json', electionDelay),
    async (c) => {
      const { organizationId, termId } = c.req.valid('param')
      await inTransaction(c, (ctx) => service.delayElection(ctx, organizationId, termId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
