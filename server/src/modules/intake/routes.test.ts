import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { maskIdentityNumber } from '@zhibu/rules'
import { desc, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { identityNumber } from '../../../test/factories.ts'
import { branch, chen, he, importing, table } from '../../../test/imports.ts'
import { packageOf, readWhole, workbookParts } from '../../../test/workbooks.ts'
import { journal } from '../../platform/journal.ts'
import { csrfHeader } from '../../platform/security.ts'
import { writeTable } from '../../platform/spreadsheet/export-table.ts'
import { developmentActs } from '../development/tables.ts'
import { persons } from '../people/tables.ts'
import { readingsDone } from './preview.ts'
import { importFileParts, importRows, importSlices } from './tables.ts'

const samples = path.join(import.meta.dirname, '../../../test/samples')
const app = await testApp()

test('a table is previewed, committed once for all clicks, and undone', async () => {
  const { browser, uploaded, view, rows, commit, undo } = await importing(app)
  const id = await uploaded(await table([chen, he]))
  expect(await view(id)).toMatchObject({
    state: 'preview',
    rowsTotal: 2,
    counts: { new: 2, changed: 0, unchanged: 0, doubt: 0, skipped: 0, faulty: 0 },
    can: { change: true, commit: true, undo: false, discard: true },
  })
  expect(await rows(id)).toMatchObject([
    { row: 2, name: '陈知微', effect: 'new', organizationName: branch, problems: [] },
    { row: 3, name: '何不言', effect: 'new' },
  ])
  await Promise.all([commit(id), commit(id), commit(id)])
  expect(await view(id)).toMatchObject({
    state: 'committed',
    written: { registered: 2, changed: 0, acts: 3, leftOut: 0 },
    can: { change: false, commit: false, undo: true },
  })
  const found = await (await browser.get('/api/people?q=2024010001')).json()
  expect(found.items).toMatchObject([{ name: '陈知微', organization: { name: branch } }])
  await app.build.look(async (db) => {
    expect(await db.$count(importFileParts, eq(importFileParts.importId, id))).toBe(0)
    expect(await db.$count(importRows, eq(importRows.importId, id))).toBe(0)
    expect(await db.$count(importSlices, eq(importSlices.importId, id))).toBe(0)
  })

  expect((await undo(id)).status).toBe(204)
  expect(await view(id)).toMatchObject({ state: 'undone' })
  expect((await (await browser.get('/api/people?q=2024010001')).json()).items).toEqual([])
})

test('the sample of a college is imported completely and the file of a person shows exactly what is expected', async () => {
  const { browser, uploaded, view, rows, commit } = await importing(app, 'department')
  const id = await uploaded(await readFile(path.join(samples, '动态信息表.xlsx')))
  const first = await view(id)
  expect(first.unknownBranches.map(({ name }) => name).sort()).toEqual(
    ['计算机研究生党支部', '软件工程本科生第一党支部', '软件工程本科生第二党支部'].sort(),
  )
  const url = `/api/intake/imports/${id}/branches`
  const choices = first.unknownBranches.map(({ name }) => ({
    name,
    parentId: app.build.college.id,
    branchType: 'undergraduate',
  }))
  const twice = await browser.put(url, {
    choices: [...choices, { ...choices[0], name: '又一个', newName: choices[0]?.name }],
  })
  expect([twice.status, (await twice.json()).detail]).toEqual([
    409,
    `“${choices[0]?.name}”：同一上级组织下已有同名组织，请换一个名称，或核对是否重复设立。`,
  ])
  expect((await view(id)).unknownBranches).toHaveLength(3)
  const [one, ...others] = choices
  expect((await browser.put(url, { choices: [{ ...one, newName: '信息学院新设党支部' }, ...others] })).status).toBe(204)
  const { nodes }: { nodes: { name: string }[] } = await (await browser.get('/api/organization/tree')).json()
  const names = ['信息学院新设党支部', ...others.map(({ name }) => name)]
  expect(nodes.filter((it) => names.includes(it.name))).toHaveLength(3)
  const settled = await view(id)
  expect(settled).toMatchObject({ unknownBranches: [], counts: { doubt: 0, changed: 0, unchanged: 0 } })
  const { rows: expected }: { rows: { name: string; findings: string[] }[] } = JSON.parse(
    await readFile(path.join(samples, '动态信息表.expected.json'), 'utf8'),
  )
  const wanted = expected.map(({ name, findings }) => [name, ...findings.toSorted()])
  const shown = await rows(id, 'limit=200')
  expect(shown.map((it) => [it.name, ...it.problems.map(({ code }) => code), ...rulesOf(it.findings)])).toEqual(wanted)

  await commit(id, true)
  expect(await view(id)).toMatchObject({ state: 'committed', written: { registered: 41, leftOut: 0 } })
  const files = await app.build.look((db) =>
    db.select({ id: persons.id }).from(persons).where(eq(persons.importId, id)).orderBy(persons.id),
  )
  const recorded: string[][] = []
  for (const { id: personId } of files) {
    const file = await (await browser.get(`/api/development/files/${personId}`)).json()
    const findings: { rule: string; severity: string }[] = file.findings
    recorded.push([file.person.name, ...rulesOf(findings.filter(({ severity }) => severity !== 'info'))])
  }
  const ofRules = wanted.map(([name, ...rules]) => [name, ...rules.filter((it) => /^T\d/.test(it ?? ''))])
  const inOrder = (files: readonly (readonly (string | undefined)[])[]) => files.map((it) => it.join(' ')).sort()
  expect(inOrder(recorded)).toEqual(inOrder(ofRules))
})

test('the rows of a name are left out together, except those about which somebody has decided, and one comes back by itself', async () => {
  const { browser, uploaded, view, rows, commit } = await importing(app)
  const id = await uploaded(
    await table([
      ['林一', '2024020001', null, null, '外院党支部', null, null],
      ['林二', '2024020002', null, null, '外院党支部', null, null],
      ['林三', '2024020003', null, null, '外院党支部', null, null],
      ['林四', '2024020004', null, null, null, null, null],
      ['林五', '2024020005', null, null, branch, null, null],
    ]),
  )
  const [unknown] = (await rows(id)).slice(0, 1)
  expect(unknown?.doubt).toMatch(/没有叫“外院党支部”的组织。请把.*“新设这个支部”（限组织部）、“不导入”$/)
  const patch = (row: number, change: object) => browser.patch(`/api/intake/imports/${id}/rows/${row}`, change)
  expect((await patch(3, { person: app.build.wang.id })).status).toBe(204)
  const settle = (choices: object[]) => browser.put(`/api/intake/imports/${id}/branches`, { choices })
  expect((await settle([{ name: '外院党支部', skip: false }])).status).toBe(400)
  expect((await settle([{ name: '外院党支部', skip: true }])).status).toBe(204)
  const effects = async () => (await rows(id)).map(({ effect }) => effect)
  const decided = (await effects())[1]
  expect(decided).not.toBe('skipped')
  expect(await effects()).toEqual(['skipped', decided, 'skipped', 'doubt', 'new'])
  expect((await view(id)).unknownBranches).toEqual([{ name: null, rows: 1 }])
  expect((await patch(2, { skip: false })).status).toBe(204)
  expect((await effects())[0]).toBe('doubt')
  expect((await settle([{ name: '外院党支部', skip: true }])).status).toBe(204)
  await commit(id)
  expect((await (await browser.get('/api/people?q=2024020001')).json()).items).toEqual([])
})

const rulesOf = (findings: readonly { rule: string }[]) => findings.map(({ rule }) => rule).sort()

test('an uploaded row that stands in the register already changes what differs, and an empty cell deletes nothing', async () => {
  const { browser, uploaded, view, rows, commit, undo } = await importing(app)
  await commit(await uploaded(await table([chen, he])))
  const again = await uploaded(
    await table([
      ['陈知微', '2024010001', '女', null, branch, '2023-09-21', null],
      ['何不言', '2024010002', '男', '2005-06-07', branch, '2023-10-08', null],
    ]),
  )
  expect((await view(again)).counts).toMatchObject({ new: 0, changed: 1, unchanged: 1, doubt: 0 })
  expect(await rows(again, 'effect=changed')).toMatchObject([
    {
      name: '陈知微',
      fieldChanges: [],
      actChanges: [{ kind: 'application', old: '2023-09-20', new: '2023-09-21' }],
    },
  ])
  await commit(again)
  const corrections = await app.build.look((db) =>
    db.select().from(developmentActs).where(sql`${developmentActs.importId} = ${again}`),
  )
  expect(corrections).toMatchObject([
    { kind: 'application', on: '2023-09-21', correctionReason: '导入“名单.xlsx”', isStruckOut: false },
  ])

  const third = await uploaded(await table([['陈知微', '2024010001', '男', '2005-03-04', branch, null, null]]))
  expect(await rows(third)).toMatchObject([{ fieldChanges: [{ label: '性别', old: '女', new: '男' }], actChanges: [] }])
  await commit(third)
  expect((await undo(third)).status).toBe(204)
  const found = await (await browser.get('/api/people?q=2024010001')).json()
  expect(found.items).toMatchObject([{ name: '陈知微', sex: 'female' }])
})

test('an import on which something later depends is not undone, and the answer says on what and by whom', async () => {
  const { browser, uploaded, commit, undo, view } = await importing(app)
  const id = await uploaded(await table([['卓然', '2024010009', '女', '2005-03-04', branch, '2023-09-20', null]]))
  await commit(id)
  const [person] = (await (await browser.get('/api/people?q=2024010009')).json()).items
  const url = `/api/people/${person.id}`
  const { etag } = Object.fromEntries((await browser.get(url)).headers)
  expect((await browser.patch(url, { set: { grade: '2024级' } }, { 'if-match': etag ?? '' })).status).toBe(204)
  expect(await (await browser.get(`/api/intake/imports/${id}/undo`)).json()).toEqual({
    conflicts: [{ personId: person.id, name: '卓然', what: '资料后来被修改', by: '吴远舟' }],
  })
  const refused = await undo(id)
  expect(refused.status).toBe(409)
  expect((await refused.json()).fields).toEqual([{ path: person.id, message: '卓然：资料后来被修改' }])
  expect(await view(id)).toMatchObject({ state: 'committed' })
})

test('doubts are settled by hand: the same name alone is not the same person', async () => {
  const { browser, uploaded, rows, view } = await importing(app)
  const id = await uploaded(
    await table([
      ['王一舟', null, null, null, branch, '2023-09-20', null],
      ['王一周', '2023010002', null, null, branch, '2023-09-20', null],
      ['凌云', '2024010011', null, null, '没有这个支部', null, null],
      ['凌霄', '2024010012', null, null, '镜湖学院研究生党支部', null, null],
      ['凌波', '2024010013', null, null, branch, '2023-02-30', null],
      ['凌波', '2024010013', null, null, branch, '2023-02-28', null],
    ]),
  )
  expect((await view(id)).counts).toMatchObject({ new: 1, doubt: 5, faulty: 1 })
  const wang = app.build.wang.id
  expect(await rows(id)).toMatchObject(
    [
      { effect: 'doubt', doubt: /同名/, candidates: [{ id: wang, name: '王一舟' }] },
      { effect: 'doubt', doubt: /姓名却不同/, candidates: [{ id: wang }] },
      { effect: 'doubt', doubt: /没有叫“没有这个支部”的组织/ },
      { effect: 'doubt', doubt: /没有叫“镜湖学院研究生党支部”的组织/ },
      { effect: 'new', problems: [{ column: 'F', code: 'bad-date', severity: 'error' }] },
      { effect: 'doubt', doubt: /与第 6 行/ },
    ].map((it) => ('doubt' in it ? { ...it, doubt: expect.stringMatching(it.doubt ?? '') } : it)),
  )

  const patch = (row: number, change: object) => browser.patch(`/api/intake/imports/${id}/rows/${row}`, change)
  expect((await patch(2, { person: wang })).status).toBe(204)
  expect((await patch(3, { skip: true })).status).toBe(204)
  expect((await patch(4, { cells: { E: branch } })).status).toBe(204)
  expect((await patch(6, { cells: { F: '2023-02-28' } })).status).toBe(204)
  expect((await patch(7, { cells: { ZZ: 'x' } })).status).toBe(400)
  expect(await rows(id)).toMatchObject([
    { effect: 'changed', personId: wang, actChanges: [{ kind: 'application', old: null, new: '2023-09-20' }] },
    { effect: 'skipped' },
    { effect: 'new', organizationName: branch },
    { effect: 'doubt' },
    { effect: 'new', problems: [] },
    { effect: 'doubt' },
  ])
})

test('identity numbers are kept sealed, shown as masks, and a mask that comes back says nothing', async () => {
  const { uploaded, rows, view, commit } = await importing(app)
  const headers = ['姓名', '学号', '身份证号', '所在党支部']
  const sound = identityNumber('2005-03-04', 702)
  const mask = maskIdentityNumber(sound)
  const id = await uploaded(await table([['岳明', '2024010021', sound, branch]], headers))
  const [row] = await rows(id)
  expect(row).toMatchObject({ cells: { C: mask }, problems: [] })
  const kept = await app.build.look(async (db) => [
    await db.select().from(importRows).where(eq(importRows.importId, id)),
    await db.select().from(importSlices).where(eq(importSlices.importId, id)),
  ])
  expect(JSON.stringify(kept)).not.toContain(sound)
  await commit(id)
  const again = await uploaded(await table([['岳明', '2024010021', mask, branch]], headers))
  expect(await rows(again)).toMatchObject([{ effect: 'unchanged', problems: [] }])
  expect((await view(again)).counts?.faulty).toBe(0)
})

test('who may not import is refused, and nobody sees the imports of others', async () => {
  const mine = await importing(app)
  const id = await mine.uploaded(await table([chen]))
  const bytes = await table([chen])
  for (const who of ['publicity', 'partySchool', 'applicant', 'sysadmin', 'auditor'] as const) {
    const { browser, upload } = await importing(app, who)
    expect((await upload(bytes)).status, who).toBe(403)
    expect((await browser.get(`/api/intake/imports/${id}`)).status, who).toBe(404)
    expect((await (await browser.get('/api/intake/imports')).json()).items, who).toEqual([])
  }
  const other = await importing(app, 'otherOrganiser')
  expect((await other.upload(bytes, `&organizationId=${app.build.college.id}`)).status).toBe(403)
  for (const verb of ['commit', 'undo', 'discard']) {
    expect((await other.browser.post(`/api/intake/imports/${id}/${verb}`)).status, verb).toBe(404)
  }
  expect((await other.browser.get(`/api/intake/imports/${id}/rows`)).status).toBe(404)
  expect((await other.browser.get(`/api/intake/imports/${id}/marked.xlsx`)).status).toBe(404)
})

test('what is no readable spreadsheet is refused with a reason and leaves nothing behind', async () => {
  const { browser, upload } = await importing(app)
  const before = (await (await browser.get('/api/intake/imports')).json()).items.length
  for (const bytes of [Buffer.from('%PDF-1.7'), Buffer.from('PK\x03\x04kaputt'), Buffer.from('')]) {
    const response = await upload(bytes)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ reason: 'unreadable', detail: expect.stringMatching(/请/) })
  }
  expect((await (await browser.get('/api/intake/imports')).json()).items.length).toBe(before)
})

test('large files are opened one at a time, and one of each person: each may take hundreds of times its size in memory', async () => {
  const line = (number: number, texts: string[]) =>
    `<row r="${number}">${texts.map((it) => `<c t="inlineStr"><is><t>${it}</t></is></c>`).join('')}</row>`
  const sheet = line(1, ['姓名', '学号']) + line(2, ['陈知微', '2024010001'])
  const picture = { name: 'xl/media/image1.png', content: randomBytes(1024 * 1024) }
  const bytes = packageOf([...workbookParts(sheet), picture])
  const [one, other] = [await importing(app), await importing(app, 'department')]
  const small = await table([chen])
  const answers = await Promise.all([one.upload(bytes), other.upload(bytes), one.upload(small), one.upload(bytes)])
  const again = await one.upload(bytes)
  await readingsDone()
  // Which of the two large files of one person arrives first is the network's choice.
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429])
  const refused = answers.find(({ status }) => status === 429)
  expect((await refused?.json())?.detail).toBe('您的另一个文件还在打开。请等它打开后，再上传这一个。')
  expect(again.status).toBe(201)
})

test('a mapping made by hand is remembered for the same headers', async () => {
  const { browser, uploaded, view, commit } = await importing(app)
  const headers = ['姓名', '学号', '所在党支部', '甲乙丙']
  const id = await uploaded(await table([['叶澜', '2024010031', branch, '苗族']], headers))
  expect((await view(id)).layout?.columns.at(-1)).toMatchObject({ header: '甲乙丙', field: null, samples: ['苗族'] })
  const put = await browser.put(`/api/intake/imports/${id}/layout`, {
    sheet: '名册',
    headerRow: 1,
    columns: { D: 'ethnicity' },
  })
  expect(put.status).toBe(204)
  await readingsDone()
  await commit(id)
  const again = await uploaded(await table([['叶澜', '2024010031', branch, '白族']], headers))
  expect((await view(again)).layout?.columns.at(-1)).toMatchObject({ field: 'ethnicity' })
})

test('export, change a cell, import: only the changed cell shows', async () => {
  const { browser, uploaded, view, rows, commit } = await importing(app, 'department')
  const id = await uploaded(await readFile(path.join(samples, '动态信息表.xlsx')))
  const { state, counts } = await view(id)
  expect({ state, new: counts?.new }).toEqual({ state: 'preview', new: 0 })
  const query = { organizationId: app.build.college.id }
  const exported = await browser.post('/api/intake/exports', { list: 'people', query })
  expect(exported.status).toBe(200)
  const bytes = new Uint8Array(await exported.arrayBuffer())
  const again = await uploaded(bytes)
  const shown = await rows(again, 'limit=200')
  // Who has neither a number nor a birth cannot be told from a namesake: that stays a doubt.
  const known = shown.filter((it) => !/没有学号等可以核对/.test(it.doubt ?? ''))
  expect(known.filter((it) => it.effect !== 'unchanged')).toEqual([])
  expect(known.length).toBeGreaterThan(41)

  const [sheet] = (await readWhole(bytes)).sheets
  const [header = [], ...lines] = sheet?.rows.map((line) => [...line]) ?? []
  const grade = header.indexOf('递交入党申请书')
  const changed = lines.find((line) => line[grade] !== null)
  if (changed) changed[grade] = new Date('2019-09-09T00:00:00Z')
  const edited = await writeTable(
    header.map((text) => ({ header: String(text ?? '') })),
    lines,
  )
  const third = await uploaded(edited)
  expect((await rows(third, 'limit=200')).flatMap((it) => [...it.fieldChanges, ...it.actChanges])).toEqual([
    { kind: 'application', old: expect.any(String), new: expect.stringContaining('2019-09-09') },
  ])
  await commit(third)
})

describe('a file is not taken in, only refused, from whoever may not import', () => {
  test.each([
    ['nobody', '/api/intake/imports?name=a.csv', 401],
    ['applicant', '/api/intake/imports?name=a.csv', 403],
    ['auditor', '/api/intake/imports?name=a.csv', 403],
    ['nobody', `/api/intake/imports/${randomUUID()}/file?name=a.csv`, 401],
    ['applicant', `/api/intake/imports/${randomUUID()}/file?name=a.csv`, 404],
  ] as const)('%s %s', async (who, url, status) => {
    const { cookies } = who === 'nobody' ? app.browser() : await app.signedIn(app.accounts[who])
    const cookie = [...cookies].map((it) => it.join('=')).join('; ')
    let taken = 0
    const body = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(++taken)) }, { highWaterMark: 0 })
    const headers = { [csrfHeader]: '1', cookie, 'content-length': '1000' }
    const sent = { method: 'POST', body, headers, duplex: 'half' }
    const answer = await app.app.request(url, sent)
    expect([answer.status, taken]).toEqual([status, 0])
  })
})

test('of the query of an export only what it asks stands in the journal, and not whatever else was sent', async () => {
  const browser = await app.signedIn(app.accounts.organiser)
  const query = {
    kind: 'teacher',
    columns: '',
    ...Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`x${at}`, '多'])),
  }
  for (const list of ['people', 'development']) {
    expect((await browser.post('/api/intake/exports', { list, query })).status).toBe(200)
  }
  const rows = await app.build.look((db) =>
    db
      .select({ id: journal.subjectId, details: journal.details })
      .from(journal)
      .where(eq(journal.event, 'intake.exported'))
      .orderBy(desc(journal.id))
      .limit(2),
  )
  expect(rows.map(({ id, details }) => [id, details.query])).toEqual([
    ['development', {}],
    ['people', { kind: 'teacher' }],
  ])
})

test('the name of a table is kept without the identity number in it', async () => {
  const { browser, view } = await importing(app)
  const answer = await browser.send(
    'POST',
    `/api/intake/imports?name=${encodeURIComponent('名册110101200405110321.xlsx')}`,
    new Uint8Array(await table([chen])),
    {},
  )
  const { id } = await answer.json()
  expect(await view(id)).toMatchObject({ fileName: '名册110*************21.xlsx' })
})
