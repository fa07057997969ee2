import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { identityNumber, smallUniversity } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { people } from './routes.ts'
import { people as peoplePage, personPage, readings } from './schema.ts'

const u = await smallUniversity(await freshDatabase())
const { secretary, siblingSecretary, department } = u.actors
const idNumber = identityNumber('2004-02-29', 8)

const call = (actor: Actor | null, method: string, path: string, body?: unknown, ifMatch?: string) =>
  u.served(people, actor).request(path, {
    method,
    headers: { 'content-type': 'application/json', ...(ifMatch && { 'if-match': ifMatch }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

describe('a person over HTTP', () => {
  let id = ''
  beforeAll(async () => {
    const response = await call(secretary, 'POST', '/', { organizationId: u.branch.id, name: '周知行', idNumber })
    expect(response.status).toBe(201)
    id = ((await response.json()) as { id: string }).id
  })

  test('is read with an ETag, changed with it, and not twice', async () => {
    const before = await call(secretary, 'GET', `/${id}`)
    expect([before.status, before.headers.get('etag')]).toEqual([200, '"1"'])
    expect(personPage.parse(await before.json()).idNumberMask).toMatch(/^990\*{13}..$/)
    const change = { set: { grade: '2024 级' } }
    expect((await call(secretary, 'PATCH', `/${id}`, change)).status).toBe(412)
    expect((await call(secretary, 'PATCH', `/${id}`, change, '"1"')).status).toBe(204)
    expect((await call(secretary, 'PATCH', `/${id}`, change, '"1"')).status).toBe(412)
    expect((await call(secretary, 'GET', `/${id}`)).headers.get('etag')).toBe('"2"')
  })

  test('moves, and is out of sight', async () => {
    const target = { organizationId: u.sibling.id, on: '2026-10-01' }
    expect((await call(secretary, 'POST', `/${id}/moves`, target, '"2"')).status).toBe(403)
    expect((await call(department, 'POST', `/${id}/moves`, target, '"2"')).status).toBe(204)
    expect((await call(secretary, 'GET', `/${id}`)).status).toBe(404)
    expect((await call(siblingSecretary, 'GET', `/${id}`)).status).toBe(200)
  })

  test('shows a number once the reading has a purpose, and lists the reading', async () => {
    expect((await call(siblingSecretary, 'POST', `/${id}/readings`, { field: 'idNumber' })).status).toBe(400)
    const read = await call(siblingSecretary, 'POST', `/${id}/readings`, { field: 'idNumber', purpose: '政审函调' })
    expect(await read.json()).toEqual({ value: idNumber })
    const listed = readings.parse(await (await call(siblingSecretary, 'GET', `/${id}/readings?limit=1`)).json())
    expect(listed.items.map((it) => [it.by, it.what, it.purpose])).toEqual([['赵思远', 'idNumber', '政审函调']])
  })
})

test('the list answers as documented', async () => {
  const response = await call(secretary, 'GET', '/?q=wyz&limit=5')
  expect(peoplePage.parse(await response.json()).items.map((it) => it.name)).toEqual(['王一舟'])
})

test.each<[what: string, status: number, actor: Actor | null, method: string, path: string, body?: unknown]>([
  ['nobody signed in', 401, null, 'GET', '/'],
  ['an id that is none', 400, secretary, 'GET', '/1'],
  ['a person who is not there', 404, secretary, 'GET', `/${newId()}`],
  ['a page of a thousand', 400, secretary, 'GET', '/?limit=1000'],
  ['a sort that is none', 400, secretary, 'GET', '/?sort=idNumber'],
  ['a cursor that is none', 400, secretary, 'GET', '/?cursor=abc'],
  ['a person without a name', 400, secretary, 'POST', '/', { organizationId: newId(), name: ' ' }],
  ['a day that is none', 400, secretary, 'POST', '/', { organizationId: newId(), name: '甲', bornOn: '2004-02-30' }],
  [
    'a name of characters that cannot be stored',
    400,
    secretary,
    'POST',
    '/',
    { organizationId: u.branch.id, name: '甲\u0000' },
  ],
  [
    'half a character',
    400,
    secretary,
    'POST',
    '/',
    { organizationId: u.branch.id, name: '甲', details: { 甲: '\ud800' } },
  ],
  ['a query that cannot be stored', 400, secretary, 'GET', '/?q=%00'],
  [
    'a number that stands elsewhere',
    409,
    secretary,
    'POST',
    '/',
    { organizationId: u.branch.id, name: '甲', studentNumber: '2023020001' },
  ],
])('%s: %i', async (_what, status, actor, method, path, body) => {
  const response = await call(actor, method, path, body)
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
})
