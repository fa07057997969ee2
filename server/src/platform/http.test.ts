import { writeFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '../../test/database.ts'
import { smallUniversity } from '../../test/factories.ts'
import type { Context } from './context.ts'
import { asks, download, etagOf, inTransaction, onError, requireCurrent, router } from './http.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const broken = router()
  .get('/lost', async (c) => c.json(await inTransaction(c, loses)))
  .post('/lost', async (c) => c.json(await inTransaction(c, loses)))
  .post('/wrong', async (c) => c.json(await inTransaction(c, ({ db }) => db.execute(sql`select 1 / 0`))))
  .post('/full', async () => {
    await writeFile('/dev/full', '满')
    return new Response()
  })

/** A use case whose session somebody ends. */
async function loses({ db }: Context) {
  const { rows } = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  await database.asOwner((owner) => owner.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`))
  return db.execute(sql`select 1`)
}

test.each<[what: string, method: string, path: string, title: string, detail: RegExp]>([
  [
    'a write whose connection is lost',
    'POST',
    '/lost',
    '结果不确定',
    /可能已经保存，也可能没有。请刷新后核对，再决定是否重做。$/,
  ],
  ['a write that fails', 'POST', '/wrong', '系统出错', /数据没有改动/],
  ['a reading whose connection is lost', 'GET', '/lost', '系统出错', /数据没有改动/],
])('%s is answered with what is known', async (_what, method, path, title, detail) => {
  const answer = await it.served(broken, it.actors.secretary).request(path, { method })
  expect([answer.status, await answer.json()]).toEqual([
    500,
    expect.objectContaining({ title, detail: expect.stringMatching(detail) }),
  ])
})

test.each([
  ['人员名册2026-11-28.xlsx', '%E4%BA%BA%E5%91%98%E5%90%8D%E5%86%8C2026-11-28.xlsx'],
  ['a"\r\nx-evil: 1.xlsx', 'a%22%0D%0Ax-evil%3A%201.xlsx'],
  ["it's (1)*.xlsx", 'it%27s%20%281%29%2A.xlsx'],
  ['\u202exslx.exe.xlsx', 'xslx.exe.xlsx'],
  ['../\ud800.xlsx', '..%2F%EF%BF%BD.xlsx'],
])('a workbook is saved as it is named, whatever stands in the name: %j', async (name, written) => {
  const app = router().get('/', (c) => download(c, { name, bytes: new Uint8Array() }))
  const answer = await app.request('/')
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
    200,
    `attachment; filename*=UTF-8''${written}`,
  ])
})

test.each([
  ['an address', '/files/1', [400, '提交的内容不符合要求', []]],
  ['a filter', '/files/01a2238c-4cb3-700b-a78e-6c0b851f6b45?size=1', [400, '提交的内容不符合要求', ['size']]],
])('%s that cannot be one is told as such', async (_what, path, told) => {
  const app = router().get(
    '/files/:id',
    asks('param', z.object({ id: z.uuid() })),
    asks('query', z.object({ size: z.enum(['small']) })),
    (c) => c.json(c.req.valid('param')),
  )
  app.onError(onError)
  const { status, title, fields } = await (await app.request(path)).json()
  expect([status, title, fields.map((field: { path: string }) => field.path)]).toEqual(told)
})

test('a full disk is told as such, and what to do', async () => {
  const answer = await it.served(broken, it.actors.secretary).request('/full', { method: 'POST' })
  expect([answer.status, await answer.json()]).toEqual([
    507,
    expect.objectContaining({
      title: '服务器的磁盘已满',
      reason: 'full',
      detail: expect.stringMatching(/腾出空间，再重新提交/),
    }),
  ])
})

const revisions = router().put('/', (c) => c.json({ revision: requireCurrent(c) }))
revisions.onError(onError)

test.each<[ifMatch: string | undefined, answer: [status: number, revision?: number]]>([
  [etagOf(0), [200, 0]],
  [etagOf(12), [200, 12]],
  [`W/${etagOf(12)}`, [200, 12]],
  ['"999999999"', [200, 999_999_999]],
  [undefined, [412]],
  ['', [412]],
  ['*', [412]],
  ['12', [412]],
  ['"', [412]],
  ['""', [412]],
  ['"012"', [412]],
  ['"-1"', [412]],
  ['"1e3"', [412]],
  ['"1.0"', [412]],
  ['"12", "13"', [412]],
  ['"1000000000"', [412]],
  ['"x"', [412]],
])('a change made on the reading %j is answered %j', async (ifMatch, expected) => {
  const answer = await revisions.request('/', {
    method: 'PUT',
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  })
  const { revision } = await answer.json()
  expect([answer.status, ...(revision === undefined ? [] : [revision])]).toEqual(expected)
})
