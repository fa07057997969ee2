import type { ActKind } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { type BuiltPerson, smallUniversity } from '../../../test/factories.ts'
import { ownPlace } from '../../../test/rights-world.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { addOwnPlace, changeShippedPlace, readFilingList, setInUse } from '../archive/filing-list.ts'
import { newOwnPlace } from '../archive/filing-list-schema.ts'
import { archiveContents, archiveDocuments } from '../archive/tables.ts'
import { countFilingEffect } from './filing-effect.ts'
import { recordActs } from './imported.ts'
import { readPapers } from './papers.ts'
import { correctAct, openFile } from './service.ts'
import { developmentActs } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { department, secretary, organiser } = u.actors
const reason = '学校党委组织部要求'

const act = (person: BuiltPerson, kind: 'application' | 'thoughtReport') => ({
  ...{ personId: person.id, path: person.path },
  act: { kind, on: '2026-03-02' as const },
})
await u.as(department, (ctx) =>
  recordActs(ctx, newId(), [
    act(u.li, 'application'),
    act(u.wang, 'application'),
    act(u.wang, 'thoughtReport'),
    act(u.sun, 'application'),
  ]),
)
await file(u.wang)
await file(u.wang)
await file(u.zhao)

const counted = (place?: string, from?: ActKind, actor: Actor = department) =>
  u.as(actor, (ctx) => countFilingEffect(ctx, { place, from }))

test.each<[what: string, place: string | undefined, from: ActKind | undefined, counts: number[]]>([
  ['two papers of one and one of another', 'thoughtReport', undefined, [3, 2, 0, 0]],
  ['three have applied, one of them has the paper', 'thoughtReport', 'application', [3, 2, 3, 2]],
  ['a place that does not exist yet', undefined, 'application', [0, 0, 3, 3]],
  ['nobody has come so far', 'autobiography', 'oath', [0, 0, 0, 0]],
])('%s', async (_, place, from, counts) => {
  const { documents, files, reached, lacking } = await counted(place, from)
  expect([documents, files, reached, lacking]).toEqual(counts)
})

test('an act that was corrected counts once', async () => {
  const { revision } = await u.as(secretary, (ctx) => openFile(ctx, u.wang.id))
  const first = await u.look((db) =>
    db
      .select({ id: developmentActs.id })
      .from(developmentActs)
      .where(and(eq(developmentActs.personId, u.wang.id), eq(developmentActs.kind, 'application'))),
  )
  await u.as(secretary, (ctx) =>
    correctAct(ctx, u.wang.id, first[0]?.id ?? '', revision, {
      act: { kind: 'application', on: '2026-03-01' },
      reason,
    }),
  )
  expect((await counted(undefined, 'application')).reached).toBe(3)
})

test.each<[string, Actor]>([
  ['a secretary', secretary],
  ['the organiser of a college', organiser],
  ['the organisation department of a college', u.officer('orgDepartment', u.college)],
  ['the auditor', u.actors.auditor],
])('%s is not told', async (_, actor) => {
  await expect(counted('thoughtReport', undefined, actor)).rejects.toThrow(/不包括/)
})

test('what a file lacks is said by the list as the university has adjusted it', async () => {
  const said = async () => {
    const { remarks } = await u.as(secretary, (ctx) => readPapers(ctx, u.wang.id))
    return remarks.filter((it) => it.state !== 'notDue').map((it) => it.code)
  }
  const before = await said()
  expect(before).toContain('application.missing')
  const revision = async () => (await u.as(department, readFilingList)).revision
  const added = newOwnPlace.parse({ ...ownPlace, label: '志愿服务证明', requirement: 'required', from: 'application' })
  const at = await revision()
  await u.as(department, (ctx) => addOwnPlace(ctx, added, at))
  expect((await said()).filter((it) => !before.includes(it))).toEqual(['ownPlace1.missing'])

  await u.as(department, async (ctx) =>
    changeShippedPlace(ctx, 'identityProof', { requirement: 'required', reason }, 1),
  )
  expect(await said()).toContain('identityProof.missing')
  await u.as(department, async (ctx) => setInUse(ctx, 'thoughtReport', { inUse: false, reason }, 2))
  expect((await said()).filter((it) => it.startsWith('thoughtReport'))).toEqual([
    'thoughtReport.outOfUse',
    'thoughtReport.outOfUse',
  ])
})

/** A thought report as it lies in the tables. */
async function file(person: BuiltPerson): Promise<void> {
  const id = newId()
  const contentId = `sha256-${id}`
  await u.look(async (db) => {
    await db.insert(archiveContents).values({
      ...{ tenantId: u.tenantId, id: contentId, sizeBytes: 1, mediaType: 'application/pdf', extension: 'pdf' },
      ...{ kind: 'pdf' as const, pageCount: 1, isScanned: false },
    })
    await db.insert(archiveDocuments).values({
      ...{ tenantId: u.tenantId, id, personId: person.id, organizationId: person.organizationId, path: person.path },
      ...{ place: 'thoughtReport', title: '思想汇报', nature: 'original' as const, contentId, fileName: '汇报.pdf' },
      ...{ filedBy: newId(), filedByName: '归档者' },
    })
  })
}
