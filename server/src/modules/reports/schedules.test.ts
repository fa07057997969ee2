import { addDays, type Day } from '@zhibu/rules'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { encryption, statementsOf, today } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { accounts } from '../accounts/tables.ts'
import { notices } from '../notices/tables.ts'
import { offices, organizations } from '../organization/tables.ts'
import type { ScheduleFields, Schedules, Sending } from './schedule-schema.ts'
import { sendTables } from './sending-tables.ts'
import { reportSchedules } from './tables.ts'

const app = await testApp()
const { build } = app
const { university, college, branch } = build
const as = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
const at = (organizationId: string) => `/api/reports/${organizationId}/schedules`
const read = (by = as.secretary) => by.get(at(branch.id)).then(json<Schedules>)
const only = async (by?: Browser) => {
  const [it] = (await read(by)).items
  if (it === undefined) throw new Error('nothing is set up')
  return it
}
const upward: ScheduleFields = {
  ...{ title: '支部月报', cards: ['stages', 'terms'], every: 'month', dayOfMonth: 25 },
  recipients: [
    { organizationId: college.id, office: 'organiser' },
    { organizationId: university.id, office: 'orgDepartment' },
  ],
}
const setUp = async (fields: Partial<ScheduleFields> = {}, by = as.secretary) =>
  (await json<{ id: string }>(await by.post(at(branch.id), { ...upward, ...fields }), 201)).id
const put = (by: Browser, id: string, body: unknown, revision: number, more = '') =>
  by.request('PUT', `/api/reports/schedules/${id}${more}`, body, { 'if-match': `"${revision}"` })
const on = (day: Day) =>
  sendTables(app.database, { now: new Date(`${day}T01:00:00Z`), baseUrl: 'https://zhibu.example', encryption })
const personOf = async (actor: TestActor) => {
  const [row] = await build.look((db) =>
    db.select({ personId: accounts.personId }).from(accounts).where(eq(accounts.userId, app.accounts[actor].userId)),
  )
  return row?.personId ?? ''
}
const seen = new Set<string>()
const told = async () =>
  (await build.look((db) => db.select().from(notices).where(eq(notices.source, 'report')))).filter(
    (it) => !seen.has(it.id),
  )
const empty = async () => {
  await build.look((db) => db.update(reportSchedules).set({ endedAt: new Date() }))
  for (const { id } of await told()) seen.add(id)
}

afterEach(empty)

describe('setting up', () => {
  test('is for whoever reads the sums and sends notices there, and goes upward alone', async () => {
    expect((await as.applicant.post(at(branch.id), upward)).status).toBe(403)
    expect((await as.siblingSecretary.post(at(branch.id), upward)).status).toBe(403)
    for (const recipients of [
      [{ organizationId: build.sibling.id, office: 'secretary' as const }],
      // Reads no files.
      [{ organizationId: university.id, office: 'publicityDepartment' as const }],
    ])
      expect((await (await as.secretary.post(at(branch.id), { ...upward, recipients })).json()).fields).toEqual([
        {
          path: 'recipients',
          message: '只能报给本级和上级组织里可以查看这里全部档案的职务。请重新选择收件人。',
        },
      ])
    for (const dayOfMonth of [0, 32, 1.5])
      expect((await as.secretary.post(at(branch.id), { ...upward, dayOfMonth })).status).toBe(400)
    const id = await setUp()
    const view = await read()
    expect(view.items).toMatchObject([{ id, ...upward, isPaused: false, nextOn: '2026-11-25', sendings: [] }])
    expect(view.choices.map((it) => it.id)).toEqual([university.id, college.id, branch.id])
    expect(view.can.setUp).toBe(true)
  })

  test('two who change the same at once: the later one is told', async () => {
    const id = await setUp()
    await json(await put(as.secretary, id, { ...upward, title: '改过的' }, 1), 204)
    expect((await put(as.organiser, id, upward, 1)).status).toBe(412)
    expect((await put(as.organiser, id, { isPaused: true }, 1, '/pause')).status).toBe(412)
    expect(
      (await as.siblingSecretary.request('DELETE', `/api/reports/schedules/${id}`, undefined, { 'if-match': '"2"' }))
        .status,
    ).toBe(404)
    expect(await only()).toMatchObject({ title: '改过的', revision: 2 })
  })

  test('takes as many statements for many as for one', async () => {
    await setUp()
    await read()
    const one = await statementsOf(() => read())
    for (let more = 0; more < 5; more += 1) await setUp({ title: `第 ${more} 项` })
    expect(await statementsOf(() => read())).toBe(one)
  })
})

describe('going upward', () => {
  test('happens on its day, once, with the figures of that day, to whoever holds the offices', async () => {
    await setUp()
    await on('2026-11-24')
    expect(await told()).toEqual([])
    // Twice at once, and again later on the day.
    await Promise.all([on('2026-11-25'), on('2026-11-25')])
    await on('2026-11-25')
    const [notice, ...others] = await told()
    expect(others).toEqual([])
    expect(notice?.audience.personIds).toEqual([await personOf('organiser'), await personOf('department')].sort())
    expect(notice?.title).toBe(`${branch.name}：支部月报（2026年11月25日）`)
    const [sent] = (await only()).sendings
    expect(sent).toMatchObject({ dueOn: '2026-11-25', sentOn: '2026-11-25', recipientCount: 2, failure: null })
    expect((await only()).nextOn).toBe('2026-11-25')
    const id = sent?.id ?? ''
    const got = await json<Sending>(await as.organiser.get(`/api/reports/sendings/${id}`))
    expect(got.cards.map((it) => it.name)).toEqual(['队伍构成', '任期'])
    const before = got.cards[0]?.card.total
    // What is recorded afterwards changes nothing of what went.
    await build.person(branch, { name: '后来的人' })
    expect((await json<Sending>(await as.department.get(`/api/reports/sendings/${id}`))).cards[0]?.card.total).toEqual(
      before,
    )
    const file = await as.organiser.post(`/api/reports/sendings/${id}/exports`, {})
    const { sheets } = await openWorkbook(new Uint8Array(await file.arrayBuffer()))
    expect(sheets.map((it) => it.name)).toEqual(['队伍构成', '任期'])
    for (const actor of ['siblingSecretary', 'otherOrganiser', 'publicity', 'applicant', 'sysadmin'] as const)
      expect([actor, (await as[actor].get(`/api/reports/sendings/${id}`)).status]).toEqual([actor, 404])
    const entries = await build.look((db) => db.select().from(journal).where(eq(journal.event, 'reports.table-sent')))
    expect(entries.map((it) => it.details)).toEqual([{ title: '支部月报', count: 2 }])
  })

  test('is made up for when nothing ran on the day, but not of days before it was set up', async () => {
    await setUp({ dayOfMonth: 20 })
    await on('2026-11-30')
    expect(await told()).toEqual([])
    await on('2027-01-03')
    expect((await only()).sendings).toMatchObject([{ dueOn: '2026-12-20', sentOn: '2027-01-03' }])
  })

  test('rests while it is paused, and goes on with the next day', async () => {
    const id = await setUp()
    await json(await put(as.secretary, id, { isPaused: true }, 1, '/pause'), 204)
    expect(await only()).toMatchObject({ isPaused: true, nextOn: null })
    await on('2026-11-25')
    app.clock.at = new Date('2026-11-26T02:00:00Z')
    const later = await app.signedIn(app.accounts.secretary)
    await json(await put(later, id, { isPaused: false }, 2, '/pause'), 204)
    app.clock.at = new Date(`${today}T02:00:00Z`)
    await on('2026-11-26')
    expect(await told()).toEqual([])
    await on('2026-12-25')
    expect((await told()).length).toBe(1)
  })

  test('does not happen in the name of somebody who has lost the office, and they are told', async () => {
    const personId = await personOf('secretary')
    const held = and(eq(offices.personId, personId), isNull(offices.until))
    await setUp()
    await build.look((db) =>
      db
        .update(offices)
        .set({ until: addDays(today, -1) })
        .where(held),
    )
    await on('2026-11-25')
    const [notice, ...others] = await told()
    expect([notice?.title, notice?.audience.personIds, others]).toEqual(['没有报送：支部月报', [personId], []])
    const of = (await only(as.organiser)).sendings
    expect(of).toMatchObject([{ failure: 'owner', recipientCount: 0 }])
    expect((await as.organiser.get(`/api/reports/sendings/${of[0]?.id}`)).status).toBe(404)
    // Whoever saves it answers for it, and the next one goes.
    const it = await only(as.organiser)
    await json(await put(as.organiser, it.id, upward, it.revision), 204)
    await on('2026-12-25')
    expect((await only(as.organiser)).sendings.map((one) => one.failure)).toEqual([null, 'owner'])
    await build.look((db) => db.update(offices).set({ until: null }).where(eq(offices.personId, personId)))
  })

  test('does not happen where nobody holds the office any more, and is told', async () => {
    await setUp({ recipients: [{ organizationId: college.id, office: 'orgMember' }] })
    await on('2026-11-25')
    expect((await only()).sendings).toMatchObject([{ failure: 'recipients' }])
    expect((await told()).map((it) => it.title)).toEqual(['没有报送：支部月报'])
  })

  test('of an owner who is gone, whoever may take it over is told too, and nobody else', async () => {
    const [gone, next] = [await personOf('secretary'), await build.person(branch, { name: '继任的人' })]
    await setUp()
    await build.look(async (db) => {
      await db
        .update(offices)
        .set({ until: addDays(today, -1) })
        .where(and(eq(offices.personId, gone), isNull(offices.until)))
      const { tenantId } = build
      await db.insert(accounts).values({ tenantId, id: newId(), userId: newId(), personId: next.id, name: next.name })
      const held = { tenantId, organizationId: branch.id, path: branch.path, personId: next.id, personName: next.name }
      await db.insert(offices).values({ ...held, id: newId(), office: 'secretary', from: addDays(today, -1) })
    })
    await on('2026-11-25')
    expect((await told()).map((it) => it.audience.personIds)).toEqual([[gone, next.id].sort()])
    await build.look(async (db) => {
      await db.delete(offices).where(eq(offices.personId, next.id))
      await db.update(offices).set({ until: null }).where(eq(offices.personId, gone))
    })
  })

  test('tells in January of the year that has ended, also where a day of December is made up for', async () => {
    await setUp({ cards: ['activities', 'training'], dayOfMonth: 5 })
    const yearsTold = async () => {
      const told: string[] = []
      for (const { id } of (await only()).sendings) {
        const { cards } = await json<Sending>(await as.organiser.get(`/api/reports/sendings/${id}`))
        told.push(...cards.map(({ card }) => /计 (\d+) 年/.exec(card.definitions.join())?.[1] ?? ''))
      }
      return told
    }
    await on('2027-01-02')
    expect(await yearsTold()).toEqual(['2026', '2026'])
    await on('2027-01-05')
    expect(await yearsTold()).toEqual(['2026', '2026', '2026', '2026'])
    await on('2027-02-05')
    expect((await yearsTold()).slice(0, 2)).toEqual(['2027', '2027'])
  })

  test('one that cannot be made keeps no other from going, and goes when it can be', async () => {
    const [broken] = [await setUp({ title: '坏了的' }), await setUp()]
    const set = (cards: unknown) =>
      build.look((db) =>
        db
          .update(reportSchedules)
          .set({ cards: sql`${JSON.stringify(cards)}::jsonb` })
          .where(eq(reportSchedules.id, broken)),
      )
    await set(5)
    await expect(on('2026-11-25')).rejects.toThrow('could not be made')
    expect((await read()).items.map((it) => it.sendings.length)).toEqual([0, 1])
    await set(['stages'])
    await on('2026-11-25')
    expect((await read()).items.map((it) => it.sendings.length)).toEqual([1, 1])
    expect((await told()).length).toBe(2)
  })

  test('is over with the organisation, where nothing is set up any more', async () => {
    await setUp()
    const dissolve = (dissolvedOn: Day | null) =>
      build.look((db) => db.update(organizations).set({ dissolvedOn }).where(eq(organizations.id, branch.id)))
    await dissolve(today)
    await on('2026-11-25')
    expect((await told()).map((it) => it.title)).toEqual(['没有报送：支部月报'])
    const view = await read(as.organiser)
    expect([view.items, view.can.setUp]).toEqual([[], false])
    const refused = await as.organiser.post(at(branch.id), upward)
    expect([refused.status, (await refused.json()).detail]).toEqual([409, '这个组织已经撤销，不能再设置定期报送。'])
    await dissolve(null)
  })

  test('whoever comes into the office after the due day and before the sending gets it, whoever left does not read it', async () => {
    await setUp({ recipients: [{ organizationId: college.id, office: 'organiser' }] })
    const left = await personOf('organiser')
    const next = await build.person(college, { name: '继任的人' })
    await build.look(async (db) => {
      await db
        .update(offices)
        .set({ until: addDays(today, -1) })
        .where(eq(offices.personId, left))
      const { tenantId } = build
      await db.insert(accounts).values({ tenantId, id: newId(), userId: newId(), personId: next.id, name: next.name })
      const held = {
        tenantId,
        organizationId: college.id,
        path: college.path,
        personId: next.id,
        personName: next.name,
      }
      await db.insert(offices).values({ ...held, id: newId(), office: 'organiser', from: '2026-11-26' })
    })
    await on('2026-11-27')
    expect((await told()).map((it) => it.audience.personIds)).toEqual([[next.id]])
    const [sent] = (await only()).sendings
    expect((await as.organiser.get(`/api/reports/sendings/${sent?.id}`)).status).toBe(404)
    expect((await as.department.get(`/api/reports/sendings/${sent?.id}`)).status).toBe(200)
    await build.look(async (db) => {
      await db.delete(offices).where(eq(offices.personId, next.id))
      await db.update(offices).set({ until: null }).where(eq(offices.personId, left))
    })
  })

  test('is over when it was ended', async () => {
    const id = await setUp()
    const ended = await as.secretary.request('DELETE', `/api/reports/schedules/${id}`, undefined, { 'if-match': '"1"' })
    expect(ended.status).toBe(204)
    await on('2026-11-25')
    expect([await told(), (await read()).items]).toEqual([[], []])
  })
})
