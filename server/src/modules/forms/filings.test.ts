import { createHash } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import PizZip from 'pizzip'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { today } from '../../../test/factories.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { journal } from '../../platform/journal.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { dayInChina } from '../../platform/today.ts'
import { archiveUploads } from '../archive/tables.ts'
import { movePerson } from '../people/service.ts'
import { formFilings } from './tables.ts'

let app: TestApp
let secretary: Browser
let department: Browser

beforeAll(async () => {
  app = await testApp()
  secretary = await app.signedIn(app.accounts.secretary)
  department = await app.signedIn(app.accounts.department)
})

const filed = async (browser: Browser, body: object) => {
  const response = await browser.post('/api/forms/filings', body)
  return { status: response.status, ...(await response.json()) }
}
const contentOf = async (documentId: string) =>
  new Uint8Array(await (await secretary.get(`/api/archive/documents/${documentId}/content`)).arrayBuffer())
const textOfWord = (bytes: Uint8Array) =>
  (new PizZip(bytes).file('word/document.xml')?.asText() ?? '').replace(/<[^>]+>/g, '')
const rowOf = async (documentId: string) => {
  const [row] = await app.build.look((db) =>
    db.select().from(formFilings).where(eq(formFilings.documentId, documentId)),
  )
  return row
}

/** A template of the university that nobody has to sign: the catalogue of a file. */
async function template(query = '&place=catalogue&needsHand=false', text = '{姓名}的目录') {
  const body = [{ kind: 'paragraph', text }] as const
  const word = Uint8Array.from(wordPaper({ title: '目录', body, attachments: [], madeOn: today }))
  const answer = await department.send('POST', `/api/forms/templates?name=a.docx&title=学院目录${query}`, word, {})
  expect(answer.status).toBe(201)
  const { id }: { id: string } = await answer.json()
  return id
}

describe('a roster, which nobody signs', () => {
  test('is made and filed as PDF with the version, the digest of its values, by whom and when', async () => {
    const { wang, li, branch, tenantId } = app.build
    const body = { formId: 'development-roster', personIds: [wang.id, li.id] }
    const { status, ...outcome } = await filed(secretary, body)
    expect([status, outcome.refused]).toEqual([200, []])
    const [{ documentId, name }] = outcome.filed
    expect(name).toBe(branch.name)
    const document = await (await secretary.get(`/api/archive/documents/${documentId}`)).json()
    expect(document).toMatchObject({
      place: 'developmentRoster',
      title: '发展党员工作名册',
      nature: 'electronic',
      kind: 'pdf',
      on: today,
      person: null,
      organization: { id: branch.id },
    })
    expect(textOfPages(await contentOf(documentId)).join('')).toContain('李晓岚')
    expect(await rowOf(documentId)).toEqual({
      tenantId,
      documentId,
      personId: null,
      path: branch.path,
      formId: 'development-roster',
      version: null,
      valuesSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      afterSeal: null,
      filedBy: expect.any(String),
      filedByName: '李晓岚',
      filedAt: expect.any(Date),
    })
    const again = await filed(secretary, body)
    expect([again.filed, again.refused]).toEqual([
      [],
      [{ name: branch.name, why: expect.stringContaining('已有内容完全相同的一份') }],
    ])
    expect(await app.build.look((db) => db.select().from(archiveUploads))).toEqual([])
  })

  test.each<[who: 'siblingSecretary' | 'partySchool' | 'applicant', status: number]>([
    ['siblingSecretary', 404],
    ['partySchool', 403],
    ['applicant', 403],
  ])('is not filed by %s', async (who, status) => {
    const body = { formId: 'development-roster', personIds: [app.build.wang.id] }
    expect((await filed(await app.signedIn(app.accounts[who]), body)).status).toBe(status)
  })
})

describe('what cannot be filed as it is made', () => {
  test.each<[what: string, formId: string, told: string]>([
    ['a record that is signed', 'applicant-talk', '打印，签字盖章后扫描，归入“入党申请人谈话记录”'],
    ['a form without a place', 'confirmation-roster', '没有对应的类别'],
  ])('%s', async (_what, formId, told) => {
    const outcome = await filed(secretary, { formId, personIds: [app.build.wang.id] })
    expect([outcome.status, outcome.detail]).toEqual([409, expect.stringContaining(told)])
  })

  test('a Word template for a place that takes scans only, and one with a place that there is not', async () => {
    const formId = await template('&place=applicantTalkRecord&needsHand=false')
    const outcome = await filed(secretary, { formId, personIds: [app.build.wang.id] })
    expect([outcome.status, outcome.detail]).toEqual([409, expect.stringContaining('只收扫描件')])
    const paper = Uint8Array.from(wordPaper({ title: '', body: [], attachments: [], madeOn: today }))
    const unknown = await department.send('POST', '/api/forms/templates?name=a.docx&title=表&place=nowhere', paper, {})
    expect([400, 422]).toContain(unknown.status)
  })

  test('the own file', async () => {
    const formId = await template()
    const own = (await (await secretary.get('/api/accounts/session')).json()).account.personId
    const outcome = await filed(secretary, { formId, personIds: [own, app.build.wang.id] })
    expect([outcome.status, outcome.detail]).toEqual([403, expect.stringContaining('您本人的档案')])
  })
})

test('a version from which papers were made stays as it is: other meanings of its tags are the next version', async () => {
  const { wang } = app.build
  const formId = await template('&place=catalogue&needsHand=false', '{学生}的目录')
  const bind = (field: string) =>
    department.put(`/api/forms/templates/${formId}/bindings`, { bindings: { 学生: field } })
  const versions = async () =>
    (await (await department.get(`/api/forms/templates/${formId}`)).json()).versions.map(
      (it: { number: number }) => it.number,
    )
  expect((await bind('学号')).status).toBe(204)
  expect((await bind('姓名')).status).toBe(204)
  expect(await versions()).toEqual([1])
  const { filed: documents } = await filed(secretary, { formId, personIds: [wang.id] })
  expect(await rowOf(documents[0].documentId)).toMatchObject({ formId, version: 1, personId: wang.id })
  expect((await bind('学号')).status).toBe(204)
  expect((await bind('所在支部')).status).toBe(204)
  expect(await versions()).toEqual([2, 1])
  expect(textOfWord(await contentOf(documents[0].documentId))).toContain(`${wang.name}的目录`)
})

test('what was filed moves with its person', async () => {
  const { build } = app
  const person = await build.person(build.branch, { name: '钱远' })
  const { filed: documents } = await filed(secretary, { formId: await template(), personIds: [person.id] })
  await build.as(build.actors.organiser, (ctx) =>
    movePerson(ctx, person.id, 1, { organizationId: build.sibling.id, on: today, reason: '转专业' }),
  )
  expect(await rowOf(documents[0].documentId)).toMatchObject({ path: build.sibling.path })
})

describe('a closed file', () => {
  let formId: string
  let other: string
  let person: { id: string; name: string }
  let documentId: string
  let number: string
  const on = dayInChina(new Date())
  const order = (more: object) => ({ formId, personIds: [person.id], ...more })
  const made = async (body: object) => secretary.post('/api/forms/files', { format: 'word', ...body })

  beforeAll(async () => {
    formId = await template()
    other = await template('&place=opinionsRecord&needsHand=false', '{姓名}的意见')
    person = await app.build.person(app.build.branch, { name: '孙远<&' })
    const { filed: documents } = await filed(secretary, order({}))
    documentId = documents[0].documentId
    const sealed = await secretary.post('/api/archive/seals', { personId: person.id })
    expect(sealed.status).toBe(201)
    number = (await sealed.json()).number
  })

  test('gives its own paper, and the preview says so', async () => {
    const preview = await (await secretary.post('/api/forms/previews', order({}))).json()
    const filedPaper = { documentId, title: '学院目录' }
    expect(preview.pieces[0].closed).toEqual([{ name: person.name, number, on, filed: filedPaper }])
    const given = new Uint8Array(await (await made(order({}))).arrayBuffer())
    expect(digest(given)).toBe(digest(await contentOf(documentId)))
    const zip = await made(order({ personIds: [person.id, app.build.li.id] }))
    const entries = new PizZip(new Uint8Array(await zip.arrayBuffer())).files
    const [first] = Object.keys(entries).filter((it) => it.startsWith('001'))
    expect(digest(entries[first ?? '']?.asUint8Array() ?? new Uint8Array())).toBe(digest(given))
  })

  test('of what is made anew, or does not lie in it, the paper says that it is no original', async () => {
    const mark = `封存后生成，不作为档案原件（档号 ${number}，${on} 封存）`
    for (const body of [order({ isAnew: true }), order({ formId: other })])
      expect(textOfWord(new Uint8Array(await (await made(body)).arrayBuffer()))).toContain(mark)
    const pdf = await made(order({ formId: 'applicant-talk', format: 'pdf' }))
    expect(textOfPages(new Uint8Array(await pdf.arrayBuffer())).join('')).toContain('封存后生成，不作为档案原件')
    const open = await made(order({ formId: other, personIds: [app.build.li.id] }))
    expect(textOfWord(new Uint8Array(await open.arrayBuffer()))).not.toContain('封存后生成')
    const letter = await made(order({ formId: 'development-roster', format: 'pdf' }))
    expect(textOfPages(new Uint8Array(await letter.arrayBuffer())).join('')).not.toContain('封存后生成')
  })

  test('takes a form as a supplement with a reason only, which stays traced', async () => {
    const refused = await filed(secretary, order({ formId: other }))
    expect([refused.status, JSON.stringify(refused)]).toEqual([400, expect.stringContaining(`档号 ${number}`)])
    const reason = '补充征求意见'
    const { filed: documents } = await filed(secretary, order({ formId: other, reason }))
    expect(await rowOf(documents[0].documentId)).toMatchObject({ afterSeal: number, version: 1 })
    const view = await (await secretary.get(`/api/archive/documents/${documents[0].documentId}`)).json()
    expect(view.history[0]).toMatchObject({ reason })
    const closing = await (await secretary.get(`/api/archive/persons/${person.id}/seals`)).json()
    expect(closing.added).toEqual(['学院目录'])
    const [row] = await app.build.look((db) =>
      db
        .select()
        .from(journal)
        .where(and(eq(journal.event, 'forms.filed'), eq(journal.personId, person.id)))
        .orderBy(desc(journal.id)),
    )
    expect(row?.details).toMatchObject({ title: '学院目录', version: 1, number, reason })
  })
})

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
