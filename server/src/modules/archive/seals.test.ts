import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { and, eq } from 'drizzle-orm'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { secrets, smallUniversity, today } from '../../../test/factories.ts'
import { diskStore } from '../../platform/content/disk-store.ts'
import { contentSealing } from '../../platform/content/sealing.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal, record } from '../../platform/journal.ts'
import { digestOfMetadata, readSealedFile } from '../../platform/packages/sealed-file-xml.ts'
import { verifyPackage } from '../../platform/packages/verify-package.ts'
import { Refusal } from '../../platform/refusal.ts'
import { movePerson } from '../people/service.ts'
import { examineYearly, recordExamination } from './examinations.ts'
import { lookAt } from './looking.ts'
import { writtenNumber } from './names-schema.ts'
import { readNumbering, setNumbering } from './numbering.ts'
import { pack } from './packing.ts'
import { archive } from './routes.ts'
import type { NewSeal } from './seal-schema.ts'
import { contributeFacts } from './sealing-facts.ts'
import * as seals from './seals.ts'
import { checkContents, readSoundness } from './soundness.ts'
import { archiveContents, archiveDocuments, archiveExaminations, archiveSeals } from './tables.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'zhibu-seals-'))
afterAll(() => rm(folder, { recursive: true }))
const database = await freshDatabase()
const u = await smallUniversity(database)
const { secretary, organiser, siblingSecretary, department, applicant, stranger, auditor } = u.actors
const store = diskStore(path.join(folder, 'files'), {
  algorithm: 'sha256',
  sealing: contentSealing(secrets),
  seals: false,
})

/** A fact of a later module, which comes and goes with the tests. */
let facts: string[] = []
contributeFacts(async () =>
  facts.map((what) => ({
    on: '2025-05-28' as const,
    what,
    details: '',
    basis: null,
    recordedBy: '李晓岚',
    recordedAt: '2025-05-28T02:00:00.000Z',
  })),
)

/** A content in the store, and its document in the file of a person, as they lie there. */
async function filed(personId: string | null, title: string, more: Partial<typeof archiveDocuments.$inferInsert> = {}) {
  const bytes = Buffer.from(`%PDF-1.7\n${title} ${more.contentId ?? newId()}\n%%EOF\n`)
  const { id: contentId, size } = await store.put(Readable.from([bytes]), { maxBytes: 10_000 })
  const id = newId()
  await u.look(async (db) => {
    await db.insert(archiveContents).values({
      tenantId: u.tenantId,
      id: contentId,
      sizeBytes: size,
      mediaType: 'application/pdf',
      extension: 'pdf',
      kind: 'pdf',
      pageCount: 3,
      isScanned: false,
    })
    await db.insert(archiveDocuments).values({
      tenantId: u.tenantId,
      id,
      personId,
      organizationId: u.branch.id,
      path: u.branch.path,
      place: 'application',
      title,
      nature: 'original',
      fileName: `${title}.pdf`,
      filedBy: newId(),
      filedByName: '李晓岚',
      ...more,
      contentId,
    })
  })
  return { id, contentId }
}

async function seal(wanted: NewSeal, actor: Actor = organiser) {
  const contents = await u.as(actor, (ctx) => seals.contentsToSeal(ctx, wanted))
  const findings = await lookAt(store, contents)
  return u.as(actor, (ctx) => seals.sealFile(ctx, wanted, findings))
}

/** What somebody is told. */
const said = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) =>
      error instanceof Refusal ? [error.message, ...error.fields.map((it) => it.message)].join(' ') : String(error),
  )

const person = async (name: string) => {
  const it = await u.person(u.branch, { name, studentNumber: newId() })
  return it.id
}
const rowsOf = (id: string) =>
  u.look((db) =>
    db
      .select()
      .from(archiveSeals)
      .where(and(eq(archiveSeals.tenantId, u.tenantId), eq(archiveSeals.id, id))),
  )

describe('closing a file', () => {
  test('writes down what lies in it and what is recorded, under a number, and examines the four properties', async () => {
    const personId = await person('甲')
    facts = ['确定为入党积极分子']
    const first = await filed(personId, '入党申请书', { on: '2025-03-01' })
    await filed(personId, '思想汇报', { place: 'thoughtReport', on: '2025-06-01' })
    const { id, number, version } = await seal({ personId })
    expect([version, number]).toEqual([1, expect.stringMatching(/^YSXYDW-2026-0001$/)])
    const [row] = await rowsOf(id)
    const file = readSealedFile(row?.metadata ?? '')
    expect(file).toMatchObject({
      number,
      title: '甲发展党员档案',
      subject: { kind: 'person', name: '甲', organization: u.branch.name },
      keeper: { name: u.college.name, code: null },
      secrecy: '无',
      seal: { version: 1, by: organiser.name, reason: null, previous: null },
      items: [
        {
          number: 1,
          title: '入党申请书',
          firstPage: 1,
          pages: 3,
          path: '01 入党申请书.pdf',
          content: { contentId: first.contentId },
        },
        { number: 2, title: '思想汇报', firstPage: 4, pages: 3, path: '02 思想汇报.pdf' },
      ],
      facts: [{ what: '确定为入党积极分子', on: '2025-05-28' }],
    })
    expect(row).toMatchObject({
      sha256: digestOfMetadata(row?.metadata ?? ''),
      itemCount: 2,
      pageCount: 6,
      factCount: 1,
      previous: null,
    })
    const results = new Map(row?.report.checks.map((it) => [it.code, it.result]))
    expect([results.get('Z1'), results.get('W2'), results.get('A1'), results.get('Z6')]).toEqual([
      'met',
      'met',
      'unchecked',
      'notApplicable',
    ])
  })

  test('a later paper goes in by a supplement only, which says why and names the seal before', async () => {
    const personId = await person('乙')
    const first = await filed(personId, '入党申请书')
    const { id, number } = await seal({ personId })
    expect(await said(seal({ personId }))).toMatch(/补充封存须写明/)
    expect(await said(seal({ personId, reason: '再封一次' }))).toMatch(/没有新的材料或事实/)

    await filed(personId, '自传', { place: 'autobiography' })
    await filed(personId, '入党申请书', { supersedes: first.id, reason: '原扫描件缺页' })
    expect(await u.as(secretary, (ctx) => seals.readClosing(ctx, { personId }))).toMatchObject({
      seals: [{ version: 1 }],
      added: ['入党申请书', '自传'],
      removed: ['入党申请书'],
      can: { seal: true, export: true },
    })
    const supplement = await seal({ personId, reason: '补充自传，更换缺页的申请书' })
    expect(supplement).toMatchObject({ number, version: 2 })
    const [before] = await rowsOf(id)
    const [row] = await rowsOf(supplement.id)
    expect(row).toMatchObject({ number, version: 2, previous: before?.sha256, reason: '补充自传，更换缺页的申请书' })
    const file = readSealedFile(row?.metadata ?? '')
    expect(file.items[0]).toMatchObject({
      content: { reason: '原扫描件缺页' },
      former: [{ contentId: first.contentId, reason: null }],
    })
    expect(await u.as(secretary, (ctx) => seals.readClosing(ctx, { personId }))).toMatchObject({
      added: [],
      removed: [],
    })
  })

  test('a new fact is reason enough for a supplement', async () => {
    const personId = await person('丙')
    facts = []
    await filed(personId, '入党申请书')
    await seal({ personId })
    facts = ['入党宣誓']
    expect(await seal({ personId, reason: '补记宣誓' })).toMatchObject({ version: 2 })
    facts = []
  })

  test('numbers have no gap, also where many are sealed at once and one is refused', async () => {
    const wanted = await Promise.all(Array.from({ length: 6 }, (_, at) => person(`丁${at}`)))
    for (const [at, personId] of wanted.entries()) if (at !== 3) await filed(personId, '入党申请书')
    const done = await Promise.allSettled(wanted.map((personId) => seal({ personId })))
    const numbers = await u.look((db) =>
      db
        .select({ number: archiveSeals.number })
        .from(archiveSeals)
        .where(and(eq(archiveSeals.tenantId, u.tenantId), eq(archiveSeals.version, 1))),
    )
    expect(done.map((it) => it.status)).toEqual(wanted.map((_, at) => (at === 3 ? 'rejected' : 'fulfilled')))
    expect(numbers.map((it) => Number(it.number.slice(-4))).sort((a, b) => a - b)).toEqual(
      numbers.map((_, at) => at + 1),
    )
  })

  test('the same file twice at once is closed once', async () => {
    const personId = await person('戊')
    await filed(personId, '入党申请书')
    const done = await Promise.allSettled([seal({ personId }), seal({ personId }, secretary)])
    expect(done.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('an organisation closes its own documents', async () => {
    await filed(null, '支部大会会议记录', { place: 'assemblyMinutes' })
    const { id } = await seal({ organizationId: u.branch.id }, secretary)
    const [row] = await rowsOf(id)
    expect(readSealedFile(row?.metadata ?? '')).toMatchObject({
      title: `${u.branch.name}档案`,
      subject: { kind: 'organization', name: u.branch.name },
      items: [{ title: '支部大会会议记录' }],
    })
  })

  test.each<[string, (personId: string) => Promise<unknown>, RegExp]>([
    ['an empty file', async (personId) => seal({ personId }), /还没有材料/],
    [
      'a paper that came while the contents were read',
      async (personId) => {
        await filed(personId, '入党申请书')
        const findings = await lookAt(store, await u.as(organiser, (ctx) => seals.contentsToSeal(ctx, { personId })))
        await filed(personId, '思想汇报')
        return u.as(organiser, (ctx) => seals.sealFile(ctx, { personId }, findings))
      },
      /封存期间又归入了《思想汇报》/,
    ],
    [
      'a content that is gone',
      async (personId) => {
        const { contentId } = await filed(personId, '入党申请书')
        await store.remove(contentId)
        return seal({ personId })
      },
      /《入党申请书》的内容已缺失或被改动/,
    ],
  ])('%s is refused', async (_, work, message) => {
    expect(await said(work(await person('己')))).toMatch(message)
  })

  test.each<[string, Actor, RegExp]>([
    ['the person concerned', applicant, /没有找到/],
    ['the secretary next door', siblingSecretary, /没有找到/],
    ['somebody elsewhere', stranger, /没有找到/],
    ['the auditor', auditor, /没有找到/],
  ])('%s closes nothing', async (_, actor, message) => {
    await filed(u.wang.id, `申请 ${newId()}`)
    expect(await said(seal({ personId: u.wang.id }, actor))).toMatch(message)
  })
})

describe('a package of a closed file', () => {
  test('verifies without the server, and its leaving is written down for the person', async () => {
    const personId = await person('庚')
    await filed(personId, '入党申请书')
    const { id, number } = await seal({ personId })
    const opened = await u.as(organiser, (ctx) => seals.openSeal(ctx, id))
    // A folder of its own: others pack at the same time.
    vi.stubEnv('TMPDIR', await mkdtemp(path.join(folder, 'temporary-')))
    onTestFinished(() => void vi.unstubAllEnvs())
    const packed = await pack(store, opened.seal, folder)
    await u.as(organiser, (ctx) => seals.recordExport(ctx, id, { bytes: packed.bytes, sha256: packed.sha256 }))
    const target = path.join(folder, `${number}.zip`)
    await writeFile(target, packed.read({ from: 0, to: packed.bytes }))
    expect(await verifyPackage(target, { sha256: packed.sha256, count: null })).toMatchObject({
      problems: [],
      sha256: packed.sha256,
      metadataDigest: opened.seal.sha256,
      file: { number },
    })
    const rows = await u.look((db) =>
      db
        .select({ event: journal.event, personId: journal.personId })
        .from(journal)
        .where(and(eq(journal.tenantId, u.tenantId), eq(journal.subjectId, id)))
        .orderBy(journal.id),
    )
    expect(rows).toEqual(
      ['archive.file-sealed', 'archive.package-exported', 'journal.read'].map((event) => ({ event, personId })),
    )
    const left = async () => (await readdir(tmpdir())).filter((it) => it.startsWith(`zhibu-package-${process.pid}-`))
    await expect.poll(left).toEqual([])
  })

  test('only those who keep the file take it away', async () => {
    const personId = u.wang.id
    const { id } = await seal({ personId })
    for (const actor of [applicant, siblingSecretary, auditor]) {
      expect(await said(u.as(actor, (ctx) => seals.openSeal(ctx, id)))).toMatch(/没有|不包括/)
    }
    expect((await u.as(department, (ctx) => seals.openSeal(ctx, id))).seal.id).toBe(id)
    expect(await said(u.as(applicant, (ctx) => seals.readClosing(ctx, { personId })))).toMatch(/没有找到/)
  })
})

describe('the nightly look at all contents', () => {
  test('a changed byte on the disk is found and its document is named; the examination of the file says it, too', async () => {
    const personId = await person('辛')
    const { contentId } = await filed(personId, '入党申请书')
    const { id } = await seal({ personId })
    const file = await onDisk(contentId)
    const bytes = await readFile(file)
    await writeFile(
      file,
      bytes.map((byte, at) => (at === 12 ? byte ^ 1 : byte)),
      { mode: 0o600 },
    )

    await checkContents(database, store)
    const view = await u.as(secretary, (ctx) => readSoundness(ctx))
    expect(view.checked).toBe(view.contents)
    expect(view.problems.filter((it) => it.contentId === contentId)).toEqual([
      {
        contentId,
        result: 'changed',
        checkedAt: expect.any(String),
        documents: [
          expect.objectContaining({
            title: '入党申请书',
            person: { id: personId, name: '辛' },
            organization: { id: u.branch.id, name: u.branch.name },
          }),
        ],
      },
    ])
    expect((await u.as(siblingSecretary, (ctx) => readSoundness(ctx))).problems).toEqual([])
    expect(await said(u.as(applicant, (ctx) => readSoundness(ctx)))).toMatch(/职务或授权不包括/)

    const opened = await u.as(organiser, (ctx) => seals.openSeal(ctx, id))
    const findings = await lookAt(store, seals.contentsOf(opened.file))
    const report = await u.as(organiser, (ctx) => recordExamination(ctx, id, findings))
    expect(
      report.checks.filter((it) => it.code === 'Z1' || it.code === 'Z2').map((it) => [it.code, it.result, it.evidence]),
    ).toEqual([
      ['Z1', 'unmet', '校验值与登记不符，或读不到内容：第 1 件《入党申请书》。'],
      ['Z2', 'met', expect.stringContaining('与封存时登记的一致')],
    ])
  })

  test('each night takes what was looked at longest ago', async () => {
    const v = await smallUniversity(database)
    const ids = ['一', '二', '三'].map((it) => it)
    for (const it of ids) {
      const { id: contentId } = await store.put(Readable.from([Buffer.from(it)]), { maxBytes: 10 })
      await v.look(async (db) => {
        const content = {
          tenantId: v.tenantId,
          id: contentId,
          sizeBytes: 3,
          mediaType: 'text/plain',
          extension: 'txt',
          kind: 'pdf' as const,
        }
        await db.insert(archiveContents).values({ ...content, isScanned: false })
        await db.insert(archiveDocuments).values({
          tenantId: v.tenantId,
          id: newId(),
          personId: v.li.id,
          organizationId: v.branch.id,
          path: v.branch.path,
          place: 'application',
          title: it,
          nature: 'electronic',
          fileName: it,
          filedBy: newId(),
          filedByName: '李晓岚',
          contentId,
        })
      })
    }
    const seen = async () => await v.as(v.actors.organiser, (ctx) => readSoundness(ctx))
    await checkContents(database, store, { maxContents: 2, maxBytes: 100 })
    expect(await seen()).toMatchObject({ contents: 3, checked: 2, oldestOn: null })
    await checkContents(database, store, { maxContents: 2, maxBytes: 3 })
    expect(await seen()).toMatchObject({ contents: 3, checked: 3, oldestOn: expect.any(String) })
  })
})

describe('the yearly examination', () => {
  const later = (days: number) => new Date(Date.now() + days * 86_400_000)
  const examinationOf = async (personId: string) => {
    const { seals: rows } = await u.as(organiser, (ctx) => seals.readClosing(ctx, { personId }))
    return rows.map((it) => [
      it.version,
      it.examination?.by,
      it.examination?.report.moment,
      it.examination?.report.checks.filter((check) => check.result === 'unmet').map((check) => check.code),
    ])
  }

  test('takes the last seal of a file once a year has gone, says what it found, and then leaves it for a year', async () => {
    const personId = await person('壬')
    await filed(personId, '入党申请书')
    await seal({ personId })
    const { contentId } = await filed(personId, '思想汇报')
    await seal({ personId, reason: '补充归档' })
    await examineYearly(database, store, later(364))
    expect(await examinationOf(personId)).toEqual([
      [2, undefined, undefined, undefined],
      [1, undefined, undefined, undefined],
    ])
    await rm(await onDisk(contentId))
    await examineYearly(database, store, later(366))
    const found = [
      [2, '系统', 'preservation', ['Z1', 'Z5', 'W3', 'W4']],
      [1, undefined, undefined, undefined],
    ]
    expect(await examinationOf(personId)).toEqual(found)
    const count = () =>
      u.look(
        async (db) =>
          (await db.select().from(archiveExaminations).where(eq(archiveExaminations.personId, personId))).length,
      )
    await examineYearly(database, store, later(366))
    expect([await count(), await examinationOf(personId)]).toEqual([1, found])
    await examineYearly(database, store, later(366 + 365))
    expect(await count()).toBe(2)
  })

  test('takes so many files in a night and the others in the next', async () => {
    const v = later(366 + 366 + 366)
    const open = () => u.look(async (db) => (await db.select().from(archiveExaminations)).length)
    const before = await open()
    await examineYearly(database, store, v, { maxFiles: 2, maxBytes: 1_000_000 })
    expect((await open()) - before).toBe(2)
    await examineYearly(database, store, v, { maxFiles: 50, maxBytes: 1 })
    expect((await open()) - before).toBe(3)
  })

  test('says of a seal that can no longer be read that it was damaged, and goes on to the others', async () => {
    const [broken, sound] = [await person('戌'), await person('亥')]
    for (const it of [broken, sound]) {
      await filed(it, '入党申请书')
      await seal({ personId: it })
    }
    await u.look(async (db) => {
      const [row] = await db.select().from(archiveSeals).where(eq(archiveSeals.personId, broken))
      if (row)
        await db.insert(archiveSeals).values({ ...row, id: newId(), version: 2, metadata: '<?xml version="1.0"?><档' })
    })
    await examineYearly(database, store, later(366 * 5))
    const unmetOf = async (personId: string) => {
      const rows = await u.look((db) =>
        db.select().from(archiveExaminations).where(eq(archiveExaminations.personId, personId)),
      )
      return rows.map(({ report }) => report.checks.filter((it) => it.result === 'unmet').map((it) => it.code))
    }
    expect(await unmetOf(broken)).toEqual([expect.arrayContaining(['Z2', 'Z3'])])
    // The page of the file says it, too.
    expect((await examinationOf(broken))[0]).toEqual([2, '系统', 'preservation', expect.arrayContaining(['Z2', 'Z3'])])
    expect(await unmetOf(sound)).toEqual([['W3']])
  })

  test('moves with its person', async () => {
    const it = await u.person(u.branch, { name: '申', studentNumber: newId() })
    await filed(it.id, '入党申请书')
    const { id } = await seal({ personId: it.id })
    await u.as(organiser, (ctx) => recordExamination(ctx, id, new Map()))
    await u.as(organiser, (ctx) => movePerson(ctx, it.id, 1, { organizationId: u.sibling.id, on: today }))
    const rows = await u.look((db) => db.select().from(archiveExaminations).where(eq(archiveExaminations.sealId, id)))
    expect(rows.map((row) => row.path)).toEqual([u.sibling.path])
  })
})

test('the numbers are written as the university says', async () => {
  const reason = '按本校档案编号办法'
  const revisionNow = async () => (await u.as(department, readNumbering)).revision
  const set = async (pattern: string, actor: Actor = department, revision?: number) => {
    const read = revision ?? (await revisionNow())
    return u.as(actor, (ctx) => setNumbering(ctx, { pattern, reason }, read))
  }
  expect(await said(set('〔年度〕', department))).toMatch(/须含有“〔序号〕”/)
  expect(await said(set('〔年度〕〔序号〕〔类别〕'))).toMatch(/只能用/)
  expect(await said(set('〔年度〕/〔序号〕'))).toMatch(/斜杠/)
  expect(await said(set('〔年度〕?〔序号〕'))).toMatch(/不能使用的字符/)
  expect(await said(set('DA〔年度〕-〔序号〕'))).toMatch(/须含有“〔组织〕”/)
  expect(await said(set('DA〔年度〕-〔序号〕', organiser))).toMatch(/职务或授权不包括/)
  await set('DA〔年度〕·〔组织〕·〔序号〕')
  expect(await u.as(organiser, (ctx) => readNumbering(ctx))).toEqual({
    view: {
      pattern: 'DA〔年度〕·〔组织〕·〔序号〕',
      example: 'DA2026·GCXY·0001',
      next: [],
      can: { change: false },
    },
    revision: 1,
  })
  expect(await said(set('DA〔年度〕·〔组织〕·〔序号〕'))).toMatch(/与现在的相同/)
  const personId = await person('壬')
  await filed(personId, '入党申请书')
  const { pattern, next } = (await u.as(department, readNumbering)).view
  const foretold = next.filter((it) => it.name === u.college.name).map((it) => writtenNumber(pattern, it))
  const { number } = await seal({ personId })
  expect(number).toMatch(/^DA2026·YSXYDW·\d{4}$/)
  expect(foretold).toEqual([number])
})

describe('how numbers are written', () => {
  const own = '〔组织〕〔年度〕〔序号〕'
  const other = '〔组织〕·〔年度〕·〔序号〕'
  /** A university whose pattern nobody has changed, as its department meets it over the wire. */
  const fresh = async () => {
    const it = await smallUniversity(database)
    const served = it.served(archive, it.actors.department)
    const read = async () => (await served.request('/numbering')).headers.get('etag') ?? ''
    const set = (pattern: string, etag?: string) =>
      served.request('/numbering', {
        method: 'PUT',
        headers: { 'content-type': 'application/json', ...(etag !== undefined && { 'if-match': etag }) },
        body: JSON.stringify({ pattern, reason: `改为${pattern}` }),
      })
    const changes = async (query = '') => (await served.request(`/numbering/changes${query}`)).json()
    return { it, read, set, changes }
  }

  test('is refused to who has not read the last change, and says what stands there now', async () => {
    const { it, read, set, changes } = await fresh()
    const etag = await read()
    expect((await set(own)).status).toBe(412)
    expect((await set(own, etag)).status).toBe(204)
    expect(await read()).not.toBe(etag)
    const refused = await set(other, etag)
    expect(refused.status).toBe(412)
    expect(await refused.json()).toMatchObject({ reason: 'changed', detail: expect.stringContaining(own) })
    expect((await changes()).items).toHaveLength(1)
    expect((await it.as(it.actors.department, readNumbering)).view.pattern).toBe(own)
  })

  test('of two at once one is taken and the other told so', async () => {
    const { read, set } = await fresh()
    const etag = await read()
    const both = await Promise.all([set(own, etag), set(other, etag)])
    expect(both.map((answer) => answer.status).sort()).toEqual([204, 412])
  })

  test('is changed twice in one millisecond, and the second is in force', async () => {
    const { it, read, set } = await fresh()
    vi.spyOn(Date, 'now').mockReturnValue(Date.now())
    onTestFinished(() => void vi.restoreAllMocks())
    expect((await set(own, await read())).status).toBe(204)
    expect((await set(other, await read())).status).toBe(204)
    expect((await it.as(it.actors.department, readNumbering)).view.pattern).toBe(other)
  })

  test('keeps who changed it, when, why and how, the last one first, page after page', async () => {
    const { it, read, set, changes } = await fresh()
    await it.as(it.actors.department, (ctx) =>
      record(
        ctx,
        'archive.numbering-set',
        { kind: 'university', id: it.tenantId },
        { pattern: '〔组织〕〔年度〕-〔序号〕' },
      ),
    )
    await set(own, await read())
    await set(other, await read())
    const by = it.actors.department.name
    const at = expect.any(String)
    const first = await changes('?limit=2')
    expect(first.items).toEqual([
      { at, by, reason: `改为${other}`, changes: [`由“${own}”改为“${other}”`] },
      { at, by, reason: `改为${own}`, changes: [`由“〔组织〕〔年度〕-〔序号〕”改为“${own}”`] },
    ])
    expect(await changes(`?limit=2&cursor=${first.next}`)).toEqual({
      items: [{ at, by, reason: null, changes: ['由“〔组织〕-〔年度〕-〔序号〕”改为“〔组织〕〔年度〕-〔序号〕”'] }],
    })
  })
})

test('closed files move with their person', async () => {
  const it = await u.person(u.branch, { name: '癸', studentNumber: newId() })
  await filed(it.id, '入党申请书')
  const { id } = await seal({ personId: it.id })
  await u.as(organiser, (ctx) => movePerson(ctx, it.id, 1, { organizationId: u.sibling.id, on: today }))
  const [row] = await rowsOf(id)
  expect(row?.path).toBe(u.sibling.path)
})

async function onDisk(contentId: string): Promise<string> {
  const digest = contentId.slice(contentId.indexOf('-') + 1)
  const all = await readdir(path.join(folder, 'files'), { recursive: true })
  for (const it of all) {
    const place = path.join(folder, 'files', it)
    if (it.includes(digest) && (await stat(place)).isFile()) return place
  }
  throw new Error(`${contentId} is not on the disk`)
}
