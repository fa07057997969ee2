import { z } from 'zod'
import { answers, asks, inTransaction, router } from '../../platform/http.ts'
import * as delegation from './delegation-schema.ts'
import {
  endDelegation,
  findByNumbers,
  findHelpers,
  giveDelegation,
  listDelegated,
  listDelegations,
} from './delegations.ts'

const one = z.object({ delegationId: z.uuid() })
const created = z.object({ id: z.uuid() })

export const delegations = router()
  .get(
    '/delegations',
    answers('列出协助授权', delegation.delegationsPage),
    asks('query', delegation.delegationsQuery),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => listDelegations(ctx, c.req.valid('query'))))
    },
  )
  .post(
    '/delegations',
    answers('授权他人协助填写', created, 201),
    asks('json', delegation.newDelegation),
    async (c) => {
      const id = await inTransaction(c, (ctx) => giveDelegation(ctx, c.req.valid('json')))
      return c.json({ id }, 201)
    },
  )
  .post(
    '/delegations/numbers',
    answers('按学号（工号）查找可授权他人协助的人员', delegation.foundPersons),
    asks('json', delegation.numberedPersons),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => findByNumbers(ctx, c.req.valid('json').numbers)))
    },
  )
  .get(
    '/delegations/:delegationId/persons',
    answers('列出一项协助授权涉及的人员', delegation.delegatedPersons),
    asks('param', one),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => listDelegated(ctx, c.req.valid('param').delegationId)))
    },
  )
  .delete('/delegations/:delegationId', answers('提前结束协助授权'), asks('param', one), async (c) => {
    await inTransaction(c, (ctx) => endDelegation(ctx, c.req.valid('param').delegationId))
    return c.body(null, 204)
  })
  .get(
    '/helpers',
    answers('按姓名、学号（工号）或拼音首字母查找可授权的协助人', delegation.helpers),
    asks('query', delegation.helpersQuery),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => findHelpers(ctx, c.req.valid('query').q)))
    },
  )
