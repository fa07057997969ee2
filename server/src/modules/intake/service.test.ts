import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { identityNumber } from '../../../test/factories.ts'
import { branch, type Cells, chen, he, importing, table } from '../../../test/imports.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { delegationPersons } from '../accounts/tables.ts'
import { developmentActs } from '../development/tables.ts'
import { followPersons } from '../people/service.ts'
import { persons } from '../people/tables.ts'
import { readingsDone } from './preview.ts'
import { importRows, imports } from './tables.ts'

const app = await testApp()
const { build } = app

const personOf = async (studentNumber: string) => {
  const rows = await build.look((db) =>
    db
      .select()
      .from(persons)
      .where(and(eq(persons.tenantId, build.tenantId), eq(persons.studentNumber, studentNumber))),
  )
  return rows[0]
}
const brought = (importId: string) =>
  build.look(async (db) => ({
    persons: await db.$count(persons, eq(persons.importId, importId)),
    acts: await db.$count(developmentActs, eq(developmentActs.importId, importId)),
    journal: await db.$count(journal, sql`${journal.details} ->> 'importId' = ${importId}`),
  }))
const renamed = (row: Cells, number: string): Cells => [row[0] ?? null, number, ...row.slice(2)]

test.each([
  ['2147483647', 200],
  ['2147483648', 400],
  ['1e300', 400],
])('a page of rows behind row %s', async (row, status) => {
  const { browser, uploaded } = await importing(app)
  const id = await uploaded(await table([renamed(chen, '2024100031')]))
  const cursor = Buffer.from(`[${row}]`).toString('base64url')
  expect((await browser.get(`/api/intake/imports/${id}/rows?cursor=${cursor}`)).status).toBe(status)
})

test('while an import is worked on its rows are not counted, afterwards they are', async () => {
  const { uploaded, view } = await importing(app)
  const id = await uploaded(await table([renamed(chen, '2024100041')]))
  const begun = (at: Date | null) =>
    build.look((db) => db.update(imports).set({ commitStartedAt: at }).where(eq(imports.id, id)))
  await begun(new Date())
  expect(await view(id)).toMatchObject({ state: 'committing', counts: null })
  await begun(null)
  expect(await view(id)).toMatchObject({ state: 'preview', counts: { new: 1, doubt: 0 } })
})

test('how far a commit is, is told against the rows that it goes through', async () => {
  const { uploaded, view, commit } = await importing(app)
  const doubtful = renamed(he, '2024100044').with(4, '没有的支部')
  const rows = [renamed(chen, '2024100042'), renamed(he, '2024100043'), doubtful]
  const id = await uploaded(await table(rows))
  expect(await view(id)).toMatchObject({ counts: { new: 2, doubt: 1 }, rowsToDo: 3 })
  await commit(id)
  await build.look((db) =>
    db.update(imports).set({ committedAt: null, commitStartedAt: new Date() }).where(eq(imports.id, id)),
  )
  expect(await view(id)).toMatchObject({ state: 'committing', rowsToDo: 2 })
})

describe('two people and one import', () => {
  test('of two who commit at the same time one wins, the other is told who', async () => {
    const organiser = await importing(app)
    const department = await importing(app, 'department')
    const id = await organiser.uploaded(await table([renamed(chen, '2024100001'), renamed(he, '2024100002')]))
    const url = `/api/intake/imports/${id}/commit`
    const answers = await Promise.all([organiser.browser.post(url, {}), department.browser.post(url, {})])
    await readingsDone()
    expect(answers.map((it) => it.status).sort()).toEqual([204, 409])
    const [loser] = answers.filter((it) => it.status === 409)
    expect(await loser?.text()).toMatch(/(吴远舟|冯景行)(正在提交|已经提交了)这次导入，您不需要再提交/)
    expect(await organiser.view(id)).toMatchObject({ state: 'committed', written: { registered: 2 } })
    expect(await brought(id)).toMatchObject({ persons: 2, acts: 3 })

    const [late] = answers[0]?.status === 204 ? [department] : [organiser]
    expect((await late.browser.post(url, {})).status).toBe(409)
    const entries = await build.look((db) =>
      db
        .select()
        .from(journal)
        .where(and(eq(journal.subjectId, id), eq(journal.event, 'intake.committed'))),
    )
    expect(entries.map(({ details }) => details)).toEqual([
      { fileName: '名单.xlsx', registered: 2, changed: 0, acts: 3, leftOut: 0 },
    ])
  })

  test('whoever reads the kept rows is written down, once a day', async () => {
    const organiser = await importing(app)
    const department = await importing(app, 'department')
    const id = await organiser.uploaded(await table([renamed(chen, '2024100003')]))
    const readers = async () =>
      (
        await build.look((db) =>
          db
            .select()
            .from(journal)
            .where(and(eq(journal.subjectId, id), eq(journal.event, 'journal.read'))),
        )
      ).map((it) => [it.actorName, it.details])
    expect(await readers()).toEqual([])
    await department.rows(id)
    await department.view(id)
    await department.rows(id)
    expect(await readers()).toEqual([['冯景行', { what: '导入“名单.xlsx”的名单' }]])
    await organiser.view(id)
    expect((await readers()).length).toBe(2)
  })
})

describe('the register changes between preview and commit', () => {
  const changes: [string, (personId: string) => Promise<unknown>][] = [
    [
      'edited',
      async (id) =>
        build.look((db) => db.update(persons).set({ grade: '2020', revision: 2 }).where(eq(persons.id, id))),
    ],
    [
      'moved out of the scope',
      async (id) =>
        build.look((db) =>
          db
            .update(persons)
            .set({ organizationId: build.distant.id, path: build.distant.path, revision: 2 })
            .where(eq(persons.id, id)),
        ),
    ],
    ['deleted', async (id) => build.look((db) => db.delete(persons).where(eq(persons.id, id)))],
  ]
  test.each(changes)(
    '%s: the row is in doubt and says so, the others are written, nothing is lost',
    async (what, change) => {
      const number = `20241001${changes.findIndex(([it]) => it === what)}0`
      const person = await build.person(build.branch, { name: '凌霜', studentNumber: number })
      const { uploaded, commit, view, rows } = await importing(app)
      const headers = ['姓名', '学号', '专业', '所在党支部']
      const other = `${number}9`
      const id = await uploaded(
        await table(
          [
            ['凌霜', number, '历史学', branch],
            ['新人', other, '历史学', branch],
          ],
          headers,
        ),
      )
      expect(await rows(id)).toMatchObject([{ effect: 'changed' }, { effect: 'new' }])
      await change(person.id)
      await commit(id)
      expect(await view(id)).toMatchObject({ state: 'committed', written: { registered: 1, changed: 0, leftOut: 1 } })
      expect(await rows(id)).toMatchObject([
        {
          row: 2,
          effect: 'doubt',
          doubt: expect.stringMatching(/预览之后|组织范围|管理范围/),
          cells: { B: number, C: '历史学' },
        },
      ])
      expect((await personOf(other))?.major).toBe('历史学')
      expect((await personOf(number))?.major ?? null).toBe(null)
    },
  )
})

test('a commit that breaks off leaves nothing half written, says so, and can be begun again', async () => {
  const { uploaded, commit, view } = await importing(app)
  const known = await build.person(build.branch, { name: '何其正', studentNumber: '2024100201' })
  const id = await uploaded(
    await table([
      ['何其正', '2024100201', '男', null, branch, '2023-10-08', null],
      ...Array.from({ length: 1_200 }, (_, at): Cells => renamed(chen, `2025${String(at).padStart(6, '0')}`)),
    ]),
  )
  let isBroken = true
  followPersons(async (_, { personIds }) => {
    if (isBroken && personIds.includes(known.id)) throw new Error('the disk is full')
  })
  await commit(id)
  expect(await brought(id)).toEqual({ persons: 0, acts: 0, journal: 0 })
  expect(await view(id)).toMatchObject({
    state: 'preview',
    failure: expect.stringMatching(/没有完成，请重试/),
    counts: { new: 1_200, changed: 1 },
  })
  isBroken = false
  await commit(id)
  expect(await view(id)).toMatchObject({
    state: 'committed',
    failure: null,
    written: { registered: 1_200, changed: 1 },
  })
  expect(await brought(id)).toMatchObject({ persons: 1_200, acts: 2_401 })
})

describe('undo', () => {
  test('is refused with every conflict where persons got acts, offices, accounts or delegations meanwhile', async () => {
    const { browser, uploaded, commit, undo, view } = await importing(app)
    const numbers = ['2024100301', '2024100302', '2024100303', '2024100304', '2024100305']
    const names = ['安澜', '白露', '岑夫', '段誉', '尔雅']
    const id = await uploaded(
      await table(numbers.map((it, at): Cells => [names[at] ?? '', it, '女', null, branch, '2023-09-20', null])),
    )
    await commit(id)
    const people = await Promise.all(numbers.map(personOf))
    const [an, bai, cen, duan] = people.map((it) => ({
      ...build.branch,
      ...it,
      id: it?.id ?? '',
      name: it?.name ?? '',
    }))
    if (!an || !bai || !cen || !duan) throw new Error('somebody is missing')
    await app.account({ name: an.name, person: { ...an, organizationId: build.branch.id } })
    await build.look((db) =>
      db.insert(delegationPersons).values({
        ...{ tenantId: build.tenantId, delegationId: newId(), personId: bai.id, helperAccountId: newId() },
        until: '2027-01-01',
      }),
    )
    await build.office({ ...cen, organizationId: build.branch.id }, build.branch, 'orgMember')
    const file = await browser.get(`/api/development/files/${duan.id}`)
    const act = { act: { kind: 'applicantTalk', on: '2023-10-10' } }
    const recorded = await browser.post(`/api/development/files/${duan.id}/acts`, act, {
      'if-match': file.headers.get('etag') ?? '',
    })
    expect(recorded.status, await recorded.clone().text()).toBe(201)

    const { conflicts } = await (await browser.get(`/api/intake/imports/${id}/undo`)).json()
    const told = conflicts.map((it: { name: string; what: string }) => [it.name, it.what]).sort()
    expect(told).toEqual(
      [
        ['安澜', '后来开通了账号'],
        ['白露', '后来列入了授权'],
        ['岑夫', '后来登记了任职'],
        ['段誉', '后来又记录了发展过程'],
        ['段誉', '资料后来被修改'],
      ].sort(),
    )
    const refused = await undo(id)
    expect(refused.status).toBe(409)
    expect((await refused.json()).fields.length).toBe(5)
    expect(await view(id)).toMatchObject({ state: 'committed' })
    expect(await brought(id)).toMatchObject({ persons: 5, acts: 5 })
  })

  test('goes on behind the answer and takes everything back; a second wish changes nothing', async () => {
    const { browser, uploaded, commit, undo, view } = await importing(app)
    const rows = Array.from({ length: 700 }, (_, at): Cells => renamed(chen, `2026${String(at).padStart(6, '0')}`))
    const id = await uploaded(await table(rows))
    await commit(id)
    const url = `/api/intake/imports/${id}/undo`
    expect((await browser.post(url)).status).toBe(204)
    expect(await view(id)).toMatchObject({ state: 'undoing', can: { undo: false, commit: false, change: false } })
    expect((await browser.post(url)).status).toBe(204)
    await readingsDone()
    expect(await view(id)).toMatchObject({ state: 'undone', rowsDone: expect.any(Number) })
    expect(await brought(id)).toMatchObject({ persons: 0 })
    expect((await undo(id)).status).toBe(204)
    const struck = await build.look((db) => db.$count(developmentActs, sql`correction_reason = '撤销导入'`))
    expect(struck).toBeGreaterThanOrEqual(1_400)
  })
})

test('the own row is read, but its acts are left to the others who keep the file', async () => {
  const { uploaded, rows, commit, view } = await importing(app, 'secretary')
  const { li, wang } = build
  const id = await uploaded(
    await table(
      [
        [li.name, '2023010001', '2026-01-05'],
        [wang.name, '2023010002', '2026-01-05'],
      ],
      ['姓名', '学号', '递交入党申请书时间'],
    ),
  )
  expect(await rows(id)).toMatchObject([
    { effect: 'unchanged', actChanges: [], problems: [{ column: null, code: 'own-file', severity: 'warning' }] },
    { effect: 'changed', problems: [] },
  ])
  await commit(id)
  expect(await view(id)).toMatchObject({ state: 'committed', written: { acts: 1 } })
  const acts = await build.look((db) => db.select().from(developmentActs).where(eq(developmentActs.importId, id)))
  expect(acts.map((it) => it.personId)).toEqual([wang.id])
})

test('of the own row nothing is taken over that the rules read of a person', async () => {
  const { uploaded, rows, commit } = await importing(app, 'secretary')
  const headers = ['姓名', '学号', '出生日期', '民族']
  const id = await uploaded(await table([[build.li.name, '2023010001', '2002-02-02', '苗族']], headers))
  expect(await rows(id)).toMatchObject([
    {
      effect: 'changed',
      fieldChanges: [{ label: '民族', new: '苗族' }],
      problems: [{ column: 'C', code: 'own-entry', severity: 'warning' }],
    },
  ])
  await commit(id)
  expect(await personOf('2023010001')).toMatchObject({ bornOn: null, ethnicity: '苗族' })
})

describe('a row is written as the preview showed it, whoever commits', () => {
  const headers = ['姓名', '学号', '专业', '递交入党申请书时间']
  const row = (major: string) => table([[build.li.name, '2023010001', major, '2026-01-05']], headers)
  const left = [{ effect: 'doubt', doubt: '提交时可写入的内容与预览时不同，没有写入这一行，请核对后重新导入' }]
  const written = { changed: 0, acts: 0, leftOut: 1 }

  test('the own acts that it left out are not written by a colleague who commits', async () => {
    const { uploaded, rows } = await importing(app, 'secretary')
    const id = await uploaded(await row('哲学'))
    expect(await rows(id)).toMatchObject([{ effect: 'changed', actChanges: [], problems: [{ code: 'own-file' }] }])
    const organiser = await importing(app)
    await organiser.commit(id)
    expect([await organiser.view(id), await rows(id)]).toMatchObject([{ state: 'committed', written }, left])
    expect((await personOf('2023010001'))?.major).toBe(null)
  })

  test('nor are acts dropped without a word where the person concerned commits', async () => {
    const organiser = await importing(app)
    const answer = await organiser.upload(await row('历史学'), `&organizationId=${build.branch.id}`)
    const { id } = await answer.json()
    await readingsDone()
    expect(await organiser.rows(id)).toMatchObject([{ effect: 'changed', actChanges: [{}], problems: [] }])
    const { commit, view, rows } = await importing(app, 'secretary')
    await commit(id)
    expect([await view(id), await rows(id)]).toMatchObject([{ state: 'committed', written }, left])
  })
})

describe('numbers', () => {
  const headers = ['姓名', '学号', '出生日期', '所在党支部', '身份证号']

  test('a number that belongs to somebody out of sight shows in the preview, without a word about whose it is', async () => {
    const { uploaded, rows, commit, view } = await importing(app, 'secretary')
    const [id, second] = [identityNumber('2003-08-09', 31), identityNumber('2003-08-09', 33)]
    const other = await importing(app, 'otherOrganiser')
    const theirs = await other.uploaded(
      await table(
        [
          ['单独', '2024100401', null, '镜湖学院研究生党支部', id],
          ['单行', null, null, '镜湖学院研究生党支部', second],
        ],
        headers,
      ),
    )
    await other.commit(theirs)
    await build.person(build.branch, { name: '本支', studentNumber: '2024100402', bornOn: '2004-01-01' })
    const mine = await uploaded(
      await table(
        [
          ['路遥', '2024100401', null, branch, null],
          ['路远', '2024100403', null, branch, id],
          ['本支', '2024100402', null, branch, second],
          ['路平', '2024100404', null, branch, null],
        ],
        headers,
      ),
    )
    const shown = await rows(mine)
    expect(shown).toMatchObject([
      { effect: 'doubt', doubt: expect.stringMatching(/^该学号已属于本人管理范围以外的人员/), candidates: [] },
      { effect: 'doubt', doubt: expect.stringMatching(/^该身份证号已属于本人管理范围以外的人员/), candidates: [] },
      { effect: 'unchanged', problems: [{ column: 'E', code: 'number-elsewhere', severity: 'error' }] },
      { effect: 'new', problems: [], doubt: null },
    ])
    expect(JSON.stringify(shown)).not.toMatch(/单独|单行|镜湖/)
    await commit(mine)
    expect(await view(mine)).toMatchObject({ state: 'committed', written: { registered: 1, changed: 0 } })
  })

  test('the number of somebody with an account is not changed by an organiser; the row says so and the others are written', async () => {
    const known = await build.person(build.branch, { name: '桑榆', studentNumber: '2024100411', bornOn: '2004-02-02' })
    await app.account({ name: known.name, person: known })
    const plain = await build.person(build.branch, { name: '蒲苇', studentNumber: '2024100412', bornOn: '2004-02-03' })
    const list = await table(
      [
        ['桑榆', '2024100421', '2004-02-02', branch, null],
        ['蒲苇', '2024100422', '2004-02-03', branch, null],
      ],
      headers,
    )
    const { browser, uploaded, rows, commit, view } = await importing(app)
    const id = await uploaded(list)
    for (const [at, personId] of [known.id, plain.id].entries()) {
      expect((await browser.patch(`/api/intake/imports/${id}/rows/${at + 2}`, { person: personId })).status).toBe(204)
    }
    expect(await rows(id)).toMatchObject([
      {
        effect: 'unchanged',
        problems: [{ column: 'B', code: 'number-of-account', severity: 'error' }],
        fieldChanges: [],
      },
      { effect: 'changed', problems: [], fieldChanges: [{ label: '学号', old: '2024100412', new: '2024100422' }] },
    ])
    await commit(id)
    expect(await view(id)).toMatchObject({ state: 'committed', failure: null, written: { changed: 1 } })
    expect([(await personOf('2024100411'))?.id, (await personOf('2024100422'))?.id]).toEqual([known.id, plain.id])

    const department = await importing(app, 'department')
    const again = await department.uploaded(list)
    const row = `/api/intake/imports/${again}/rows/2`
    expect((await department.browser.patch(row, { person: known.id })).status).toBe(204)
    expect((await department.rows(again))[0]).toMatchObject({ effect: 'changed', problems: [] })
  })

  test('numbers in a column without a field are told at the column and at the cells, and stored nowhere in the clear', async () => {
    const { uploaded, rows, commit, view } = await importing(app)
    const number = identityNumber('2003-08-10', 32)
    const id = await uploaded(
      await table(
        [['芦笛', '2024100431', '2003-08-10', branch, number, '13912345678']],
        [...headers.slice(0, 4), '证件', '紧急'],
      ),
    )
    expect((await view(id)).layout?.columns.slice(4)).toMatchObject([
      {
        field: null,
        warning: '这一列看起来是身份证号，请指定对应项目，否则不导入',
        samples: [expect.stringContaining('*')],
      },
      { field: null, warning: '这一列看起来是手机号，请指定对应项目，否则不导入', samples: ['139****5678'] },
    ])
    expect(await rows(id)).toMatchObject([
      {
        effect: 'new',
        problems: [
          { column: 'E', code: 'private-number', severity: 'warning' },
          { column: 'F', code: 'private-number', severity: 'warning' },
        ],
      },
    ])
    const kept = JSON.stringify(
      await build.look((db) => db.select().from(importRows).where(eq(importRows.importId, id))),
    )
    for (const secret of [number, '13912345678', '2003-08-10']) expect(kept).not.toContain(secret)
    await commit(id)
    expect((await personOf('2024100431'))?.details).toEqual({})
  })
})

test('what was decided by hand holds for the corrected file, a changed cell only where the file still says the same', async () => {
  const { browser, uploaded, rows, view } = await importing(app)
  const list = (application: string | null, grade: string) =>
    table(
      [
        ['庄周', '2024100501', application, branch, grade],
        ['惠施', '2024100502', '2023-09-20', branch, '2023'],
        ['惠施', '2024100502', '2023-09-20', branch, '2023'],
      ],
      ['姓名', '学号', '递交入党申请书时间', '所在党支部', '年级'],
    )
  const id = await uploaded(await list('2023-02-30', '2022'))
  const patch = (row: number, change: object) => browser.patch(`/api/intake/imports/${id}/rows/${row}`, change)
  expect((await patch(2, { cells: { C: '2023-02-28', E: '2021' } })).status).toBe(204)
  expect((await patch(4, { skip: true })).status).toBe(204)
  expect((await rows(id)).map((it) => [it.effect, it.edited])).toEqual([
    ['new', ['C', 'E']],
    ['new', []],
    ['skipped', []],
  ])

  const again = Uint8Array.from(await list('2023-02-30', '2024'))
  const replaced = await browser.send('POST', `/api/intake/imports/${id}/file?name=b.xlsx`, again, {})
  expect(replaced.status).toBe(204)
  await readingsDone()
  expect((await view(id)).counts).toMatchObject({ new: 2, skipped: 1, faulty: 0 })
  expect(await rows(id)).toMatchObject([
    { effect: 'new', cells: { C: '2023-02-28', E: '2024' }, edited: ['C'], problems: [] },
    { effect: 'new', edited: [], decided: null },
    { effect: 'skipped', decided: 'skip' },
  ])
})
