import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { encryption, smallUniversity } from '../../../test/factories.ts'
import { outcome } from '../../../test/outcome.ts'
import { ownPlace } from '../../../test/rights-world.ts'
import { linesIn } from '../../../test/workbooks.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { searchEntries } from '../../platform/search/entries.ts'
import { readPersonArchive } from './archives.ts'
import * as filing from './filing-list.ts'
import { newOwnPlace, type ShippedChange } from './filing-list-schema.ts'
import { indexPlace } from './jobs.ts'
import { archive } from './routes.ts'
import { newDocument } from './schema.ts'
import { indexDocuments } from './searching.ts'
import { correctDocument, destinationOf } from './service.ts'
import { archiveContents, archiveDocuments, filingAdjustments } from './tables.ts'
import { filingListOf, placeOf } from './template.ts'

const database = await freshDatabase()
type University = Awaited<ReturnType<typeof smallUniversity>>
const reason = '学校党委组织部要求'

/** A university of its own and its department, so that no test meets the changes of another. */
async function fresh() {
  const u = await smallUniversity(database)
  const { department } = u.actors
  const revisionNow = async () => (await u.as(department, filing.readFilingList)).revision
  const add = async (more: object = {}, actor: Actor = department) => {
    const revision = await revisionNow()
    return u.as(actor, (ctx) => filing.addOwnPlace(ctx, newOwnPlace.parse({ ...own, ...more }), revision))
  }
  const restate = async (code: string, more: object = {}) => {
    const revision = await revisionNow()
    return u.as(department, (ctx) => filing.changeOwnPlace(ctx, code, newOwnPlace.parse({ ...own, ...more }), revision))
  }
  const change = async (code: string, difference: Omit<ShippedChange, 'reason'>) => {
    const revision = await revisionNow()
    return u.as(department, (ctx) => filing.changeShippedPlace(ctx, code, { ...difference, reason }, revision))
  }
  const use = async (code: string, inUse: boolean) => {
    const revision = await revisionNow()
    return u.as(department, (ctx) => filing.setInUse(ctx, code, { inUse, reason }, revision))
  }
  const list = () => u.as(department, filingListOf)
  const orderOf = async () => (await list()).person.map((it) => it.code)
  return { u, department, revisionNow, add, restate, change, use, list, orderOf }
}

const own = { ...ownPlace, label: '志愿服务证明' }
const ownList = { ...own, subject: 'organization', after: 'branchCommitteeMinutes', occasion: '每次党课后' }

/** The message of a refusal with the fields it names. */
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) =>
      error instanceof Refusal ? { reason: error.reason, fields: error.fields.map((it) => it.path) } : error,
  )

test('an own place has a code from now on, stands where it was put, and is asked for as it says', async () => {
  const { add, list } = await fresh()
  expect(await add()).toBe('ownPlace1')
  expect(await add({ label: '文体证明', after: 'ownPlace1', requirement: 'ifHappened', sensitive: true })).toBe(
    'ownPlace2',
  )
  expect(await add(ownList)).toBe('ownPlace3')
  const { person, organization } = await list()
  expect(
    person.filter((it) => it.section === 13).map((it) => [it.number, it.code, it.sensitive, it.evidences]),
  ).toEqual([
    ['13-1', 'autobiography', false, []],
    ['13-2', 'ownPlace1', false, []],
    ['13-3', 'ownPlace2', true, ['prospectListing']],
  ])
  expect(organization.filter((it) => it.section === 2).map((it) => it.code)).toEqual([
    'branchCommitteeMinutes',
    'ownPlace3',
  ])
})

test.each<[what: string, more: object, refused: unknown]>([
  ['a label of 60', { label: '证'.repeat(60) }, 'done'],
  ['the label of a shipped place', { label: '自传' }, { reason: 'malformed', fields: ['label'] }],
  ['the same with a blank in it', { label: '自 传' }, { reason: 'malformed', fields: ['label'] }],
  ['the label of an organisation’s place', { label: '表决票、计票单' }, 'done'],
  ['behind an organisation’s place', { after: 'ballots' }, { reason: 'unlawful', fields: [] }],
  ['behind nothing that there is', { after: 'nowhere' }, { reason: 'unlawful', fields: [] }],
  ['the personnel file', { retention: 'personnelFile' }, { reason: 'unlawful', fields: [] }],
])('an own place: %s', async (_, more, refused) => {
  const { add } = await fresh()
  expect(await refusalOf(add(more))).toEqual(refused)
})

test.each<[string, object]>([
  ['no label', { label: ' ' }],
  ['a label of 61', { label: '证'.repeat(61) }],
  ['no kind of file', { contents: [] }],
  ['an act that there is not', { from: 'dance' }],
  ['an organisation’s without an occasion', { subject: 'organization' }],
  ['no reason', { reason: '' }],
])('the wire does not take %s', (_, more) => {
  expect(newOwnPlace.safeParse({ ...own, ...more }).success).toBe(false)
})

test('of 100 own places the last is taken, and no further one', async () => {
  const { u, add } = await fresh()
  const { reason: _, ...said } = own
  const added = Array.from({ length: 99 }, (_, at) => ({ ...said, code: `ownPlace${at + 1}`, label: `证明${at + 1}` }))
  await u.look((db) =>
    db.insert(filingAdjustments).values({
      ...{ tenantId: u.tenantId, from: new Date(0), adjustment: { added }, reason, setBy: newId(), setByName: '某' },
    }),
  )
  expect(await add({ label: '第一百' })).toBe('ownPlace100')
  expect(await refusalOf(add({ label: '第一百零一' }))).toEqual({ reason: 'unlawful', fields: [] })
})

test('everything of an own place can be said anew but whose paper it is', async () => {
  const { add, restate, list } = await fresh()
  const code = await add()
  await restate(code, {
    label: '志愿服务记录',
    requirement: 'required',
    after: 'thoughtReport',
    contents: ['pdf', 'word'],
  })
  const place = placeOf(await list(), code)
  expect([place.number, place.label, place.requirement, place.contents]).toEqual([
    '7-2',
    '志愿服务记录',
    'required',
    ['pdf', 'word'],
  ])
  expect(await refusalOf(restate(code, ownList))).toEqual({ reason: 'malformed', fields: ['subject'] })
  expect(await refusalOf(restate(code, { ...own, label: '入党申请书' }))).toEqual({
    reason: 'malformed',
    fields: ['label'],
  })
  expect(await outcome(restate('autobiography'))).toBe('not-found')
})

describe('a shipped place', () => {
  test.each<[what: string, code: string, difference: Omit<ShippedChange, 'reason'>, refused: unknown]>([
    ['custom made optional', 'oathRecord', { requirement: 'optional' }, 'done'],
    [
      'what an article names made optional',
      'application',
      { requirement: 'optional' },
      { reason: 'unlawful', fields: ['requirement'] },
    ],
    ['the same renamed', 'application', { label: '入党申请书（手写）' }, 'done'],
    ['the branch’s own paper for ever', 'oathRecord', { retention: 'permanent' }, 'done'],
    ['a class confirmed by the own table', 'oathRecord', { retention: 'years10' }, 'done'],
    [
      'the personnel file for 10 years',
      'application',
      { retention: 'years10' },
      { reason: 'unlawful', fields: ['retention'] },
    ],
    [
      'into the personnel file',
      'oathRecord',
      { retention: 'personnelFile' },
      { reason: 'unlawful', fields: ['retention'] },
    ],
    ['behind itself', 'oathRecord', { after: 'oathRecord' }, { reason: 'unlawful', fields: ['after'] }],
    ['the label of another', 'oathRecord', { label: '自传' }, { reason: 'malformed', fields: ['label'] }],
    ['nothing at all', 'oathRecord', {}, { reason: 'malformed', fields: [] }],
    ['one that there is not', 'nowhere', { label: '某处' }, { reason: 'not-found', fields: [] }],
  ])('%s', async (_, code, difference, refused) => {
    const { change } = await fresh()
    expect(await refusalOf(change(code, difference))).toEqual(refused)
  })

  test('moves, keeps its place when it is renamed, and goes back to where it was shipped', async () => {
    const { change, orderOf } = await fresh()
    const shipped = await orderOf()
    await change('oathRecord', { after: 'admissionReply' })
    await change('admissionFiling', { after: 'application' })
    const moved = await orderOf()
    expect(moved.slice(moved.indexOf('admissionReply'), moved.indexOf('admissionReply') + 2)).toEqual([
      'admissionReply',
      'oathRecord',
    ])
    await change('oathRecord', { after: 'admissionReply', label: '宣誓记录' })
    expect(await orderOf()).toEqual(moved)
    await change('oathRecord', {})
    await change('admissionFiling', {})
    expect(await orderOf()).toEqual(shipped)
  })

  test('an own place is not changed as a shipped one', async () => {
    const { add, change } = await fresh()
    expect(await outcome(change(await add(), { label: '别的' }))).toBe('malformed')
  })
})

describe('out of use', () => {
  test('what an article names stays in use; custom goes and comes back, once each', async () => {
    const { use, orderOf } = await fresh()
    expect(await refusalOf(use('admissionForm', false))).toEqual({ reason: 'unlawful', fields: ['off'] })
    const shipped = await orderOf()
    await use('thoughtReport', false)
    expect(await orderOf()).toEqual(shipped.filter((it) => it !== 'thoughtReport'))
    expect(await outcome(use('thoughtReport', false))).toBe('conflict')
    await use('thoughtReport', true)
    expect(await orderOf()).toEqual(shipped)
    expect(await outcome(use('thoughtReport', true))).toBe('conflict')
  })

  test('a place keeps what was said of it while it is out of use, and its name stays taken', async () => {
    const { add, use, change, list } = await fresh()
    await change('thoughtReport', { label: '思想汇报（季度）' })
    await use('thoughtReport', false)
    expect(await refusalOf(add({ label: '思想汇报（季度）' }))).toEqual({ reason: 'malformed', fields: ['label'] })
    await use('thoughtReport', true)
    expect(placeOf(await list(), 'thoughtReport').label).toBe('思想汇报（季度）')
  })

  test('what lies there stays to be seen, nothing new is put there, and what lies there can be moved out', async () => {
    const { u, use } = await fresh()
    const documentId = await lying(u, 'thoughtReport')
    await use('thoughtReport', false)
    const { secretary } = u.actors
    const { places } = await u.as(secretary, (ctx) => readPersonArchive(ctx, u.wang.id))
    expect(places.filter((it) => it.documents.length > 0).map((it) => [it.code, it.isOutOfUse])).toEqual([
      ['thoughtReport', true],
    ])
    const wanted = { personId: u.wang.id, uploadId: newId(), place: 'thoughtReport', nature: 'original' }
    expect(await outcome(u.as(secretary, (ctx) => destinationOf(ctx, newDocument.parse(wanted))))).toBe('conflict')
    const correct = (id: string, place: string) =>
      u.as(secretary, (ctx) => correctDocument(ctx, id, { place, title: '汇报', nature: 'original', reason }))
    const renamed = await correct(documentId, 'thoughtReport')
    const moved = await correct(renamed, 'autobiography')
    expect(await outcome(correct(moved, 'thoughtReport'))).toBe('conflict')
  })
})

test('two at once: one is told that the list has changed, and nothing is lost', async () => {
  const { u, department, revisionNow, list } = await fresh()
  const revision = await revisionNow()
  const both = ['证明甲', '证明乙'].map((label) =>
    outcome(u.as(department, (ctx) => filing.addOwnPlace(ctx, newOwnPlace.parse({ ...own, label }), revision))),
  )
  expect((await Promise.all(both)).sort()).toEqual(['changed', 'done'])
  expect((await list()).person.filter((it) => it.code.startsWith('own'))).toHaveLength(1)
  expect(await revisionNow()).toBe(revision + 1)
})

test('who, when, why and what of each change is kept, the last one first, page after page', async () => {
  const { u, add, use, change, department } = await fresh()
  await add()
  await change('oathRecord', { retention: 'permanent' })
  await use('thoughtReport', false)
  const read = (cursor?: string) => u.as(department, (ctx) => filing.listListChanges(ctx, { limit: 2, cursor }))
  const first = await read()
  const second = await read(first.next)
  expect([...first.items, ...second.items].map(({ by, reason, changes }) => [by, reason, changes])).toEqual([
    [department.name, reason, ['停用“思想汇报”']],
    [department.name, reason, ['“入党宣誓记录”：保管期限由“10年（待核实）”改为“永久”']],
    [department.name, reason, ['增加“志愿服务证明”']],
  ])
  expect(second.next).toBeUndefined()
  const events = await u.look((db) =>
    db.select({ event: journal.event, details: journal.details }).from(journal).where(eq(journal.tenantId, u.tenantId)),
  )
  expect(events.at(-1)).toEqual({
    event: 'archive.filing-list-changed',
    details: { changes: ['停用“思想汇报”'], reason },
  })
  expect(events).toHaveLength(3)
})

test('another university has the shipped list', async () => {
  const { add } = await fresh()
  const { list } = await fresh()
  await add()
  expect((await list()).person.some((it) => it.code.startsWith('own'))).toBe(false)
})

test('a place that is closed to the person is found by them no more at once, and its texts are brought up to date', async () => {
  const { u, add, restate } = await fresh()
  const code = await add()
  const id = await lying(u, code)
  const entries = () =>
    database.asOwner((db) =>
      db
        .select({ isClosed: searchEntries.isClosedToPerson })
        .from(searchEntries)
        .where(and(eq(searchEntries.tenantId, u.tenantId), eq(searchEntries.id, id))),
    )
  await u.as(u.actors.secretary, (ctx) => indexDocuments(ctx, [id]))
  expect(await entries()).toEqual([{ isClosed: false }])
  await restate(code, { label: '只是改名' })
  expect(await entries()).toEqual([{ isClosed: false }])
  await restate(code, { label: '只是改名', closedToPerson: true })
  expect(await entries()).toEqual([])
  await indexPlace({ database, encryption }, { tenantId: u.tenantId, place: code })
  expect(await entries()).toEqual([{ isClosed: true }])
})

test('the list in force goes out as a spreadsheet with the places of the university', async () => {
  const { u, add, department } = await fresh()
  await add()
  const answer = await u.served(archive, department).request('/filing-list/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(answer.status).toBe(200)
  const opened = await linesIn(answer)
  expect(opened.filter((row) => row.includes('志愿服务证明'))).toEqual([
    expect.arrayContaining(['个人材料', '13-2', '本人', '有则归档', '10年', '本校归档范围和保管期限表', '增加']),
  ])
  expect(opened).toHaveLength(1 + 47 + 14)
})

/** A paper of the person in the branch. */
async function lying(u: University, place: string): Promise<string> {
  const id = newId()
  const contentId = `sha256-${id.replaceAll('-', '').padStart(64, '0')}`
  await u.look(async (db) => {
    await db.insert(archiveContents).values({
      ...{ tenantId: u.tenantId, id: contentId, sizeBytes: 1, mediaType: 'application/pdf', extension: 'pdf' },
      ...{ kind: 'pdf' as const, pageCount: 1, isScanned: false },
    })
    await db.insert(archiveDocuments).values({
      ...{ tenantId: u.tenantId, id, personId: u.wang.id, organizationId: u.branch.id, path: u.branch.path, place },
      ...{ title: '材料', nature: 'original' as const, contentId, fileName: '材料.pdf' },
      ...{ filedBy: newId(), filedByName: '归档者' },
    })
  })
  return id
}
