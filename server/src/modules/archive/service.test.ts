import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity, statementsOf, today } from '../../../test/factories.ts'
import { waitingForLocks } from '../../../test/locks.ts'
import { outcome } from '../../../test/outcome.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { movePerson } from '../people/service.ts'
import { persons } from '../people/tables.ts'
import { readOrganizationArchive, readPersonArchive } from './archives.ts'
import { listDocuments } from './documents-list.ts'
import type { TakenContent } from './held-contents.ts'
import { readDocument } from './queries.ts'
import { readContent } from './readings.ts'
import { type DocumentCorrection, type NewDocument, newDocument } from './schema.ts'
import * as service from './service.ts'
import { archiveDocuments, archiveUploads } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { secretary, organiser, siblingSecretary, otherOrganiser, department, applicant, stranger, auditor } = u.actors
const partySchool = u.officer('partySchool', u.university)
const helper = await u.helper([u.wang], ['application'])

const contentOf = (number: number): TakenContent => ({
  id: `sha256-${String(number).padStart(64, '0')}`,
  sizeBytes: 1_000 + number,
  mediaType: 'application/pdf',
  extension: 'pdf',
  kind: 'pdf',
  pageCount: 2,
  isScanned: false,
})
const there = async () => true
let contents = 100
const taken = (number = ++contents) => ({
  content: contentOf(number),
  fileName: `扫描${number}.pdf`,
  contentIsThere: there,
})

/** What differs from an application of the person in the branch. */
type Wanted = Record<string, string | string[]>
const aDocument = (uploadId: string, more: Wanted = {}): NewDocument =>
  newDocument.parse({
    ...('organizationId' in more ? {} : { personId: u.wang.id }),
    uploadId,
    place: 'application',
    nature: 'original',
    ...more,
  })
/** A file of the actor that has come in. */
async function uploadOf(actor: Actor): Promise<string> {
  const row = { tenantId: u.tenantId, id: newId(), accountId: actor.accountId, fileName: '扫描件.pdf', sizeBytes: 1 }
  await u.look((db) => db.insert(archiveUploads).values(row))
  return row.id
}
async function file(more: Wanted = {}, actor: Actor = secretary, of = taken()): Promise<string> {
  const wanted = aDocument(await uploadOf(actor), more)
  return u.as(actor, (ctx) => service.fileDocument(ctx, wanted, of))
}
const version = async (actor: Actor) => ({ uploadId: await uploadOf(actor), reason: '原扫描件缺页' })

const held = async (actor: Actor = secretary, personId = u.wang.id) => {
  const { places, formerCount } = await u.as(actor, (ctx) => readPersonArchive(ctx, personId))
  const documents = places.flatMap((it) => it.documents.map(({ id, place, title, on }) => ({ id, place, title, on })))
  return { documents, formerCount }
}

const eventsOf = (documentId: string) =>
  u.look((db) =>
    db
      .select({ event: journal.event, details: journal.details, personId: journal.personId, path: journal.orgPath })
      .from(journal)
      .where(and(eq(journal.tenantId, u.tenantId), eq(journal.subjectId, documentId)))
      .orderBy(journal.id),
  )

describe('filing', () => {
  test('puts a document into its place, with the label of the place for a title, and writes it down', async () => {
    const id = await file({ on: '2025-03-03' }, secretary, taken(7))
    expect(await held()).toEqual({
      documents: [{ id, place: 'application', title: '入党申请书', on: '2025-03-03' }],
      formerCount: 0,
    })
    expect(await eventsOf(id)).toEqual([
      {
        event: 'archive.document-filed',
        details: {
          place: 'application',
          title: '入党申请书',
          on: '2025-03-03',
          contentId: contentOf(7).id,
          fileName: '扫描7.pdf',
        },
        personId: u.wang.id,
        path: u.branch.path,
      },
    ])
  })

  test.each<[string, Wanted, RegExp]>([
    ['a day that has not come', { on: '2026-11-24' }, /晚于今天/],
    ['a place that there is not', { place: 'nowhere' }, /没有这一类/],
    ['a place for organisations in the file of a person', { place: 'assemblyMinutes' }, /不归入个人档案/],
    ['the same content in the same place again', {}, /内容完全相同/],
  ])('refuses %s', async (_, more, message) => {
    await expect(file(more, secretary, taken(7))).rejects.toThrow(message)
  })

  test('of two who send the same bytes into one place at once, one files a document', async () => {
    const wanted = [secretary, organiser].map(async (actor) => {
      const it = aDocument(await uploadOf(actor), { place: 'thoughtReport' })
      return u.as(actor, (ctx) => service.fileDocument(ctx, it, taken(8)))
    })
    expect((await Promise.all(wanted.map(outcome))).sort()).toEqual(['conflict', 'done'])
  })

  test('takes the day itself, and the same content in another place and for another person', async () => {
    expect(await outcome(file({ place: 'thoughtReport', on: today }, secretary, taken(7)))).toBe('done')
    expect(await outcome(file({ personId: u.zhao.id }, organiser, taken(7)))).toBe('done')
  })

  test('uses an upload up: of two who send the same, one files a document', async () => {
    const wanted = aDocument(await uploadOf(secretary), { place: 'thoughtReport' })
    const twice = [taken(), taken()].map((of) =>
      outcome(u.as(secretary, (ctx) => service.fileDocument(ctx, wanted, of))),
    )
    expect((await Promise.all(twice)).sort()).toEqual(['done', 'not-found'])
    const others = aDocument(await uploadOf(organiser))
    expect(await outcome(u.as(secretary, (ctx) => service.fileDocument(ctx, others, taken())))).toBe('not-found')
  })

  test('refuses where the store has lost the content meanwhile', async () => {
    const lost = { ...taken(), contentIsThere: async () => false }
    expect(await outcome(file({}, secretary, lost))).toBe('conflict')
  })

  test.each<[string, Actor, Wanted, unknown]>([
    ['the secretary of the branch', secretary, {}, 'done'],
    ['the organiser of the college', organiser, {}, 'done'],
    ['the department', department, {}, 'done'],
    ['the secretary next door', siblingSecretary, {}, 'not-found'],
    ['the organiser of another college', otherOrganiser, {}, 'not-found'],
    ['the person concerned', applicant, {}, 'forbidden'],
    ['a stranger', stranger, {}, 'not-found'],
    ['the auditor', auditor, {}, 'not-found'],
    ['the Party school, an application', partySchool, {}, 'forbidden'],
    ['the Party school, the proof of a training', partySchool, { place: 'activistTrainingProof' }, 'done'],
    ['a helper, in the place of the task', helper, {}, 'done'],
    ['a helper, in another place', helper, { place: 'thoughtReport' }, 'not-found'],
    ['a helper, for another person', helper, { personId: u.li.id }, 'not-found'],
  ])('%s', async (_, actor, more, expected) => {
    expect(await outcome(file(more, actor))).toBe(expected)
  })

  test('an organisation has documents of its own, which its persons do not read', async () => {
    const minutes = { organizationId: u.branch.id, place: 'assemblyMinutes', on: '2026-05-20' }
    const id = await file(minutes)
    const { places } = await u.as(secretary, (ctx) => readOrganizationArchive(ctx, u.branch.id))
    expect(places.find((it) => it.documents.length > 0)).toMatchObject({ code: 'assemblyMinutes', documents: [{ id }] })
    for (const actor of [applicant, siblingSecretary, helper, auditor]) {
      expect(await outcome(u.as(actor, (ctx) => readOrganizationArchive(ctx, u.branch.id)))).toBe('not-found')
    }
    expect(await outcome(file({ ...minutes, place: 'application' }))).toBe('malformed')
  })
})

describe('what was filed', () => {
  const correction = (more: Partial<DocumentCorrection> = {}): DocumentCorrection => ({
    place: 'recommendation',
    title: '支部推荐材料',
    nature: 'original',
    reason: '归错了类别',
    ...more,
  })

  test('is superseded, corrected and withdrawn by rows that name the one before', async () => {
    const first = await file({ place: 'thoughtReport', title: '第一季度思想汇报', on: '2026-03-31' })
    const wanted = await version(secretary)
    const second = await u.as(secretary, (ctx) => service.supersedeDocument(ctx, first, wanted, taken()))
    const third = await u.as(organiser, (ctx) => service.correctDocument(ctx, second, correction()))
    expect(await held(secretary)).toMatchObject({
      documents: expect.arrayContaining([{ id: third, place: 'recommendation', title: '支部推荐材料', on: null }]),
    })
    await u.as(secretary, (ctx) => service.withdrawDocument(ctx, third, { reason: '不是这个人的材料' }))

    const { documents, formerCount } = await held()
    expect(documents.map((it) => it.id)).not.toEqual(expect.arrayContaining([third]))
    expect(formerCount).toBe(4)
    const view = await u.as(secretary, (ctx) => readDocument(ctx, second))
    expect(view).toMatchObject({ version: 2, supersededBy: third, isWithdrawn: true })
    expect(view.history.map(({ title, reason, isWithdrawal }) => [title, reason, isWithdrawal])).toEqual([
      ['支部推荐材料', '不是这个人的材料', true],
      ['支部推荐材料', '归错了类别', false],
      ['第一季度思想汇报', '原扫描件缺页', false],
      ['第一季度思想汇报', null, false],
    ])
    expect((await eventsOf(third)).map((it) => it.event)).toEqual(['archive.document-corrected'])
    for (const id of [first, second, third]) {
      expect(await outcome(u.as(secretary, (ctx) => service.withdrawDocument(ctx, id, { reason: '再撤一次' })))).toBe(
        'conflict',
      )
    }
  })

  test('is corrected once when two do it at the same time', async () => {
    const id = await file({ place: 'thoughtReport', on: '2026-06-30' })
    const both = await Promise.all(
      [secretary, organiser].map((actor) =>
        outcome(u.as(actor, (ctx) => service.correctDocument(ctx, id, correction()))),
      ),
    )
    expect(both.sort()).toEqual(['conflict', 'done'])
  })

  test.each<[string, Actor, unknown]>([
    ['a helper whose task it is not', helper, 'not-found'],
    ['the secretary next door', siblingSecretary, 'not-found'],
    ['the person concerned', applicant, 'forbidden'],
    ['the Party school', partySchool, 'forbidden'],
  ])('is not corrected by %s', async (_, actor, expected) => {
    const id = await file({ place: 'thoughtReport', on: '2026-09-30' })
    expect(await outcome(u.as(actor, (ctx) => service.correctDocument(ctx, id, correction())))).toBe(expected)
    expect(await outcome(u.as(actor, (ctx) => service.withdrawDocument(ctx, id, { reason: '撤出' })))).toBe(expected)
  })

  test('does not go from a helper’s task into another place', async () => {
    const id = await file({}, helper)
    expect(await outcome(u.as(helper, (ctx) => service.correctDocument(ctx, id, correction())))).toBe('forbidden')
    const dated = correction({ place: 'application', title: '入党申请书', on: '2025-03-03' })
    expect(await outcome(u.as(helper, (ctx) => service.correctDocument(ctx, id, dated)))).toBe('done')
  })

  test('refuses a correction that changes nothing, and the same file for a new version', async () => {
    const of = taken()
    const id = await file({ place: 'thoughtReport' }, secretary, of)
    const same = correction({ place: 'thoughtReport', title: '思想汇报' })
    expect(await outcome(u.as(secretary, (ctx) => service.correctDocument(ctx, id, same)))).toBe('malformed')
    const again = await version(secretary)
    expect(await outcome(u.as(secretary, (ctx) => service.supersedeDocument(ctx, id, again, of)))).toBe('conflict')
  })
})

describe('what somebody who looked did not find on a paper', () => {
  const lacksOf = async (id: string, actor: Actor = secretary) =>
    (await u.as(actor, (ctx) => readDocument(ctx, id))).lacks
  const talk = (more: Wanted = {}) => ({ place: 'applicantTalkRecord', ...more })

  test('stays with its row: a correction keeps or changes it, another place and another file begin anew', async () => {
    const unlooked = await file(talk())
    const signed = await file(talk({ lacks: [] }))
    const id = await file(talk({ lacks: ['talker', 'person', 'talker'] }))
    expect([await lacksOf(unlooked), await lacksOf(signed), await lacksOf(id)]).toEqual([
      null,
      [],
      ['person', 'talker'],
    ])
    expect((await eventsOf(id))[0]?.details).toMatchObject({ lacks: ['person', 'talker'] })

    const correct = (of: string, about: Partial<DocumentCorrection>) =>
      u.as(secretary, (ctx) =>
        service.correctDocument(ctx, of, {
          place: 'applicantTalkRecord',
          title: '谈话记录',
          nature: 'original',
          reason: '核对签字',
          ...about,
        }),
      )
    const renamed = await correct(id, {})
    const found = await correct(renamed, { lacks: ['talker'] })
    expect(await outcome(correct(found, { lacks: ['talker'] }))).toBe('malformed')
    const moved = await correct(found, { place: 'thoughtReport' })
    expect([await lacksOf(renamed), await lacksOf(found), await lacksOf(moved), await lacksOf(id)]).toEqual([
      ['person', 'talker'],
      ['talker'],
      null,
      ['person', 'talker'],
    ])

    const again = await file(talk({ lacks: ['person'] }))
    const replaced = async (of: string, lacks?: DocumentCorrection['lacks']) => {
      const wanted = { ...(await version(secretary)), ...(lacks && { lacks }) }
      return u.as(secretary, (ctx) => service.supersedeDocument(ctx, of, wanted, taken()))
    }
    const second = await replaced(again)
    const third = await replaced(second, ['person'])
    expect([await lacksOf(second), await lacksOf(third)]).toEqual([null, ['person']])
  })

  test('is not what the place does not ask for', async () => {
    await expect(file(talk({ lacks: ['branchSeal'] }))).rejects.toThrow(/没有要求“入党申请人谈话记录”有党支部盖章/)
    expect(() => newDocument.parse({ ...talk({ lacks: ['nobody'] }), personId: u.wang.id })).toThrow()
  })

  test('is told to those who read the paper only', async () => {
    await file({ place: 'opinionsRecord', lacks: ['recorder'] })
    const { places } = await u.as(applicant, (ctx) => readPersonArchive(ctx, u.wang.id))
    expect(places.find((it) => it.code === 'opinionsRecord')).toBeUndefined()
  })
})

describe('reading', () => {
  test('of a sensitive document is written down once an hour, and not where the person reads', async () => {
    const id = await file({ place: 'identityProof' })
    await u.as(organiser, (ctx) => readContent(ctx, id))
    await u.as(organiser, (ctx) => readContent(ctx, id))
    await u.as(secretary, (ctx) => readContent(ctx, id, { isDownload: true }))
    await u.as(applicant, (ctx) => readContent(ctx, id))
    const readings = (await eventsOf(id)).filter((it) => it.event === 'journal.read')
    expect(readings).toEqual(
      [1, 2].map(() => ({
        event: 'journal.read',
        details: { what: 'document', title: '身份证明（复印件）' },
        personId: u.wang.id,
        path: u.branch.path,
      })),
    )
  })

  test('of another leaves nothing', async () => {
    const id = await file({ place: 'thoughtReport' })
    await u.as(organiser, (ctx) => readContent(ctx, id))
    expect((await eventsOf(id)).map((it) => it.event)).toEqual(['archive.document-filed'])
  })

  test('a helper looks at the place of the task, and takes nothing away', async () => {
    const id = await file()
    expect(await outcome(u.as(helper, (ctx) => readContent(ctx, id)))).toBe('done')
    expect(await outcome(u.as(helper, (ctx) => readContent(ctx, id, { isDownload: true })))).toBe('forbidden')
    const other = await file({ place: 'thoughtReport' })
    expect(await outcome(u.as(helper, (ctx) => readContent(ctx, other)))).toBe('not-found')
  })

  test('the person concerned sees their own documents, but none in a place that is closed to them', async () => {
    const open = await file({ place: 'thoughtReport' })
    const [closedPlace] = (await u.as(secretary, (ctx) => readPersonArchive(ctx, u.wang.id))).places.filter(
      (it) => it.isClosedToPerson,
    )
    const closed = await file({ place: closedPlace?.code ?? '' })
    const own = (await held(applicant)).documents.map((it) => it.id)
    expect(own).toContain(open)
    expect(own).not.toContain(closed)
    expect(await outcome(u.as(applicant, (ctx) => readDocument(ctx, closed)))).toBe('not-found')
    expect(await outcome(u.as(applicant, (ctx) => readContent(ctx, closed)))).toBe('not-found')
  })

  test('a secretary whose own file it is reads no more of it than others of theirs', async () => {
    const [closedPlace] = (await u.as(organiser, (ctx) => readPersonArchive(ctx, u.li.id))).places.filter(
      (it) => it.isClosedToPerson,
    )
    const closed = await file({ personId: u.li.id, place: closedPlace?.code ?? '' }, organiser)
    expect(await outcome(u.as(secretary, (ctx) => readContent(ctx, closed)))).toBe('not-found')
    const { items } = await u.as(secretary, (ctx) => listDocuments(ctx, { limit: 200 }))
    expect(items.map((it) => it.id)).not.toContain(closed)
    expect(await outcome(file({ personId: u.li.id }, secretary))).toBe('forbidden')
  })
})

describe('the list over all', () => {
  test('shows what stands in files within reach, the last one filed first, page by page', async () => {
    const whole = await u.as(department, (ctx) => listDocuments(ctx, { limit: 200 }))
    const stored = await u.look((db) =>
      db.select().from(archiveDocuments).where(eq(archiveDocuments.tenantId, u.tenantId)),
    )
    const replaced = new Set(stored.map((it) => it.supersedes))
    const current = stored.filter((it) => !it.isWithdrawal && !replaced.has(it.id)).map((it) => it.id)
    expect(whole.items.map((it) => it.id)).toEqual(current.sort().reverse())

    const pages: string[] = []
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await u.as(department, (ctx) => listDocuments(ctx, { limit: 3, cursor }))
      pages.push(...page.items.map((it) => it.id))
      cursor = page.next
    }
    expect(pages).toEqual(whole.items.map((it) => it.id))
  })

  test('finds a part of a title, of a file’s name or of a person’s, marks of patterns taken as they are', async () => {
    const id = await file({ place: 'thoughtReport', title: '关于“100%到会”的思想汇报' })
    const of = async (q: string) =>
      (await u.as(secretary, (ctx) => listDocuments(ctx, { q, limit: 50 }))).items.map((it) => it.id)
    expect(await of('100%到')).toEqual([id])
    expect(await of('100_到')).toEqual([])
    expect(await of(u.wang.name)).toContain(id)
    expect(await of('没有这样的')).toEqual([])
  })

  test.each<[string, Actor, boolean]>([
    ['the college', organiser, true],
    ['next door', siblingSecretary, false],
    ['a helper', helper, false],
    ['an applicant', applicant, false],
    ['the auditor', auditor, false],
  ])('of %s', async (_, actor, sees) => {
    const { items } = await u.as(actor, (ctx) => listDocuments(ctx, { limit: 200 }))
    expect(items.some((it) => it.person?.id === u.wang.id)).toBe(sees)
  })
})

test('documents move with their person', async () => {
  const id = await file({ place: 'thoughtReport' })
  await u.as(organiser, (ctx) => movePerson(ctx, u.wang.id, 1, { organizationId: u.sibling.id, on: today }))
  expect(await outcome(u.as(secretary, (ctx) => readDocument(ctx, id)))).toBe('not-found')
  expect(await outcome(u.as(siblingSecretary, (ctx) => readDocument(ctx, id)))).toBe('done')
})

test('a correction waits for a move of the person, and neither ends the other', async () => {
  const id = await file({ place: 'recommendation' }, organiser)
  const correction = { place: 'recommendation', title: '推优表', nature: 'original', reason: '题名写全' } as const
  const { correcting } = await u.look(async (db) => {
    await db.select({ id: persons.id }).from(persons).where(eq(persons.id, u.wang.id)).for('update')
    const waiting = u.as(organiser, (ctx) => service.correctDocument(ctx, id, correction))
    await waitingForLocks(database)
    await db.update(archiveDocuments).set({ path: sql`path` }).where(eq(archiveDocuments.personId, u.wang.id))
    return { correcting: outcome(waiting) }
  })
  expect(await correcting).toBe('done')
})

test('an archive takes the same few statements however much it holds', async () => {
  const count = (personId: string) => statementsOf(() => u.as(department, (ctx) => readPersonArchive(ctx, personId)))
  expect([await count(u.wang.id), await count(u.sun.id)]).toEqual([4, 4])
})
