import type { Act } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { linesIn } from '../../../test/workbooks.ts'
import type { Actor } from '../../platform/context.ts'
import { journal } from '../../platform/journal.ts'
import { recordActs } from './imported.ts'
import { development } from './routes.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const { organiser, secretary, siblingSecretary, applicant, auditor, department } = it.actors
const acts: Act[] = [
  { kind: 'application', on: '2026-10-01' },
  { kind: 'applicantTalk', on: '2026-09-01' },
]
const danger = await it.person(it.branch, { name: '=cmd|calc', studentNumber: '2023010009' })
await it.as(department, (ctx) =>
  recordActs(
    ctx,
    crypto.randomUUID(),
    [it.li, danger, it.zhao].flatMap(({ id, path }, at) =>
      acts.slice(0, at === 0 ? 1 : 2).map((act) => ({ personId: id, path, act })),
    ),
  ),
)

describe('what is due, written out', () => {
  test('holds the rows of the list as it is filtered, with the reasons of each date', async () => {
    const { head, lines, name } = await exported(organiser, '/dues/exports', { kind: 'applicantTalk' })
    expect(decodeURIComponent(name)).toBe('待办事项2026-11-23.xlsx')
    expect(head).toEqual([
      '姓名',
      '学号（工号）',
      '所在组织',
      '阶段',
      '事项',
      '由谁办理',
      '最早',
      '最迟',
      '是否逾期',
      '放假安排未公布，待定',
      '期限的依据',
    ])
    expect(lines.map((line) => line.slice(0, 9))).toEqual([
      [
        '李晓岚',
        '2023010001',
        '云山学院本科生第一党支部',
        '入党申请人',
        '派人同入党申请人谈话',
        '支部委员会',
        '2026-10-01',
        '2026-11-01',
        '已逾期',
      ],
    ])
    expect(lines[0]?.[10]).toContain('（《发展党员工作细则》（2026年修订）第7条）')
  })

  test.each<[string, Actor, number, object]>([
    ['an office reads its own part', siblingSecretary, 200, { whose: 'all' }],
    ['a filter that is none', organiser, 400, { only: 'later' }],
    ['the person concerned', applicant, 403, {}],
    ['an administrator', auditor, 403, {}],
  ])('%s', async (_what, actor, status, query) => {
    const response = await post(actor, '/dues/exports', query)
    expect(response.status).toBe(status)
    if (status === 200) {
      const [, ...lines] = await linesIn(response)
      expect([...new Set(lines.map(([name]) => name))]).toEqual(['赵思远'])
    }
  })

  test('is written down', async () => {
    const before = await events('development.dues-exported')
    await post(organiser, '/dues/exports', { kind: 'applicantTalk' })
    expect((await events('development.dues-exported')).slice(before.length)).toEqual([
      { count: 1, query: { kind: 'applicantTalk', sort: 'due', descending: false } },
    ])
  })
})

describe('the summary of a batch, written out', async () => {
  const personIds = [it.li.id, danger.id, it.zhao.id]
  const opened = await post(organiser, '/batches', { title: '送审/十二月', personIds })
  const { id } = await opened.json()

  test('holds a line for everybody whom the reader sees, and no text becomes a formula', async () => {
    const { head, lines, name } = await exported(organiser, `/batches/${id}/exports`, {})
    expect(decodeURIComponent(name)).toBe('送审 十二月 第1次预审汇总.xlsx')
    expect(head.slice(0, 7)).toEqual(['姓名', '学号（工号）', '所在组织', '阶段', '矛盾', '提醒', '缺项'])
    expect(lines.map((line) => [line[0], line[4], line[9]?.startsWith('“派人同入党申请人谈话”')])).toEqual([
      ['=cmd|calc', '1', true],
      ['李晓岚', '0', false],
      ['赵思远', '1', true],
    ])
    expect(lines[0]?.[9]).toContain('（《发展党员工作细则》（2026年修订）第7条）')
  })

  test('of those with contradictions or gaps only; of the own part only', async () => {
    const open = await exported(organiser, `/batches/${id}/exports`, { only: 'open' })
    expect(open.lines.every((line) => Number(line[4]) + Number(line[5]) + Number(line[6]) > 0)).toBe(true)
    expect((await post(secretary, `/batches/${id}/exports`, {})).status).toBe(404)
    expect((await post(auditor, `/batches/${id}/exports`, {})).status).toBe(404)
  })

  test('is written down', async () => {
    expect((await events('development.batch-exported')).at(0)).toEqual({ title: '送审/十二月', number: 1, count: 3 })
  })
})

async function exported(actor: Actor, path: string, query: object) {
  const response = await post(actor, path, query)
  expect(response.status).toBe(200)
  const name = response.headers.get('content-disposition')?.split("''")[1] ?? ''
  const [head = [], ...lines] = await linesIn(response)
  return { head, lines, name }
}

const post = async (actor: Actor, path: string, body: object): Promise<Response> =>
  it.served(development, actor).request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const events = (event: string) =>
  it.look(async (db) => {
    const rows = await db.select().from(journal).orderBy(journal.id)
    return rows.filter((row) => row.event === event).map((row) => row.details)
  })
