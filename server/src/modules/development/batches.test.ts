import type { Act } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity, statementsOf } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import { journal } from '../../platform/journal.ts'
import type { Page } from '../../platform/wire.ts'
import { persons } from '../people/tables.ts'
import { batch, batches } from './answers.ts'
import { recordActs } from './imported.ts'
import { development } from './routes.ts'
import type { BatchRow, BatchView } from './schema.ts'
import { correctAct } from './service.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const { organiser, secretary, siblingSecretary, otherOrganiser, applicant, auditor } = it.actors

const contradictory: Act[] = [
  { kind: 'application', on: '2026-03-01' },
  { kind: 'applicantTalk', on: '2026-02-01' },
]
await it.as(it.actors.department, (ctx) =>
  recordActs(
    ctx,
    crypto.randomUUID(),
    [it.li, it.wang, it.zhao].flatMap(({ id, path }) => contradictory.map((act) => ({ personId: id, path, act }))),
  ),
)
const everybody = { title: '十二月预审', personIds: [it.li.id, it.wang.id, it.zhao.id] }
const { id: batchId } = (await send(organiser, 'POST', '/batches', everybody)).body

describe('opening a batch', () => {
  test('runs the pre-check once, and the persons see that their files were read', async () => {
    const opened = await read(organiser, batchId)
    expect(opened).toMatchObject({
      title: '十二月预审',
      can: { run: true },
      runs: [{ number: 1, ranOn: '2026-11-23' }],
    })
    expect(
      opened.run.entries.map((entry) => [entry.name, entry.stage, entry.findings.map((it) => it.rule), entry.change]),
    ).toEqual([
      ['李晓岚', 'applicant', ['T02'], null],
      ['王一舟', 'applicant', ['T02'], null],
      ['赵思远', 'applicant', ['T02'], null],
    ])
    const events = await it.look((db) => db.select({ event: journal.event, personId: journal.personId }).from(journal))
    const readings = events.filter((row) => row.event === 'journal.read').map((row) => row.personId)
    expect(readings.sort()).toEqual([...everybody.personIds].sort())
  })

  test('with all files that match', async () => {
    const { body } = await send(organiser, 'POST', '/batches', {
      title: '一支部',
      matching: { organizationId: it.branch.id, only: 'findings' },
    })
    const { run } = await read(secretary, body.id)
    expect(run.entries.map((entry) => entry.name)).toEqual(['李晓岚', '王一舟'])
  })

  test.each<[string, Actor, object, number]>([
    ['with a person outside the scope', secretary, everybody, 404],
    ['with nobody', organiser, { title: '空', matching: { stage: 'full' } }, 400],
    ['without a title', organiser, { title: ' ', personIds: [it.li.id] }, 400],
    ['by the person concerned', applicant, { title: '本人', personIds: [it.wang.id] }, 403],
    [
      'by who reads but does not keep files',
      it.officer('publicityMember', it.branch),
      { title: '宣传', personIds: [it.li.id] },
      403,
    ],
    ['by an administrator', auditor, everybody, 404],
  ])('%s is refused', async (_what, actor, body, status) => {
    expect((await send(actor, 'POST', '/batches', body)).status).toBe(status)
  })
})

test('a later run shows what was cured and what is new', async () => {
  const opened = await send(organiser, 'POST', '/batches', everybody)
  const file = await it.served(development, organiser).request(`/files/${it.li.id}`)
  const { acts } = await file.json()
  const talk = acts.find((recorded: { act: Act }) => recorded.act.kind === 'applicantTalk')
  const revision = Number(file.headers.get('etag')?.replaceAll('"', ''))
  await it.as(organiser, (ctx) =>
    correctAct(ctx, it.li.id, talk.act.id, revision, {
      act: { kind: 'applicantTalk', on: '2026-04-15' },
      reason: '核对原件',
      acknowledged: { rules: ['T03'], reason: '谈话确实晚了' },
    }),
  )
  expect(await send(organiser, 'POST', `/batches/${opened.body.id}/runs`)).toMatchObject({
    status: 201,
    body: { number: 2 },
  })
  const { run } = await read(organiser, opened.body.id)
  expect(
    run.entries.map(({ name, change }) => [name, change?.cured.map((it) => it.rule), change?.new.map((it) => it.rule)]),
  ).toEqual([
    ['李晓岚', ['T02'], ['T03']],
    ['王一舟', [], []],
    ['赵思远', [], []],
  ])
  expect(run.gone).toEqual([])
})

describe('reading a batch', () => {
  const reader = it.officer('publicityMember', it.college, it.zhao)
  const readings = async (accountId: string | null) => {
    const rows = await it.look((db) => db.select().from(journal).where(eq(journal.event, 'journal.read')))
    return rows.filter((row) => row.accountId === accountId).map((row) => [row.personId, row.details.what])
  }

  test('each person sees once a day that the file was read; the reader is not told of reading the own one', async () => {
    await read(reader, batchId)
    const told = [it.li.id, it.wang.id].map((id) => [id, '批量预审“十二月预审”']).sort()
    expect((await readings(reader.accountId)).sort()).toEqual(told)
    await read(reader, batchId)
    expect((await readings(reader.accountId)).sort()).toEqual(told)
  })

  test('takes as many statements for one file as for three', async () => {
    const { body } = await send(organiser, 'POST', '/batches', { title: '一人', personIds: [it.li.id] })
    const fresh = () => it.officer('publicityMember', it.college)
    const one = await statementsOf(() => send(fresh(), 'GET', `/batches/${body.id}`))
    expect(await statementsOf(() => send(fresh(), 'GET', `/batches/${batchId}`))).toBe(one)
  })

  test('whoever moved away is left out, counted, and no longer read', async () => {
    const mover = await it.person(it.branch, { name: '周行远' })
    await it.as(it.actors.department, (ctx) =>
      recordActs(
        ctx,
        crypto.randomUUID(),
        [...contradictory, { kind: 'activistDecision', on: '2026-05-01' } as const].map((act) => ({
          personId: mover.id,
          path: mover.path,
          act,
        })),
      ),
    )
    const { body } = await send(organiser, 'POST', '/batches', { title: '转出', personIds: [it.li.id, mover.id] })
    await it.look((db) =>
      db.update(persons).set({ organizationId: it.distant.id, path: it.distant.path }).where(eq(persons.id, mover.id)),
    )
    const before = await read(organiser, body.id)
    expect([before.run.entries.map((entry) => entry.name), before.run.gone, before.run.leftOut]).toEqual([
      ['李晓岚'],
      [],
      1,
    ])
    expect(JSON.stringify(before)).not.toContain('周行远')
    const whole = await read(it.actors.department, body.id)
    expect([whole.run.entries.map((entry) => entry.name), whole.run.leftOut]).toEqual([['李晓岚', '周行远'], 0])
    const counted = async (actor: Actor) => (await list(actor)).items[0]?.run
    const run = { number: 1, ranOn: '2026-11-23' }
    expect(await counted(organiser)).toEqual({ ...run, files: 1, filesWithErrors: 1, filesWithGaps: 0 })
    expect(await counted(it.actors.department)).toEqual({ ...run, files: 2, filesWithErrors: 2, filesWithGaps: 1 })

    await read(reader, body.id)
    expect((await readings(reader.accountId)).some(([personId]) => personId === mover.id)).toBe(false)
    await send(organiser, 'POST', `/batches/${body.id}/runs`)
    const after = await read(organiser, body.id)
    expect([after.run.entries.map((entry) => entry.name), after.run.gone, after.run.leftOut]).toEqual([
      ['李晓岚'],
      [],
      1,
    ])
    expect((await read(it.actors.department, body.id)).run.gone).toEqual(['周行远'])
  })
})

test.each<[string, Actor, number, number]>([
  ['the organiser', organiser, 200, 201],
  ['who reads but does not keep files', it.officer('publicityMember', it.college), 200, 403],
  ['the secretary of one of the branches', secretary, 404, 404],
  ['the organiser of another college', otherOrganiser, 404, 404],
  ['an administrator', auditor, 404, 404],
])('reading and running again: %s', async (_who, actor, reading, running) => {
  expect((await send(actor, 'GET', `/batches/${batchId}`)).status).toBe(reading)
  expect((await send(actor, 'POST', `/batches/${batchId}/runs`)).status).toBe(running)
})

test('the list has the newest first, page by page, within the scope only', async () => {
  const whole = await list(organiser)
  batches.parse(whole)
  const { items } = whole
  expect(items.map((row) => row.title)).toEqual(['转出', '一人', '十二月预审', '一支部', '十二月预审'])
  expect(items[3]?.run).toEqual({
    number: 1,
    ranOn: '2026-11-23',
    files: 2,
    filesWithErrors: 2,
    filesWithGaps: 0,
  })
  const first = await list(organiser, '?limit=3')
  const rest = await list(organiser, `?limit=2&cursor=${first.next}`)
  expect([...first.items, ...rest.items]).toEqual(items)
  expect([(await list(siblingSecretary)).items, rest.next]).toEqual([[], undefined])
})

test('a run takes as many statements for one file as for three', async () => {
  const count = (personIds: string[]) =>
    statementsOf(() => send(organiser, 'POST', '/batches', { title: '计数', personIds }))
  expect(await count(everybody.personIds)).toBe(await count([it.li.id]))
})

async function send(
  actor: Actor,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: { id: string } }> {
  const headers = { 'content-type': 'application/json' }
  const answer = await it
    .served(development, actor)
    .request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: answer.status, body: await answer.json() }
}

async function list(actor: Actor, query = ''): Promise<Page<BatchRow>> {
  return (await it.served(development, actor).request(`/batches${query}`)).json()
}

async function read(actor: Actor, id: string): Promise<BatchView> {
  const answer = await it.served(development, actor).request(`/batches/${id}`)
  expect(answer.status).toBe(200)
  const body = await answer.json()
  batch.parse(body)
  return body
}
