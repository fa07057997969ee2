import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import PizZip from 'pizzip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import { encryption, identityNumber, statementsOf, today } from '../../../test/factories.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { developmentActs } from '../development/tables.ts'
import { columnsOf } from '../people/sealing.ts'
import { persons } from '../people/tables.ts'
import { takeOrder } from './orders.ts'
import { samplePersons } from './samples.ts'

const folder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-forms-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const app = await testApp({ dataDirectory: folder })
const { build, accounts } = app
const { wang, li, zhao, branch } = build

const idNumber = identityNumber('2004-05-11', 321)

beforeAll(async () => {
  const way = samplePersons(today).at(-1)?.acts ?? []
  await build.look(async (db) => {
    await db
      .update(persons)
      .set({
        ...columnsOf(encryption, wang.id, { set: { idNumber, phone: '13900000002' }, clear: [] }),
        name: '王喆',
        sex: 'male',
        bornOn: '2004-05-11',
        ethnicity: '汉族',
      })
      .where(eq(persons.id, wang.id))
    await db.insert(developmentActs).values(
      way.map(({ kind, on, id: _, ...details }) => ({
        tenantId: build.tenantId,
        id: newId(),
        personId: wang.id,
        path: wang.path,
        kind,
        on: on ?? null,
        details,
        recordedBy: newId(),
      })),
    )
  })
})

const secretary = () => app.signedIn(accounts.secretary)
const department = () => app.signedIn(accounts.department)
const made = (browser: Browser, body: object) => browser.post('/api/forms/files', body)
const one = { formId: 'admission-minutes', personIds: [wang.id], format: 'word' }

test('the forms stand in the order of the steps', async () => {
  const { items, can } = await (await (await secretary()).get('/api/forms')).json()
  expect(can).toEqual({ make: true, settle: false })
  expect(items[0]).toEqual({
    id: 'applicant-talk',
    isOwn: false,
    title: '入党申请人谈话记录',
    step: 2,
    scope: 'person',
    purpose: '党组织收到入党申请书后派人谈话时使用，谈话内容由谈话人填写。',
    formats: ['word', 'pdf'],
    version: null,
    showsNumbers: false,
    isRetired: false,
    place: { code: 'applicantTalkRecord', label: '入党申请人谈话记录', subject: 'person' },
    needsHand: true,
  })
  const letter = items.find((it: { id: string }) => it.id === 'introduction-letter')
  expect(letter).toMatchObject({ showsNumbers: true, step: null })
})

describe('a preview', () => {
  test('says what is filled in and what is missing, and where it would be entered', async () => {
    const browser = await secretary()
    const answer = await browser.post('/api/forms/previews', { formId: 'applicant-talk', personIds: [wang.id, li.id] })
    const { pieces } = await answer.json()
    expect(pieces[0].persons).toEqual([{ id: wang.id, name: '王喆' }])
    expect(pieces[0].values).toContainEqual({ name: '入党申请书.日期', text: '2023年9月20日' })
    expect(pieces[0].missing).toEqual([])
    expect(pieces[1].missing).toContainEqual({ name: '入党申请书.日期', enteredAt: 'application', persons: ['李晓岚'] })
    expect(pieces[1].missing).toContainEqual({ name: '民族', enteredAt: 'person', persons: ['李晓岚'] })
  })

  test('of a list tells who lacks what', async () => {
    const order = { formId: 'oath-roster', personIds: [wang.id, li.id] }
    const { pieces } = await (await (await secretary()).post('/api/forms/previews', order)).json()
    expect(pieces).toHaveLength(1)
    expect(pieces[0].missing).toContainEqual({
      name: '接收大会.日期',
      enteredAt: 'admissionAssembly',
      persons: ['李晓岚'],
    })
  })

  test('shows numbers as masks, and records no reading of them', async () => {
    const browser = await secretary()
    const before = await readings('idNumber')
    const answer = await browser.post('/api/forms/previews', { formId: 'introduction-letter', personIds: [wang.id] })
    const text = await answer.text()
    expect(text).toContain(`${idNumber.slice(0, 3)}*`)
    expect(text).not.toContain(idNumber)
    expect(await readings('idNumber')).toBe(before)
  })

  test('is filled with invented persons where none are named', async () => {
    const { pieces } = await (
      await (await department()).post('/api/forms/previews', { formId: 'public-notice' })
    ).json()
    expect(pieces[0].persons.map((it: { name: string }) => it.name)).toEqual(['周初晴', '赵喆', '阿依古丽·买买提江'])
  })
})

describe('a file', () => {
  test('is made as Word, recorded, and seen by the person', async () => {
    const response = await made(await secretary(), one)
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('王喆 支部党员大会会议记录（接收预备党员）.docx').replace(/[()]/g, '')}`,
    )
    const text = textOfWord(new Uint8Array(await response.arrayBuffer()))
    expect(text).toContain('应到会有表决权的党员21名，实到会20名')
    expect(text).toContain('讨论接收王喆同志为中共预备党员')
    const rows = await build.look((db) => db.select().from(journal).where(eq(journal.event, 'forms.made')))
    expect(rows.at(-1)).toMatchObject({
      subjectKind: 'form',
      subjectId: 'admission-minutes',
      personId: wang.id,
      details: { title: '支部党员大会会议记录（接收预备党员）', format: 'Word', persons: 1, version: null },
    })
    expect(await readings('表格《支部党员大会会议记录（接收预备党员）》')).toBeGreaterThan(0)
  })

  test('is made as PDF, with the rare character of the name', async () => {
    const response = await made(await secretary(), { ...one, formId: 'admission-approval', format: 'pdf' })
    expect(response.headers.get('content-type')).toBe('application/pdf')
    const [text] = textOfPages(new Uint8Array(await response.arrayBuffer()))
    expect(text).toContain('关于同意接收王喆同志为中共预备党员的批复')
    expect(text).toContain('2025年7月2日')
  })

  test('with a number in the clear has its reading recorded', async () => {
    const before = await readings('idNumber')
    const response = await made(await secretary(), { ...one, formId: 'introduction-letter' })
    expect(textOfWord(new Uint8Array(await response.arrayBuffer()))).toContain(`身份证号码${idNumber}`)
    expect(await readings('idNumber')).toBe(before + 1)
    const partySchool = await made(await app.signedIn(accounts.partySchool), { ...one, formId: 'introduction-letter' })
    expect(partySchool.status).toBe(403)
  })

  test('of many persons is one zip, a file for each', async () => {
    const order = { formId: 'applicant-talk', personIds: [wang.id, li.id], format: 'word', progressId: randomUUID() }
    const response = await made(await secretary(), order)
    expect(response.headers.get('content-type')).toBe('application/zip')
    const zip = new PizZip(new Uint8Array(await response.arrayBuffer()))
    expect(Object.keys(zip.files)).toEqual(['001 王喆 入党申请人谈话记录.docx', '002 李晓岚 入党申请人谈话记录.docx'])
    const word = zip.file('002 李晓岚 入党申请人谈话记录.docx')?.asUint8Array() ?? new Uint8Array()
    expect(textOfWord(word)).toContain('李晓岚')
    const progress = await (await secretary()).get(`/api/forms/progress/${order.progressId}`)
    expect(progress.status).toBe(404)
  })

  test('takes a few statements, however many persons', async () => {
    const many = await Promise.all(
      Array.from({ length: 30 }, (_, at) => build.person(branch, { name: `许第${at}`, studentNumber: `N${at}` })),
    )
    const statements = (personIds: string[]) =>
      statementsOf(() =>
        build.as(build.actors.secretary, (ctx) =>
          takeOrder(ctx, { formId: 'applicant-talk', personIds, format: 'word' }),
        ),
      )
    const few = await statements([wang.id, li.id])
    expect(await statements(many.map((it) => it.id))).toBe(few)
    expect(few).toBeLessThanOrEqual(9)
  })

  test('that leaves a character without a letter out of a PDF is told in the zip', async () => {
    const rare = await build.person(branch, { name: '吉\u{20bb7}野' })
    const order = { formId: 'applicant-talk', personIds: [rare.id, li.id], format: 'pdf' }
    const zip = new PizZip(new Uint8Array(await (await made(await secretary(), order)).arrayBuffer()))
    expect(Object.keys(zip.files)).toEqual(['002 李晓岚 入党申请人谈话记录.pdf', '没有生成的表格.txt'])
    expect(zip.file('没有生成的表格.txt')?.asText()).toContain('现有的字体里没有“\u{20bb7}”')
  })
})

test.each<[who: keyof typeof accounts, persons: string[], status: number]>([
  ['applicant', [wang.id], 403],
  ['stranger', [wang.id], 404],
  ['siblingSecretary', [wang.id], 404],
  ['secretary', [wang.id, zhao.id], 404],
  ['organiser', [wang.id, zhao.id], 200],
  ['partySchool', [wang.id], 200],
  ['publicity', [wang.id], 404],
  ['sysadmin', [wang.id], 404],
])('%s about %j: %i', async (who, personIds, status) => {
  expect((await made(await app.signedIn(accounts[who]), { ...one, personIds })).status).toBe(status)
})

describe('a template of the university', () => {
  const paper = (text: string) =>
    Uint8Array.from(wordPaper({ title: '谈话表', body: [{ kind: 'paragraph', text }], attachments: [], madeOn: today }))
  const upload = (
    browser: Browser,
    bytes: Uint8Array<ArrayBuffer>,
    query = '?name=a.docx&title=学院谈话表&step=2',
    at = '',
  ) => browser.send('POST', `/api/forms/templates${at}${query}`, bytes, {})

  test('is uploaded, bound, made, replaced and retired', async () => {
    const browser = await department()
    const uploaded = await upload(browser, paper('{学生姓名}于{入党申请书.日期|点号日期}申请，{特长}'))
    expect(uploaded.status).toBe(201)
    const { id } = await uploaded.json()
    const read = async () => (await browser.get(`/api/forms/templates/${id}`)).json()
    expect((await read()).fields).toEqual([
      { path: '学生姓名', within: [], isKnown: false, boundTo: null },
      { path: '入党申请书.日期', within: [], isKnown: true, boundTo: null },
      { path: '特长', within: [], isKnown: false, boundTo: null },
    ])
    const bind = (bindings: object) => browser.put(`/api/forms/templates/${id}/bindings`, { bindings })
    expect((await bind({ 学生姓名: '名字' })).status).toBe(400)
    expect((await bind({ 没有: '姓名' })).status).toBe(400)
    expect((await bind({ 学生姓名: '姓名', 特长: '' })).status).toBe(204)

    const keeper = await secretary()
    const preview = await (await keeper.post('/api/forms/previews', { formId: id, personIds: [wang.id] })).json()
    expect(preview.pieces[0]).toMatchObject({
      missing: [],
      values: [
        { name: '姓名', text: '王喆' },
        { name: '入党申请书.日期', text: '2023.09.20' },
      ],
    })
    const file = await made(keeper, { formId: id, personIds: [wang.id], format: 'word' })
    expect(textOfWord(new Uint8Array(await file.arrayBuffer()))).toContain('王喆于2023.09.20申请，')
    expect((await made(keeper, { formId: id, personIds: [wang.id], format: 'pdf' })).status).toBe(400)

    const second = await upload(browser, paper('新版：{学生姓名}'), '?name=b.docx', `/${id}/versions`)
    expect(second.status).toBe(204)
    const { versions, fields } = await read()
    expect(versions.map((it: { number: number; fileName: string }) => [it.number, it.fileName])).toEqual([
      [2, 'b.docx'],
      [1, 'a.docx'],
    ])
    expect(fields).toEqual([{ path: '学生姓名', within: [], isKnown: false, boundTo: '姓名' }])
    const old = await browser.get(`/api/forms/templates/${id}/versions/1/file`)
    expect(textOfWord(new Uint8Array(await old.arrayBuffer()))).toContain('{特长}')

    expect((await browser.patch(`/api/forms/templates/${id}`, { isRetired: true })).status).toBe(204)
    expect((await made(keeper, { formId: id, personIds: [wang.id], format: 'word' })).status).toBe(404)
    const listed = async (it: Browser) =>
      (await (await it.get('/api/forms')).json()).items.some((form: { id: string }) => form.id === id)
    expect([await listed(keeper), await listed(browser)]).toEqual([false, true])
  })

  test('is kept without the identity number in the name of its file', async () => {
    const browser = await department()
    const { id } = await (await upload(browser, paper('{姓名}'), '?name=110101200405110321.docx&title=学院表格')).json()
    const { versions } = await (await browser.get(`/api/forms/templates/${id}`)).json()
    expect(versions[0].fileName).toBe('110*************21.docx')
  })

  test('is previewed by the names of the dictionary, whatever its tags are called', async () => {
    const browser = await department()
    const text = '{XM}，{MZ}。{#MD}{ZY} {MZ}{/MD}'
    const { id } = await (await upload(browser, paper(text), '?name=c.docx&title=学院名单&scope=list')).json()
    const bindings = { XM: '名单姓名', MZ: '民族', MD: '名单', ZY: '专业' }
    expect((await browser.put(`/api/forms/templates/${id}/bindings`, { bindings })).status).toBe(204)
    const order = { formId: id, personIds: [wang.id, li.id] }
    const { pieces } = await (await (await secretary()).post('/api/forms/previews', order)).json()
    expect(pieces[0].values).toEqual([{ name: '名单姓名', text: '王喆、李晓岚' }])
    const missing = pieces[0].missing.map((it: { name: string; enteredAt: string }) => [it.name, it.enteredAt])
    expect(missing).toEqual([
      ['民族', 'person'],
      ['专业', 'person'],
    ])
  })

  test.each<[what: string, bytes: () => Uint8Array<ArrayBuffer>, status: number, told: string]>([
    ['no tags', () => paper('没有标记'), 422, '没有找到字段标记'],
    ['a broken tag', () => paper('申请人{姓名'), 422, '“申请人{姓名”：“{”没有对应的“}”'],
    ['no Word file', () => Uint8Array.from(Buffer.from('MZ')), 422, '不是 Word 文档'],
    ['nothing', () => new Uint8Array(), 422, '没有收到文件'],
    ['too large', () => new Uint8Array(11 * 1024 * 1024), 413, '超过 10 MB'],
  ])('is refused: %s', async (_what, bytes, status, told) => {
    const response = await upload(await department(), bytes())
    expect(response.status).toBe(status)
    expect((await response.json()).detail).toContain(told)
  })

  test('is made by the university only, from a form of ours if it likes', async () => {
    for (const who of ['secretary', 'organiser', 'applicant', 'sysadmin'] as const) {
      expect((await upload(await app.signedIn(accounts[who]), paper('{姓名}'))).status).toBe(403)
    }
    const browser = await department()
    const ours = await browser.get('/api/forms/shipped/public-notice/template.docx')
    const uploaded = await upload(
      browser,
      new Uint8Array(await ours.arrayBuffer()),
      '?name=c.docx&title=学院公示&scope=list',
    )
    const { id } = await uploaded.json()
    const { fields } = await (await browser.get(`/api/forms/templates/${id}`)).json()
    expect(fields.filter((it: { isKnown: boolean }) => !it.isKnown)).toEqual([])
    const file = await made(browser, { formId: id, personIds: [wang.id, li.id], format: 'word' })
    expect(textOfWord(new Uint8Array(await file.arrayBuffer()))).toContain('1王喆男2004年5月')
  })
})

describe('what is copied by hand', () => {
  const at = (sheet: string) => `/api/forms/copies/${wang.id}?sheet=${sheet}`

  test('stands in the order of the form, and a report tells later what has changed', async () => {
    const browser = await secretary()
    const first = await (await browser.get(at('member-record'))).json()
    expect(first.items.slice(0, 5)).toEqual([
      { label: '姓名', text: '王喆', isByHand: false, enteredAt: 'person', sealed: null, before: null },
      { label: '性别', text: '男', isByHand: false, enteredAt: 'person', sealed: null, before: null },
      {
        label: '公民身份号码',
        text: `${idNumber.slice(0, 3)}${'*'.repeat(13)}${idNumber.slice(-2)}`,
        isByHand: false,
        enteredAt: 'person',
        sealed: 'idNumber',
        before: null,
      },
      { label: '民族', text: '汉族', isByHand: false, enteredAt: 'person', sealed: null, before: null },
      { label: '出生日期', text: '2004-05-11', isByHand: false, enteredAt: 'person', sealed: null, before: null },
    ])
    expect(first.reported).toBeNull()
    const report = (on: string) => browser.post(`/api/forms/copies/${wang.id}/reports`, { sheet: 'member-record', on })
    expect((await report('2026-11-24')).status).toBe(400)
    expect((await report(today)).status).toBe(201)
    await build.look((db) => db.update(persons).set({ ethnicity: '回族' }).where(eq(persons.id, wang.id)))
    const later = await (await browser.get(at('member-record'))).json()
    expect(later.reported).toEqual({ on: today, by: '李晓岚' })
    expect(later.items.filter((it: { before: string | null }) => it.before !== null)).toEqual([
      { label: '民族', text: '回族', isByHand: false, enteredAt: 'person', sealed: null, before: '汉族' },
    ])
  })

  test('is there for the person concerned, who reports nothing', async () => {
    const browser = await app.signedIn(accounts.applicant)
    const copy = await (await browser.get(at('admission-form'))).json()
    expect(copy.can).toEqual({ report: false })
    expect(copy.items[0]).toMatchObject({ label: '申请人', text: '王喆' })
    const report = await browser.post(`/api/forms/copies/${wang.id}/reports`, { sheet: 'member-record', on: today })
    expect(report.status).toBe(403)
  })
})

/** How many readings of this there are in the journal of the person. */
async function readings(what: string): Promise<number> {
  const rows = await build.look((db) => db.select().from(journal).where(eq(journal.event, 'journal.read')))
  return rows.filter((it) => it.details.what === what && it.personId === wang.id).length
}

function textOfWord(bytes: Uint8Array): string {
  const xml = new PizZip(bytes).file('word/document.xml')?.asText() ?? ''
  return [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('')
}
