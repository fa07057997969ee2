import { z } from 'zod'
import { answers, asks, etagOf, inTransaction, requireCurrent, router } from '../../platform/http.ts'
import { readPerson } from './queries.ts'
import { listReadings } from './readings.ts'
import { listPeople } from './register.ts'
import {
  created,
  fieldRead,
  move,
  newPerson,
  people as peoplePage,
  peopleQuery,
  personChange,
  personPage,
  reading,
  readings,
  readingsQuery,
} from './schema.ts'
import * as service from './service.ts'

const one = z.object({ personId: z.uuid() })

export const people = router()
  .get('/', answers('列出人员：按姓名、学号、拼音或首字母查找', peoplePage), asks('query', peopleQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listPeople(ctx, c.req.valid('query'))))
  })
  .post('/', answers('登记人员', created, 201), asks('json', newPerson), async (c) => {
    const id = await inTransaction(c, (ctx) => service.register(ctx, c.req.valid('json')))
    return c.json({ id }, 201)
  })
  .get('/:personId', answers('读取一位人员', personPage), asks('param', one), async (c) => {
    const page = await inTransaction(c, (ctx) => readPerson(ctx, c.req.valid('param').personId))
    c.header('etag', etagOf(page.revision))
    return c.json(page)
  })
  .patch('/:personId', answers('修改人员信息'), asks('param', one), asks('json', personChange), async (c) => {
    const { personId } = c.req.valid('param')
    const revision = requireCurrent(c)
    await inTransaction(c, (ctx) => service.changePerson(ctx, personId, revision, c.req.valid('json')))
    return c.body(null, 204)
  })
  .post('/:personId/moves', answers('把人员转到另一个组织'), asks('param', one), asks('json', move), async (c) => {
    const { personId } = c.req.valid('param')
    const revision = requireCurrent(c)
    await inTransaction(c, (ctx) => service.movePerson(ctx, personId, revision, c.req.valid('json')))
    return c.body(null, 204)
  })
  .get(
    '/:personId/readings',
    answers('列出谁读过这份档案', readings),
    asks('param', one),
    asks('query', readingsQuery),
    async (c) => {
      const { personId } = c.req.valid('param')
      return c.json(await inTransaction(c, (ctx) => listReadings(ctx, personId, c.req.valid('query'))))
    },
  )
  .post(
    '/:personId/readings',
    answers('查看完整的身份证号或电话，记入台账', fieldRead),
    asks('param', one),
    asks('json', reading),
    async (c) => {
      const { personId } = c.req.valid('param')
      return c.json(await inTransaction(c, (ctx) => service.readIdentity(ctx, personId, c.req.valid('json'))))
    },
  )
