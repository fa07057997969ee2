import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { organization } from './routes.ts'
import { created, expiringTerms, organizationPage, tree } from './schema.ts'

const u = await smallUniversity(await freshDatabase())
const { department, secretary, applicant } = u.actors

const call = (actor: Actor | null, method: string, path: string, body?: unknown, ifMatch?: string) =>
  u.served(organization, actor).request(path, {
    method,
    headers: { 'content-type': 'application/json', ...(ifMatch && { 'if-match': ifMatch }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const idOf = async (response: Response) => created.parse(await response.json()).id

describe('a branch from its founding to its end', () => {
  test('over HTTP', async () => {
    const founded = await call(department, 'POST', '/', { parentId: u.college.id, kind: 'branch', name: '新支部' })
    expect(founded.status).toBe(201)
    const id = await idOf(founded)

    const office = { personId: u.wang.id, office: 'secretary', from: '2026-01-01' }
    const appointed = await call(department, 'POST', `/${id}/offices`, office)
    expect(appointed.status).toBe(201)
    const officeId = await idOf(appointed)
    const elected = await call(department, 'POST', `/${id}/terms`, { from: '2023-12-01' })
    const termId = await idOf(elected)
    expect((await call(department, 'PUT', `/${id}/terms/${termId}/delay`, { until: '2027-06-01' })).status).toBe(204)

    const read = await call(applicant, 'GET', `/${id}`)
    const page = organizationPage.parse(await read.json())
    expect([read.headers.get('etag'), page.officers[0]?.personName, page.terms[0]?.reElectBy]).toEqual([
      '"4"',
      '王一舟',
      '2027-06-01',
    ])

    expect((await call(department, 'POST', `/${id}/offices/${officeId}/end`, { on: '2026-10-31' })).status).toBe(204)
    expect((await call(department, 'PATCH', `/${id}`, { code: 'X1' })).status).toBe(412)
    expect((await call(department, 'PATCH', `/${id}`, { code: 'X1' }, '"4"')).status).toBe(412)
    expect((await call(department, 'PATCH', `/${id}`, { code: 'X1' }, '"5"')).status).toBe(204)
    const end = { on: '2026-11-01', reason: '合并' }
    expect((await call(department, 'POST', `/${id}/dissolution`, end)).status).toBe(412)
    expect((await call(department, 'POST', `/${id}/dissolution`, end, '"6"')).status).toBe(204)
    const after = organizationPage.parse(await (await call(applicant, 'GET', `/${id}`)).json())
    expect([after.dissolvedOn, after.dissolutionReason, after.terms[0]?.standing]).toEqual([
      '2026-11-01',
      '合并',
      'ended',
    ])
  })

  test('the tree and the list of terms answer as documented', async () => {
    expect(tree.parse(await (await call(secretary, 'GET', '/tree')).json()).nodes.length).toBe(6)
    expect(tree.parse(await (await call(secretary, 'GET', '/tree?dissolved=true')).json()).nodes.length).toBe(7)
    expect(expiringTerms.parse(await (await call(department, 'GET', '/expiring-terms')).json())).toEqual({ items: [] })
  })
})

test.each<[what: string, status: number, actor: Actor | null, method: string, path: string, body?: unknown]>([
  ['nobody signed in', 401, null, 'GET', '/tree'],
  ['an id that is none', 400, department, 'GET', '/x'],
  ['an organisation that is not there', 404, department, 'GET', `/${newId()}`],
  [
    'a second university',
    400,
    department,
    'POST',
    '/',
    { parentId: u.university.id, kind: 'universityCommittee', name: '甲' },
  ],
  ['by an applicant', 403, applicant, 'POST', '/', { parentId: u.college.id, kind: 'branch', name: '甲' }],
  [
    'a name that stands there',
    409,
    department,
    'POST',
    '/',
    { parentId: u.college.id, kind: 'branch', name: u.branch.name },
  ],
  ['a dissolution without a reason', 400, department, 'POST', `/${u.branch.id}/dissolution`, { on: '2026-11-01' }],
])('%s: %i', async (_what, status, actor, method, path, body) => {
  expect((await call(actor, method, path, body)).status).toBe(status)
})
