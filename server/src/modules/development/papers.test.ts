import { type Act, type FiledDocument, filingTemplate } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { type BuiltPerson, encryption, smallUniversity, statementsOf } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { keepText } from '../archive/page-texts.ts'
import { archiveContents, archiveDocuments } from '../archive/tables.ts'
import { batch, papers } from './answers.ts'
import { recordActs } from './imported.ts'
import { development } from './routes.ts'
import type { BatchView, PapersView } from './schema.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
/** A university that keeps its papers elsewhere. */
const paperless = await smallUniversity(database)
const { organiser, secretary, siblingSecretary, applicant, auditor } = it.actors

const acts: Act[] = [
  { kind: 'application', on: '2026-03-01' },
  { kind: 'applicantTalk', on: '2026-03-20' },
]
for (const { as, actors, li, wang, zhao } of [it, paperless])
  await as(actors.department, (ctx) =>
    recordActs(
      ctx,
      crypto.randomUUID(),
      [li, wang, zhao].flatMap(({ id, path }) => acts.map((act) => ({ personId: id, path, act }))),
    ),
  )

const applicationMissing = 'application.missing'
const talkMissing = 'applicantTalkRecord.missing'

test('where nobody sees any paper, none is said to be missing', async () => {
  const { li, actors } = paperless
  const view = await read(actors.secretary, li, paperless)
  expect([view.isUsed, view.findings]).toEqual([false, []])
  const { body } = await send(actors.organiser, '/batches', { title: '没有材料', personIds: [li.id] }, paperless)
  const { run } = await readBatch(body.id, actors.organiser, paperless)
  expect(run.entries.map((entry) => entry.papers)).toEqual([[]])
})

const { id: batchId } = (await send(organiser, '/batches', { title: '预审', personIds: [it.li.id, it.zhao.id] })).body
const application = await file(it.li, { place: 'application', title: '入党申请书', on: '2026-03-02' })

describe('once papers are kept', () => {
  test('a file says what it lacks by now, with whom it lies, and where a paper has another day', async () => {
    const view = await read(secretary, it.li)
    expect([view.on, view.isUsed, view.isWhole]).toEqual(['2026-11-23', true, true])
    expect(view.remarks.filter((remark) => remark.state !== 'notDue')).toEqual([
      {
        code: talkMissing,
        place: 'applicantTalkRecord',
        label: '入党申请人谈话记录',
        state: 'missing',
        deliveredBy: 'branch',
        ruleBook: 'XZ-2014',
        article: '7',
        message:
          '“派人同入党申请人谈话”（2026年3月20日）已登记，缺“入党申请人谈话记录”。请党支部交来原件或复印件归档；确实没有形成的写明情况，不得补造材料。',
        facts: [
          { label: '派人同入党申请人谈话', value: '2026-03-20', kind: 'applicantTalk', actId: expect.any(String) },
        ],
        documentIds: [],
      },
    ])
    expect(view.findings.map(({ rule, place, documentId, facts }) => [rule, place, documentId, facts[0]])).toEqual([
      [
        'T55',
        'application',
        application,
        { label: '“入党申请书”所记日期', value: '2026-03-02', kind: 'application', actId: expect.any(String) },
      ],
    ])
  })

  test('a run over a batch has the papers beside the records, and a later one shows which came in', async () => {
    await send(organiser, `/batches/${batchId}/runs`)
    const second = await readBatch(batchId)
    expect(
      second.run.entries.map(({ name, papers: remarks, findings, change }) => [
        name,
        remarks.map((remark) => remark.code),
        findings.map((finding) => finding.rule),
        change?.papersNew.map((remark) => remark.code),
      ]),
    ).toEqual([
      ['李晓岚', [talkMissing], ['T55'], [talkMissing]],
      ['赵思远', [applicationMissing, talkMissing], [], [applicationMissing, talkMissing]],
    ])

    await file(it.zhao, { place: 'application', title: '入党申请书', on: '2026-03-01', nature: 'copy' })
    await send(organiser, `/batches/${batchId}/runs`)
    const { change } = (await readBatch(batchId)).run.entries.find((entry) => entry.name === '赵思远') ?? {}
    expect([change?.papersSettled.map((it) => it.code), change?.papersNew.map((it) => it.code)]).toEqual([
      [applicationMissing],
      ['application.notOriginal'],
    ])
  })

  test('a batch in which only papers are missing counts as one with gaps', async () => {
    const { id } = (await send(organiser, '/batches', { title: '只缺材料', personIds: [it.li.id] })).body
    const { items } = await (await it.served(development, organiser).request('/batches')).json()
    expect(items.find((row: { id: string }) => row.id === id).run).toMatchObject({ files: 1, filesWithGaps: 1 })
  })

  test('a paper that somebody found unsigned is spoken of, though not to whom its place is closed', async () => {
    await file(it.wang, { place: 'recommendation', title: '推优表', lacks: ['recommender'] })
    await file(it.wang, { place: 'opinionsRecord', title: '意见', lacks: ['recorder'] })
    const unsigned = async (actor: Actor) =>
      (await read(actor, it.wang)).remarks.filter((remark) => remark.state === 'unsigned').map((remark) => remark.code)
    expect(await unsigned(secretary)).toEqual(['recommendation.unsigned', 'opinionsRecord.unsigned'])
    expect(await unsigned(applicant)).toEqual(['recommendation.unsigned'])
    const { id } = (await send(organiser, '/batches', { title: '未签', personIds: [it.wang.id] })).body
    expect((await readBatch(id)).run.entries[0]?.papers.map((remark) => remark.code)).toContain(
      'recommendation.unsigned',
    )
  })

  test('a paper that was superseded or withdrawn is not there', async () => {
    const wrong = await file(it.wang, { place: 'application', title: '放错的申请书' })
    await file(it.wang, { place: 'application', title: '撤出', supersedes: wrong, isWithdrawal: true })
    const view = await read(secretary, it.wang)
    expect(view.remarks.filter((remark) => remark.state === 'missing').map((remark) => remark.code)).toEqual([
      applicationMissing,
      talkMissing,
    ])
  })

  test('a run takes as many statements for one file as for three', async () => {
    const count = (personIds: string[]) => statementsOf(() => send(organiser, '/batches', { title: '计数', personIds }))
    const everybody = [it.li.id, it.wang.id, it.zhao.id]
    await count(everybody)
    expect(await count(everybody)).toBe(await count([it.li.id]))
  })

  test('the reading is written down once a day and the person sees it; of the own file it is not', async () => {
    const reader = it.officer('publicityMember', it.college)
    await read(reader, it.li)
    await read(reader, it.li)
    await read(applicant, it.wang)
    const rows = await it.look((db) => db.select().from(journal).where(eq(journal.event, 'journal.read')))
    const by = (actor: Actor) => rows.filter((row) => row.accountId === actor.accountId).map((row) => row.personId)
    expect([by(reader), by(applicant)]).toEqual([[it.li.id], []])
  })

  test('the person concerned learns that a closed paper is there, and not what it says', async () => {
    await it.as(it.actors.department, (ctx) =>
      recordActs(ctx, crypto.randomUUID(), [
        { personId: it.wang.id, path: it.wang.path, act: { kind: 'confirmationAssembly', on: '2026-09-20' } },
      ]),
    )
    await file(it.wang, { place: 'confirmationBallots', title: '表决票', on: '2026-09-21' })
    expect((await read(secretary, it.wang)).findings.map((finding) => finding.place)).toEqual(['confirmationBallots'])
    const own = await read(applicant, it.wang)
    expect([own.findings, own.remarks.some((remark) => remark.place === 'confirmationBallots')]).toEqual([[], false])

    const letter = await file(it.wang, { place: 'letterEnquiry', title: '函调', nature: 'copy' })
    const idsFor = async (actor: Actor) =>
      (await read(actor, it.wang)).remarks
        .filter((remark) => remark.place === 'letterEnquiry' && remark.state === 'notOriginal')
        .map((remark) => remark.documentIds)
    expect([await idsFor(secretary), await idsFor(applicant)]).toEqual([[[letter]], [[]]])
  })

  test('what the text of a paper says is a warning; the text of one whose reading is logged is not opened', async () => {
    const application = ['申请人：王一周', '2026年3月4日']
    await file(it.wang, { place: 'application', title: '入党申请书' }, application)
    await file(it.wang, { place: 'politicalReviewConclusion', title: '政审结论' }, ['姓名：赵某'])
    const { findings } = await read(secretary, it.wang)
    expect(
      findings
        .filter((finding) => finding.place !== 'confirmationBallots')
        .map(({ rule, severity, place, facts }) => [rule, severity, place, facts.map((fact) => fact.value)]),
    ).toEqual([
      ['T55', 'warning', 'application', ['2026-03-04', '2026-03-01']],
      ['T55', 'warning', 'application', ['王一舟', '王一周']],
    ])
  })

  test('a helper hears of papers of the task only', async () => {
    const helper = await it.helper([it.li], ['applicantTalk'])
    const view = await read(helper, it.li)
    expect([view.isWhole, view.remarks.map((remark) => remark.code), view.findings]).toEqual([false, [talkMissing], []])
  })

  test.each<[string, Actor]>([
    ['of another branch', siblingSecretary],
    ['the auditor', auditor],
  ])('%s is told that there is nothing', async (_who, actor) => {
    expect((await it.served(development, actor).request(`/files/${it.li.id}/papers`)).status).toBe(404)
  })
})

/** Files a document as it lies in the table. */
async function file(
  person: BuiltPerson,
  about: Partial<FiledDocument> & { supersedes?: string; isWithdrawal?: boolean },
  text?: readonly string[],
): Promise<string> {
  const id = newId()
  const contentId = `sha256-${id}`
  await it.look(async (db) => {
    const content = {
      sizeBytes: 1,
      mediaType: 'application/pdf',
      extension: 'pdf',
      kind: 'pdf',
      isScanned: false,
    } as const
    await db.insert(archiveContents).values({ tenantId: it.tenantId, id: contentId, ...content })
    if (text) {
      const lines = text.map((line) => ({ text: line, box: null, isSure: true }))
      const page = { page: 1, source: 'file', lines, failure: null } as const
      await keepText({ db, tenantId: it.tenantId, encryption }, contentId, page)
    }
    await db.insert(archiveDocuments).values({
      tenantId: it.tenantId,
      personId: person.id,
      organizationId: person.organizationId,
      path: person.path,
      place: filingTemplate.person[0]?.code ?? '',
      title: '',
      nature: 'original',
      fileName: '扫描.pdf',
      filedBy: newId(),
      filedByName: '归档人',
      contentId,
      ...about,
      id,
    })
  })
  return id
}

async function send(
  actor: Actor,
  path: string,
  body?: object,
  at = it,
): Promise<{ status: number; body: { id: string } }> {
  const headers = { 'content-type': 'application/json' }
  const answer = await at
    .served(development, actor)
    .request(path, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: answer.status, body: await answer.json() }
}

async function read(actor: Actor, { id }: BuiltPerson, at = it): Promise<PapersView> {
  const answer = await at.served(development, actor).request(`/files/${id}/papers`)
  expect(answer.status).toBe(200)
  const body = await answer.json()
  papers.parse(body)
  return body
}

async function readBatch(id: string, actor = organiser, at = it): Promise<BatchView> {
  const body = await (await at.served(development, actor).request(`/batches/${id}`)).json()
  batch.parse(body)
  return body
}
