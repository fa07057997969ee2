import { type Day, yearOf } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity, today } from '../../../test/factories.ts'
import { outcome } from '../../../test/outcome.ts'
import { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { dayInChina } from '../../platform/today.ts'
import { movePerson } from '../people/service.ts'
import { listDisposable } from './disposable.ts'
import { listDisposals } from './disposal-lists.ts'
import { decideDisposal, proposeDisposal } from './disposals.ts'
import type { TakenContent } from './held-contents.ts'
import { readDocument } from './queries.ts'
import { readContent } from './readings.ts'
import { correctDocument, fileDocument, withdrawDocument } from './service.ts'
import { archiveUploads } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { secretary, organiser, siblingSecretary, otherOrganiser, department, applicant, auditor } = u.actors

/** What is filed now is kept for ten years after this one. */
const year = yearOf(dayInChina(new Date()))
const [lastDay, firstDay]: [Day, Day] = [`${year + 10}-12-31`, `${year + 11}-01-01`]

let contents = 0
const content = (): TakenContent => ({
  id: `sha256-${String(++contents).padStart(64, '0')}`,
  sizeBytes: 1,
  mediaType: 'application/pdf',
  extension: 'pdf',
  kind: 'pdf',
  pageCount: 1,
  isScanned: false,
})
async function file(place: string, person = u.wang, actor: Actor = organiser): Promise<string> {
  const upload = { tenantId: u.tenantId, id: newId(), accountId: actor.accountId, fileName: '扫描件.pdf', sizeBytes: 1 }
  await u.look((db) => db.insert(archiveUploads).values(upload))
  return u.as(actor, (ctx) =>
    fileDocument(
      ctx,
      { personId: person.id, uploadId: upload.id, place, nature: 'original' },
      { content: content(), fileName: '扫描件.pdf', contentIsThere: async () => true },
    ),
  )
}
/** A document that was filed and taken out again: it may be destroyed at once. */
async function withdrawn(person = u.wang): Promise<string> {
  const id = await file('thoughtReport', person)
  await u.as(organiser, (ctx) => withdrawDocument(ctx, id, { reason: '归错了人' }))
  return id
}
const propose = (documentIds: string[], actor: Actor = secretary, on?: Day) =>
  u.as(actor, (ctx) => proposeDisposal(ctx, { documentIds, reason: '归错了人，已核对' }), on)
const decide = (id: string, actor: Actor, decision: 'approved' | 'refused' = 'approved') =>
  u.as(actor, (ctx) => decideDisposal(ctx, id, { decision, reason: '已逐份核对' }))
const disposable = async (actor: Actor, on?: Day) => {
  const { items } = await u.as(actor, (ctx) => listDisposable(ctx, { limit: 200 }), on)
  return items.map((it) => it.id)
}

describe('what may be listed', () => {
  test('is what was withdrawn, and what has been kept as long as its place asks for, not a day earlier', async () => {
    const out = await withdrawn()
    const [kept, tenYears] = [await file('application'), await file('identityProof')]
    expect(await disposable(organiser)).toEqual([out])
    expect(await disposable(organiser, lastDay)).toEqual([out])
    expect(await disposable(organiser, firstDay)).toEqual([out, tenYears])
    for (const id of [kept, tenYears]) expect(await outcome(propose([out, id]))).toBe('conflict')
    expect(await outcome(propose([tenYears], secretary, lastDay))).toBe('conflict')
    expect(await outcome(propose([tenYears], secretary, firstDay))).toBe('done')
    expect(await outcome(propose([tenYears], organiser, firstDay))).toBe('conflict')
  })

  test.each<[string, Actor, unknown]>([
    ['the secretary', secretary, 'done'],
    ['the organiser', organiser, 'done'],
    ['the secretary next door', siblingSecretary, 'not-found'],
    ['the organiser of another college', otherOrganiser, 'not-found'],
    ['the person concerned', applicant, 'not-found'],
    ['the auditor', auditor, 'not-found'],
  ])('%s', async (_, actor, expected) => {
    expect(await outcome(propose([await withdrawn()], actor))).toBe(expected)
  })

  test('is nothing of the own file', async () => {
    const own = await withdrawn(u.li)
    expect(await disposable(secretary)).not.toContain(own)
    expect(await outcome(propose([own], secretary))).toBe('forbidden')
    expect(await outcome(propose([own], organiser))).toBe('done')
  })

  test('stands on one list when two draw it up at the same time', async () => {
    const document = await withdrawn()
    const both = await Promise.all([propose([document], secretary), propose([document], organiser)].map(outcome))
    expect(both.sort()).toEqual(['conflict', 'done'])
  })

  test('of two branches stands on one list only where somebody keeps the files above both', async () => {
    const grants = [u.branch, u.sibling].map(({ path }) => ({ path, rights: ['read-files', 'keep-files'] as const }))
    const both = new Actor({ accountId: newId(), personId: null, name: '两个支部的书记', grants })
    const documents = [await withdrawn(), await withdrawn(u.zhao)]
    await expect(propose(documents, both)).rejects.toThrow('请按所在组织分别编制清单。')
    for (const id of documents) expect(await outcome(propose([id], both))).toBe('done')
  })

  test('is nothing where one of many is unknown', async () => {
    expect(await outcome(propose([await withdrawn(), newId()]))).toBe('not-found')
  })
})

describe('a list is decided', () => {
  test.each<[string, Actor, unknown]>([
    ['the one who drew it up', organiser, 'forbidden'],
    ['somebody of the same branch', secretary, 'forbidden'],
    ['another organiser of the college', u.officer('organiser', u.college), 'done'],
    ['the department', department, 'done'],
    ['the organiser of another college', otherOrganiser, 'not-found'],
    ['the person concerned', applicant, 'not-found'],
    ['the auditor', auditor, 'not-found'],
  ])('by %s', async (_, actor, expected) => {
    const id = await propose([await withdrawn()], organiser)
    expect(await outcome(decide(id, actor))).toBe(expected)
  })

  test('once, also when two do it at the same time', async () => {
    const id = await propose([await withdrawn()], secretary)
    const both = await Promise.all([decide(id, organiser), decide(id, department, 'refused')].map(outcome))
    expect(both.sort()).toEqual(['conflict', 'done'])
  })

  test('approved, the entries stay and the contents can no longer be opened', async () => {
    const document = await withdrawn()
    const id = await propose([document], secretary)
    await decide(id, organiser)
    const view = await u.as(secretary, (ctx) => readDocument(ctx, document))
    expect(view).toMatchObject({ destroyedOn: '2026-11-23', can: { read: false, download: false } })
    expect(await outcome(u.as(secretary, (ctx) => readContent(ctx, document)))).toBe('conflict')
    const { items } = await u.as(organiser, (ctx) => listDisposals(ctx, { limit: 1 }))
    expect(items).toMatchObject([
      { id, decision: 'approved', decidedBy: organiser.name, documents: [{ id: document }], can: { decide: false } },
    ])
  })

  test('approved, a paper goes with all that it had superseded, and nothing is put in its place any more', async () => {
    const first = await file('thoughtReport')
    const correction = { place: 'recommendation', title: '推优表', nature: 'original', reason: '归错了类别' } as const
    const second = await u.as(organiser, (ctx) => correctDocument(ctx, first, correction))
    await u.as(organiser, (ctx) => withdrawDocument(ctx, second, { reason: '归错了人' }))
    const { history } = await u.as(organiser, (ctx) => readDocument(ctx, second))
    await decide(await propose([second], secretary), organiser)
    const outcomes = []
    for (const { id } of history) outcomes.push(await outcome(u.as(organiser, (ctx) => readContent(ctx, id))))
    expect(outcomes).toEqual(['not-found', 'conflict', 'conflict'])
  })

  test('while it waits, its documents stay as they are; destroyed, they can only be taken out', async () => {
    const lapsed = await file('identityProof')
    const id = await propose([lapsed], secretary, firstDay)
    const correction = { place: 'identityProof', title: '身份证', nature: 'copy', reason: '题名写全' } as const
    const correct = () => outcome(u.as(organiser, (ctx) => correctDocument(ctx, lapsed, correction)))
    const withdraw = () => outcome(u.as(organiser, (ctx) => withdrawDocument(ctx, lapsed, { reason: '已销毁' })))
    expect([await correct(), await withdraw()]).toEqual(['conflict', 'conflict'])
    await decide(id, organiser)
    expect([await correct(), await withdraw()]).toEqual(['conflict', 'done'])
  })

  test('by nobody whose own papers stand on it', async () => {
    const own = u.officer('organiser', u.college, u.wang)
    const id = await propose([await withdrawn()], organiser)
    expect(await outcome(decide(id, own))).toBe('forbidden')
    expect(await outcome(decide(id, department))).toBe('done')
  })

  test('refused, the documents may be listed again', async () => {
    const document = await withdrawn()
    const id = await propose([document], secretary)
    expect(await disposable(organiser)).not.toContain(document)
    await decide(id, organiser, 'refused')
    expect(await disposable(organiser)).toContain(document)
    expect(await outcome(u.as(secretary, (ctx) => readContent(ctx, document)))).toBe('done')
    const { items } = await u.as(organiser, (ctx) => listDisposals(ctx, { limit: 1 }))
    expect(items).toMatchObject([{ id, decision: 'refused', documents: [{ id: document }] }])
  })

  test('while it waits as a list of the college, a branch neither changes its papers nor lists them again', async () => {
    const [here, next] = [await withdrawn(), await withdrawn(u.zhao)]
    const id = await propose([here, next], organiser)
    expect(await outcome(propose([here], secretary))).toBe('conflict')
    const lapsed = await file('identityProof')
    await propose([lapsed, await withdrawn(u.zhao)], organiser, firstDay)
    expect(await outcome(u.as(secretary, (ctx) => withdrawDocument(ctx, lapsed, { reason: '归错了人' })))).toBe(
      'conflict',
    )
    expect(await outcome(decide(id, department))).toBe('done')
  })

  test('nobody approves a paper that has gone out of their sight with its person; refused, it can be listed where it is now', async () => {
    const somebody = await u.person(u.branch, { name: '周云起', studentNumber: newId() })
    const [stays, goes] = [await withdrawn(), await withdrawn(somebody)]
    const id = await propose([stays, goes], secretary)
    const to = { organizationId: u.distant.id, on: today }
    await u.as(department, (ctx) => movePerson(ctx, somebody.id, 1, to))
    await expect(decide(id, organiser)).rejects.toThrow('清单中有 1 份材料已随本人转到您管理的范围以外')
    expect(await outcome(propose([goes], otherOrganiser))).toBe('conflict')
    expect(await outcome(decide(id, organiser, 'refused'))).toBe('done')
    const again = await propose([goes], otherOrganiser)
    await decide(again, department)
    expect(await outcome(u.as(otherOrganiser, (ctx) => readContent(ctx, goes)))).toBe('conflict')
    expect(await outcome(u.as(organiser, (ctx) => readContent(ctx, stays)))).toBe('done')
  })

  test('what was destroyed stays destroyed where its person goes', async () => {
    const somebody = await u.person(u.branch, { name: '吴望舒', studentNumber: newId() })
    const gone = await file('identityProof', somebody)
    await decide(await propose([gone], secretary, firstDay), organiser)
    const to = { organizationId: u.distant.id, on: today }
    await u.as(department, (ctx) => movePerson(ctx, somebody.id, 1, to))
    const correction = { place: 'identityProof', title: '身份证', nature: 'copy', reason: '题名写全' } as const
    expect(await outcome(u.as(otherOrganiser, (ctx) => correctDocument(ctx, gone, correction)))).toBe('conflict')
  })
})
