import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { linesIn } from '../../../test/workbooks.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { organization } from './routes.ts'
import { offices, terms } from './tables.ts'

const u = await smallUniversity(await freshDatabase())
const { department, secretary, organiser, applicant, auditor } = u.actors
await u.office(u.li, u.branch, 'secretary')
await u.office(u.wang, u.branch, 'orgMember')
await u.office(u.zhao, u.branch, 'orgMember')
const past = { tenantId: u.tenantId, organizationId: u.branch.id, path: u.branch.path, from: '2020-01-01' } as const
await u.look((db) =>
  db.insert(offices).values({
    ...past,
    id: newId(),
    personId: u.sun.id,
    personName: '孙知微',
    office: 'deputySecretary',
    until: '2021-01-01',
  }),
)
await u.look((db) => db.insert(terms).values({ ...past, id: newId(), from: '2023-06-01', until: '2026-05-31' }))

test('the organisations of the own part, with who holds office today and when the re-election is due', async () => {
  const [head, ...lines] = await linesIn(await post(organiser))
  expect(head).toEqual([
    '组织名称',
    '简称',
    '上级组织',
    '组织类别',
    '支部类型',
    '组织编码',
    '成立日期',
    '撤销日期',
    '本级人数',
    '含下级人数',
    '书记',
    '组织委员',
    '本届开始',
    '本届届满',
    '经批准延期至',
    '最迟换届日期',
    '换届情况',
  ])
  expect(lines.map((line) => line.filter((it) => it !== ''))).toEqual([
    ['云山学院党委', '临江大学党委', '基层党委', '0', '3'],
    [
      '云山学院本科生第一党支部',
      '云山学院党委',
      '党支部',
      '2',
      '2',
      '李晓岚',
      '王一舟、赵思远',
      '2023-06-01',
      '2026-05-31',
      '2026-06-01',
      '超期未换届',
    ],
    ['云山学院本科生第二党支部', '云山学院党委', '党支部', '1', '1'],
  ])
})

test.each<[string, Actor, number, number]>([
  ['the organisation department, all of them', department, 200, 6],
  ['a secretary, the own branch', secretary, 200, 1],
  ['somebody without an office', applicant, 403, 0],
  ['an administrator', auditor, 403, 0],
])('%s', async (_who, actor, status, count) => {
  const response = await post(actor)
  expect(response.status).toBe(status)
  if (status === 200) expect((await linesIn(response)).length - 1).toBe(count)
})

test('is written down', async () => {
  const before = await written()
  await post(secretary, { dissolved: true })
  expect((await written()).slice(before.length)).toEqual([{ count: 1, query: { dissolved: true } }])
})

const post = async (actor: Actor, body = {}): Promise<Response> =>
  u.served(organization, actor).request('/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const written = () =>
  u.look(async (db) => {
    const rows = await db.select().from(journal).orderBy(journal.id)
    return rows.filter((it) => it.event === 'organization.exported').map((it) => it.details)
  })
