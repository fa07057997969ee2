import { buffer } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { encryption, statementsOf, today } from '../../../test/factories.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { codesOn } from '../../platform/recognition/codes.ts'
import { archiveDocuments } from '../archive/tables.ts'
import { grouped, sealedAt } from './codes.ts'
import { type PrintingGround, printBatch } from './jobs.ts'
import { certificatesOf } from './queries.ts'
import type { BatchView, CertificateRow, CertificateText, CertificateView, Ordered, SettingsView } from './schema.ts'
import { issueCertificates } from './service.ts'
import { certificateRevocations, certificateSeries, certificates } from './tables.ts'

const app = await testApp()
const { build, database, contents } = app
const { tenantId, look } = build
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/certificates'
const ground: PrintingGround = {
  ...{ database, encryption, store: contents.store, baseUrl: 'http://zhibu.test', ownFonts: '/nowhere' },
}

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

const text: CertificateText = {
  ...{ title: '结业证书', programme: '第 58 期发展对象集中培训班', fromOn: '2026-10-12', untilOn: '2026-10-14' },
  ...{ hours: '24 学时', result: '考核合格，准予结业', signatoryOffice: '党校校长', signatoryName: '李建国' },
}
const order = (personIds: readonly string[], more: object = {}) => ({
  ...{ ...text, organizationId: build.college.id, orderId: newId(), personIds },
  ...more,
})
const issue = async (by: Browser, personIds: readonly string[], more: object = {}) =>
  json<Ordered>(await by.post(at, order(personIds, more)), 201)
const print = (batchId: string) => printBatch(ground, { tenantId, batchId })
const rowsOf = (batchId: string) =>
  look((db) => db.select().from(certificates).where(eq(certificates.batchId, batchId)).orderBy(certificates.serial))
async function issuedTo(person: { id: string }, more: object = {}, by = as.organiser) {
  const { batchId } = await issue(by, [person.id], more)
  const [row] = await rowsOf(batchId)
  if (!row) throw new Error('nothing was issued')
  return { ...row, code: encryption.openField(row.codeSealed, sealedAt(row.id)) }
}
const viewed = async (by: Browser, id: string) => json<CertificateView>(await by.get(`${at}/${id}`))
const asked = async (code: string) => {
  const response = await app.browser().get(`/check/${encodeURIComponent(code)}`)
  return { status: response.status, text: await response.text(), headers: response.headers }
}

describe('issuing', () => {
  test('prints what is known on the day, numbers without a gap, and writes down each', async () => {
    const { batchId, issued, already } = await issue(as.organiser, [build.wang.id, build.zhao.id])
    expect([issued, already]).toEqual([2, 0])
    const rows = await rowsOf(batchId)
    const mark = 'YSXYDW'
    expect(rows.map((it) => [it.number, it.facts])).toEqual(
      [
        ['王一舟', 1],
        ['赵思远', 2],
      ].map(([name, serial]) => {
        const number = `${mark}-2026-000${serial}`
        return [number, { ...text, name, number, issuer: '云山学院党委', issuedOn: today, replaces: null }]
      }),
    )
    const [first] = rows
    expect(await viewed(as.applicant, first?.id ?? '')).toMatchObject({
      name: '王一舟',
      sentence: '于2026年10月12日至14日参加第 58 期发展对象集中培训班，共 24 学时，考核合格，准予结业。特发此证。',
      signatory: '党校校长　李建国',
      issuedBy: '吴远舟',
      state: 'valid',
      paper: 'waiting',
      can: { revoke: false, replace: false, file: false, printAgain: false, download: false },
    })
    const entries = await look((db) =>
      db
        .select({ personId: journal.personId, details: journal.details })
        .from(journal)
        .where(eq(journal.event, 'certificates.issued')),
    )
    expect(entries).toEqual([
      { personId: build.wang.id, details: { title: '结业证书', number: `${mark}-2026-0001` } },
      { personId: build.zhao.id, details: { title: '结业证书', number: `${mark}-2026-0002` } },
    ])
  })

  test('of the same order sent twice is done once', async () => {
    const body = order([build.wang.id, build.zhao.id])
    const first = await json<Ordered>(await as.organiser.post(at, body), 201)
    const second = await json<Ordered>(await as.organiser.post(at, body), 201)
    expect([first.issued, second]).toEqual([2, { batchId: first.batchId, issued: 0, already: 2 }])
    expect(await rowsOf(first.batchId)).toHaveLength(2)
  })

  test('by many at once gives every number once, and what fails gives none', async () => {
    const [before] = await look((db) =>
      db.select().from(certificateSeries).where(eq(certificateSeries.organizationId, build.college.id)),
    )
    const people = [build.wang.id, build.zhao.id]
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        (n % 2 === 0 ? as.organiser : as.partySchool).post(at, order(n % 3 === 2 ? [...people, newId()] : people)),
      ),
    )
    expect(answers.map((it) => it.status).sort()).toEqual([201, 201, 201, 201, 201, 201, 201, 201, 400, 400, 400, 400])
    const rows = await look((db) =>
      db
        .select()
        .from(certificates)
        .where(eq(certificates.organizationId, build.college.id))
        .orderBy(certificates.serial),
    )
    expect(rows.map((it) => it.serial)).toEqual(Array.from({ length: (before?.last ?? 0) + 16 }, (_, n) => n + 1))
  })

  test.each<[what: string, by: TestActor, more: object, status: number, says: string]>([
    ['a day that is to come', 'organiser', { untilOn: '2026-11-24' }, 400, '培训还没有结束'],
    ['an end before the beginning', 'organiser', { untilOn: '2026-10-11' }, 400, '结束日期不能早于开始日期'],
    ['an end without a beginning', 'organiser', { fromOn: null }, 400, '请补上开始日期'],
    ['no title', 'organiser', { title: ' ' }, 400, '请填写证书名称'],
    ['nobody', 'organiser', { personIds: [] }, 400, '请选择至少一个人'],
    ['somebody twice', 'organiser', { personIds: [build.wang.id, build.wang.id] }, 400, '有人员重复'],
    ['somebody of another college', 'organiser', { personIds: [build.sun.id] }, 400, '不在您的权限范围内'],
    ['one of whom the register knows nothing', 'organiser', { personIds: [newId()] }, 400, '不在您的权限范围内'],
    ['in the name of the college, by a secretary', 'secretary', {}, 403, '以云山学院党委的名义颁发证书'],
    [
      'to oneself',
      'secretary',
      { organizationId: build.branch.id, personIds: [build.li.id] },
      400,
      '本人的证书由其他同志颁发',
    ],
  ])('refuses %s', async (_, by, more, status, says) => {
    const answer = await as[by].post(at, order([build.wang.id], more))
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      status,
      text: expect.stringContaining(says),
    })
  })

  test('on the last day of a training is right', async () => {
    await issue(as.organiser, [build.wang.id], { untilOn: today })
  })

  test('of two organisations with the same letters is refused in words that say how to mend it', async () => {
    const twin = await build.organization(build.other, { kind: 'partyCommittee', name: '云山学院党委' })
    const refused = await as.otherOrganiser.post(at, order([build.sun.id], { organizationId: twin.id }))
    expect({ status: refused.status, text: await refused.text() }).toEqual({
      status: 409,
      text: expect.stringContaining('请在“编号格式”中写明本组织的简称'),
    })
    await json(
      await as.otherOrganiser.put(`${at}/settings/${twin.id}`, settled('YS〔年度〕〔序号〕'), { 'if-match': '"0"' }),
      204,
    )
    const row = await issuedTo(build.sun, { organizationId: twin.id }, as.otherOrganiser)
    expect(row.number).toBe('YS20260001')
    const [series] = await look((db) =>
      db.select().from(certificateSeries).where(eq(certificateSeries.organizationId, twin.id)),
    )
    expect(series?.last).toBe(1)
  })
})

const settled = (pattern: string) => ({ pattern, signatoryOffice: '书记', signatoryName: '' })

describe('how numbers are written', () => {
  const own = `${at}/settings/${build.branch.id}`
  test('begins with the letters of the committee, is settled once by two, and keeps what was given', async () => {
    const view = await json<SettingsView>(await as.secretary.get(own))
    expect(view).toMatchObject({
      pattern: '〔组织〕-〔年度〕-〔序号〕',
      mark: 'YSXYDWYSXYBKSDYDZB',
      serial: 1,
      revision: 0,
    })
    const first = await issuedTo(build.wang, { organizationId: build.branch.id }, as.secretary)
    const put = (pattern: string) => as.secretary.put(own, settled(pattern), { 'if-match': '"0"' })
    await json(await put('一支部〔年度〕第〔序号〕号'), 204)
    await json(await put('另一个〔年度〕〔序号〕'), 412)
    const second = await issuedTo(build.wang, { organizationId: build.branch.id }, as.secretary)
    expect([first.number, second.number]).toEqual(['YSXYDWYSXYBKSDYDZB-2026-0001', '一支部2026第0002号'])
  })

  test.each([
    ['without the year', '一支部〔序号〕', '须含有“〔年度〕”'],
    ['without the serial', '一支部〔年度〕', '须含有“〔序号〕”'],
    ['with something else that varies', '〔年度〕〔序号〕〔学院〕', '只能用'],
    ['of another organisation', '一支部〔年度〕第〔序号〕号', '另一个组织已用这个格式'],
  ])('refuses a pattern %s', async (_, pattern, says) => {
    const answer = await as.siblingSecretary.put(`${at}/settings/${build.sibling.id}`, settled(pattern), {
      'if-match': '"0"',
    })
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      status: 400,
      text: expect.stringContaining(says),
    })
  })
})

describe('papers', () => {
  test('say what was issued, carry a code that leads to it, and are kept under their digest', async () => {
    const row = await issuedTo(build.wang)
    await print(row.batchId)
    const response = await as.applicant.get(`${at}/${row.id}/paper.pdf`)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    const bytes = new Uint8Array(await response.arrayBuffer())
    const [page] = textOfPages(bytes)
    for (const said of [
      '结业证书',
      '王一舟同志：',
      '24学时',
      '云山学院党委',
      row.number,
      grouped(row.code),
      '二〇二六年十一月二十三日',
    ])
      expect(page?.replace(/\s/g, '')).toContain(said.replace(/\s/g, ''))
    const source = { key: row.id, type: 'application/pdf', contents: () => [bytes] } as const
    const [code] = await codesOn(await app.pageReader.picture(source, { page: 0, width: 1754, turn: 0 }))
    expect(code?.text).toBe(`http://zhibu.test/check/${row.code}`)
    expect(Buffer.from(bytes).toString('latin1')).toContain('pdfaid:part>2')
  })

  test('of a long batch go on where they were broken off, without one twice', async () => {
    const people = await Promise.all(
      Array.from({ length: 25 }, (_, n) => build.person(build.branch, { name: `学员${n}` })),
    )
    const { batchId } = await issue(
      as.organiser,
      people.map((it) => it.id),
    )
    let kept = 0
    const dying = {
      ...ground.store,
      put: (...given: Parameters<typeof ground.store.put>) => {
        if (++kept > 15) throw new Error('killed')
        return ground.store.put(...given)
      },
    }
    await expect(printBatch({ ...ground, store: dying }, { tenantId, batchId })).rejects.toThrow('killed')
    const read = async () => json<BatchView>(await as.organiser.get(`${at}/batches/${batchId}`))
    expect(await read()).toMatchObject({ total: 25, ready: 10, problems: [] })
    await Promise.all([print(batchId), print(batchId)])
    const rows = await rowsOf(batchId)
    expect(await read()).toMatchObject({
      ...{ total: 25, ready: 25, revoked: 0, firstNumber: rows[0]?.number, lastNumber: rows[24]?.number },
    })
    const all = await as.organiser.get(`${at}/batches/${batchId}/papers.pdf`)
    const pages = textOfPages(new Uint8Array(await all.arrayBuffer()))
    expect(pages.map((it) => /学员\d+/.exec(it)?.[0])).toEqual(people.map((it) => it.name))
  })

  test('of a character that no font has are not made, and say so until it is mended', async () => {
    const person = await build.person(build.branch, { name: '王\u{20bb7}' })
    const row = await issuedTo(person)
    await print(row.batchId)
    const view = await viewed(as.organiser, row.id)
    expect(view).toMatchObject({ paper: 'failed', can: { printAgain: true, file: false } })
    expect(view.paperProblem).toContain('没有“\u{20bb7}”')
    await json(await as.organiser.get(`${at}/${row.id}/paper.pdf`), 409)
    await json(await as.organiser.post(`${at}/${row.id}/printing`), 204)
    expect(await viewed(as.organiser, row.id)).toMatchObject({ paper: 'waiting' })
  })
})

describe('revoking and replacing', () => {
  test('leave everything there, and name one another', async () => {
    const row = await issuedTo(build.wang)
    const wrong = { ...text, programme: '第 59 期发展对象集中培训班', reason: '期数写错' }
    const { id } = await json<{ id: string }>(await as.partySchool.post(`${at}/${row.id}/replacement`, wrong), 201)
    const [former, next] = [await viewed(as.organiser, row.id), await viewed(as.organiser, id)]
    expect(former).toMatchObject({
      state: 'revoked',
      revocation: { on: today, by: '褚知行', reason: '期数写错' },
      replacedBy: { id, number: next.number },
      can: { revoke: false, replace: false },
    })
    expect(next).toMatchObject({
      state: 'valid',
      programme: wrong.programme,
      replaces: { id: row.id, number: row.number },
    })
    await json(await as.organiser.post(`${at}/${row.id}/replacement`, wrong), 409)
    await json(await as.organiser.post(`${at}/${row.id}/revocation`, { reason: '再来一次' }), 409)
    expect(
      await look((db) => db.$count(certificateRevocations, eq(certificateRevocations.certificateId, row.id))),
    ).toBe(1)
  })

  test('takes the paper from its holder, and prints it with a mark for those who issue', async () => {
    const row = await issuedTo(build.wang)
    await print(row.batchId)
    const paper = (by: Browser) => by.get(`${at}/${row.id}/paper.pdf`)
    expect([(await paper(as.applicant)).status, (await paper(as.organiser)).status]).toEqual([200, 200])
    await json(await as.organiser.post(`${at}/${row.id}/revocation`, { reason: '期数写错' }), 204)
    expect([
      (await viewed(as.applicant, row.id)).can.download,
      (await viewed(as.organiser, row.id)).can.download,
    ]).toEqual([false, true])
    expect(await (await paper(as.applicant)).json()).toMatchObject({
      status: 409,
      detail: `这份证书已于2026年11月23日撤销，不再提供下载。换发了的，请下载新的一份；有疑问的，请联系颁发单位。`,
    })
    const marked = await paper(as.partySchool)
    expect([marked.status, decodeURIComponent(marked.headers.get('content-disposition') ?? '')]).toEqual([
      200,
      expect.stringContaining('（已撤销）王一舟'),
    ])
    const [text] = textOfPages(new Uint8Array(await marked.arrayBuffer()))
    expect(text).toContain('已撤销')
    expect(text).toContain(row.number)
  })

  test('at the same time by two is done once', async () => {
    const row = await issuedTo(build.wang)
    const body = { ...text, reason: '换发' }
    const answers = await Promise.all(
      [as.organiser, as.partySchool, as.department].map((it) => it.post(`${at}/${row.id}/replacement`, body)),
    )
    expect(answers.map((it) => it.status).sort()).toEqual([201, 409, 409])
  })

  test('print the name as it is registered now, and change nothing of what was printed', async () => {
    const person = await build.person(build.branch, { name: '张三' })
    const row = await issuedTo(person)
    const changed = { 'if-match': '"1"' }
    await json(await as.organiser.patch(`/api/people/${person.id}`, { set: { name: '张珊' }, clear: [] }, changed), 204)
    const { id } = await json<{ id: string }>(
      await as.organiser.post(`${at}/${row.id}/replacement`, { ...text, reason: '姓名有误' }),
      201,
    )
    expect([(await viewed(as.organiser, row.id)).name, (await viewed(as.organiser, id)).name]).toEqual(['张三', '张珊'])
  })
})

describe('confirming by the code', () => {
  test('shows what the paper says, and nothing else', async () => {
    const row = await issuedTo(build.wang)
    const { status, text: page, headers } = await asked(row.code)
    expect(status).toBe(200)
    for (const said of [
      '有效',
      '王一舟同志：于2026年10月12日至14日参加',
      row.number,
      '云山学院党委',
      '二〇二六年十一月二十三日',
      '临江大学',
    ])
      expect(page).toContain(said)
    for (const hidden of [
      row.id,
      row.personId,
      build.wang.organizationId,
      row.batchId,
      '2023010002',
      '本科生第一党支部',
      row.code,
      '吴远舟',
    ])
      expect(page).not.toContain(hidden)
    expect(page).not.toContain('<script')
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(headers.has('set-cookie')).toBe(false)
  })

  test('says since when one holds no more, and not why', async () => {
    const row = await issuedTo(build.wang)
    await json(await as.organiser.post(`${at}/${row.id}/revocation`, { reason: '考核成绩有误' }), 204)
    const { text: page } = await asked(row.code)
    expect(page).toContain('已于二〇二六年十一月二十三日撤销')
    expect(page).not.toContain('考核成绩有误')
    expect(page).not.toContain('有效</strong>')
  })

  test('answers what is no code and what nobody has in the same words', async () => {
    const row = await issuedTo(build.wang)
    const wrong = [
      'A'.repeat(24),
      row.code.slice(0, -1),
      `${row.code}A`,
      row.number,
      row.id,
      build.wang.id,
      '1',
      `' or 1=1 --`,
      '\u{20bb7}'.repeat(24),
      'x'.repeat(500),
    ]
    const answers = await Promise.all(wrong.map(asked))
    expect(new Set(answers.map((it) => it.text)).size).toBe(1)
    expect(answers.map((it) => it.status)).toEqual(wrong.map(() => 404))
    const headers = answers.map(({ headers: it }) =>
      JSON.stringify([...it].filter(([name]) => name !== 'x-request-id')),
    )
    expect(new Set(headers).size).toBe(1)
  })

  test.each([
    ['in groups', (code: string) => grouped(code)],
    ['in small letters with dashes', (code: string) => grouped(code).toLowerCase().replaceAll(' ', '-')],
    ['with letters that look like figures', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
    [
      'in full width',
      (code: string) => [...code].map((it) => String.fromCodePoint((it.codePointAt(0) ?? 0) + 0xfee0)).join(''),
    ],
  ])('takes it as it is typed %s', async (_, typed) => {
    const row = await issuedTo(build.wang)
    const body = new URLSearchParams({ code: typed(row.code) }).toString()
    const response = await app
      .browser()
      .send('POST', '/check', body, { 'content-type': 'application/x-www-form-urlencoded' })
    expect({ status: response.status, text: await response.text() }).toEqual({
      status: 200,
      text: expect.stringContaining(row.number),
    })
  })

  test('leaves nothing of a code in logs and journal, nor in the clear in any row', async () => {
    const row = await issuedTo(build.wang)
    await print(row.batchId)
    await asked(row.code)
    const entries = await look((db) => db.select().from(journal))
    const kept = await look((db) => db.select().from(certificates).where(eq(certificates.id, row.id)))
    for (const text of [JSON.stringify(app.lines), JSON.stringify(entries), JSON.stringify(kept)]) {
      expect(text.length).toBeGreaterThan(100)
      expect(text).not.toContain(row.code)
    }
  })

  test('is refused to whoever asks too often, and to nobody else', async () => {
    const codes = Array.from({ length: 620 }, () => app.browser().get('/check'))
    const statuses = (await Promise.all(codes)).map((it) => it.status)
    expect(statuses.filter((it) => it === 429).length).toBeGreaterThan(0)
    app.clock.at = new Date(app.clock.at.getTime() + 60_000)
    expect((await app.browser().get('/check')).status).toBe(200)
  })
})

describe('lists', () => {
  test('show those who issue their own part by words and state, with as many statements for one as for many', async () => {
    const row = await issuedTo(build.wang, { programme: '暑期学校' })
    const read = async (by: Browser, query: string) =>
      json<{ items: CertificateRow[]; next?: string }>(await by.get(`${at}?${query}`))
    expect((await read(as.organiser, 'q=暑期 王一')).items.map((it) => it.id)).toEqual([row.id])
    expect((await read(as.organiser, `q=${row.number}`)).items.map((it) => it.id)).toEqual([row.id])
    expect((await read(as.otherOrganiser, 'q=王一舟')).items).toEqual([])
    expect((await read(as.applicant, 'q=王一舟')).items).toEqual([])
    const revoked = await read(as.organiser, 'state=revoked')
    expect(revoked.items.length).toBeGreaterThan(2)
    expect(new Set(revoked.items.map((it) => it.state))).toEqual(new Set(['revoked']))
    const page = await read(as.organiser, 'limit=3')
    const next = await read(as.organiser, `limit=3&cursor=${page.next}`)
    expect(new Set([...page.items, ...next.items].map((it) => it.id)).size).toBe(6)
    const few = await statementsOf(() => read(as.organiser, 'limit=1'))
    expect(await statementsOf(() => read(as.organiser, 'limit=200'))).toBe(few)
    const own = await json<{ items: CertificateRow[] }>(await as.applicant.get(`${at}/own`))
    expect(new Set(own.items.map((it) => it.name))).toEqual(new Set(['王一舟']))
  })
})

describe('what other modules call', () => {
  test('issues once for each person of a thing, and says who has what', async () => {
    const source = { module: 'training', id: newId() }
    const { partySchool } = { partySchool: build.officer('partySchool', build.university) }
    const give = (people: readonly { id: string }[]) =>
      build.as(partySchool, (ctx) =>
        issueCertificates(ctx, {
          ...{ organizationId: build.university.id, text, source },
          recipients: people.map((it, n) => ({ personId: it.id, hours: `${20 + n} 学时` })),
        }),
      )
    expect(await give([build.wang])).toMatchObject({ issued: 1, already: 0 })
    const both = await Promise.all([give([build.wang, build.zhao]), give([build.wang, build.zhao, build.sun])])
    expect(both.reduce((sum, it) => sum + it.issued, 0)).toBe(2)
    const held = await build.as(partySchool, (ctx) => certificatesOf(ctx, source))
    expect(held.map((it) => it.personId).sort()).toEqual([build.wang.id, build.zhao.id, build.sun.id].sort())
    const rows = await look((db) => db.select().from(certificates).where(eq(certificates.sourceId, source.id)))
    expect(rows.map((it) => it.facts.hours).sort()).toEqual(['20 学时', '21 学时', '22 学时'])
  })
})

test('a certificate goes into the archive of its person once, as an electronic paper that lacks its seal', async () => {
  const row = await issuedTo(build.wang)
  const file = (by: Browser) => by.post(`${at}/${row.id}/filing`, { place: 'intensiveTrainingProof' })
  await json(await file(as.organiser), 409)
  await print(row.batchId)
  const { id } = await json<{ id: string }>(await file(as.organiser), 201)
  await json(await file(as.organiser), 409)
  const [paper] = await look((db) => db.select().from(archiveDocuments).where(eq(archiveDocuments.id, id)))
  expect(paper).toMatchObject({ personId: build.wang.id, nature: 'electronic', lacks: ['issuerSeal'], on: today })
  const made = await buffer(await contents.store.read(paper?.contentId ?? ''))
  expect(textOfPages(made)[0]).toContain(row.number)
  expect(await viewed(as.organiser, row.id)).toMatchObject({ documentId: id, can: { file: false } })
})
