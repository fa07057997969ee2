import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { today } from '../../../test/factories.ts'
import { journal } from '../../platform/journal.ts'
import { notices } from '../notices/tables.ts'
import { offices } from '../organization/tables.ts'
import type { CallList, CallView } from './call-schema.ts'
import type { PostList } from './post-schema.ts'
import type { SkillList } from './schema.ts'
import { talentCalls } from './tables.ts'

const app = await testApp()
const { build } = app
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/talent'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
const said = async (response: Response) => {
  const { fields } = await response.json()
  return { status: response.status, fields: fields.map((it: { path: string }) => it.path) }
}
const list = async (by: Browser) => (await json<CallList>(await by.get(`${at}/calls`))).items
const read = async (by: Browser, id: string) => json<CallView>(await by.get(`${at}/calls/${id}`))
const apply = (by: Browser, id: string, fields: object = {}) =>
  by.request('PUT', `${at}/calls/${id}/application`, { statement: '愿意试试', answers: [], ...fields })
/** Decides on an application as whoever keeps the files sees it now, unless told otherwise. */
const decide = async (by: Browser, id: string, of: string, fields: object) => {
  const { appliedAt } = (await read(as.organiser, id)).applications?.find((it) => it.id === of) ?? {}
  const body = { reason: '合适', fromOn: today, appliedAt, ...fields }
  return by.request('POST', `${at}/calls/${id}/applications/${of}/decision`, body)
}

await json(await as.department.request('POST', `${at}/skills`, { skills: [{ name: '摄影', group: 'media' }] }), 204)
const [skill] = (await json<SkillList>(await as.department.get(`${at}/skills`))).items
const skillId = skill?.id ?? ''

async function called(at_: { id: string } = build.branch, untilOn = '2026-12-01'): Promise<string> {
  const fields = {
    title: '宣传骨干',
    duty: 'studentCadre',
    employment: 'student',
    places: 1,
    about: '',
    skillIds: [skillId],
  }
  const post = await json<{ id: string }>(
    await as.department.request('POST', `${at}/posts`, { ...fields, organizationId: at_.id }),
    201,
  )
  const call = { postId: post.id, untilOn, text: '每周两小时' }
  return (await json<{ id: string }>(await as.department.request('POST', `${at}/calls`, call), 201)).id
}

test('a call is read where people belong, applied for, compared by who decides, and filled', async () => {
  const id = await called()
  expect((await list(as.applicant)).find((it) => it.id === id)).toMatchObject({
    isOpen: true,
    hasApplied: false,
    runs: false,
  })
  expect((await list(as.stranger)).map((it) => it.id)).not.toContain(id)
  expect((await as.stranger.get(`${at}/calls/${id}`)).status).toBe(404)
  const answers = [{ skillId, words: '拍过三次主题党日' }]
  await json(await apply(as.applicant, id, { answers }), 204)
  await json(await apply(as.applicant, id, { statement: '想把支部的事拍好', answers }), 204)
  expect((await read(as.applicant, id)).own).toMatchObject({ statement: '想把支部的事拍好', isChosen: null })
  expect((await read(as.applicant, id)).applications).toBeNull()
  const [application] = (await read(as.organiser, id)).applications ?? []
  expect(application).toMatchObject({
    person: { name: build.wang.name },
    answers,
    recorded: [],
    offices: 0,
    isChosen: null,
  })
  const of = application?.id ?? ''
  expect((await decide(as.applicant, id, of, { isChosen: true })).status).toBe(403)
  expect(await said(await decide(as.organiser, id, of, { isChosen: true, fromOn: null }))).toMatchObject({
    fields: ['fromOn'],
  })
  const both = await Promise.all([true, false].map((isChosen) => decide(as.organiser, id, of, { isChosen })))
  expect(both.map((it) => it.status).sort()).toEqual([204, 409])
  const own = (await read(as.applicant, id)).own
  expect(own).toMatchObject({ reason: '合适' })
  const held = (await json<PostList>(await as.organiser.get(`${at}/posts`))).items.flatMap((it) => it.holders)
  expect(held.map((it) => it.person.name)).toEqual(own?.isChosen === true ? [build.wang.name] : [])
  expect((await apply(as.applicant, id)).status).toBe(409)
  expect((await as.applicant.request('DELETE', `${at}/calls/${id}/application`)).status).toBe(409)
})

test('nobody applies for what they decide, after the last day, or with other skills; what was taken back is gone', async () => {
  const id = await called()
  expect((await apply(as.secretary, id)).status).toBe(403)
  expect(await said(await apply(as.applicant, id, { answers: [{ skillId: id, words: '' }] }))).toMatchObject({
    fields: ['answers'],
  })
  await json(await apply(as.applicant, id), 204)
  await json(await as.applicant.request('DELETE', `${at}/calls/${id}/application`), 204)
  expect((await read(as.organiser, id)).applications).toEqual([])
  await json(await apply(as.applicant, id), 204)
  const lastOn = async (untilOn: '2026-11-22' | '2026-11-23') => {
    await build.look((db) => db.update(talentCalls).set({ untilOn }).where(eq(talentCalls.id, id)))
    return (await apply(as.applicant, id)).status
  }
  expect([await lastOn('2026-11-23'), await lastOn('2026-11-22')]).toEqual([204, 409])
})

test('whoever has applied and comes by the office since neither sees nor decides on the others, until they take it back', async () => {
  const id = await called()
  await json(await apply(as.applicant, id), 204)
  const other = await build.person(build.branch, { name: '沈听澜' })
  const sister = await app.signedIn(await app.account({ name: other.name, person: other }))
  await json(await apply(sister, id), 204)
  const [first, second] = (await read(as.organiser, id)).applications ?? []
  const office = await build.office(build.wang, build.branch, 'deputySecretary')
  const view = await read(as.applicant, id)
  expect([view.applications, view.can]).toEqual([null, { apply: false, withdraw: true, close: false, decide: false }])
  for (const of of [first, second])
    expect((await decide(as.applicant, id, of?.id ?? '', { isChosen: false })).status).toBe(403)
  expect((await as.applicant.request('POST', `${at}/calls/${id}/closing`, { reason: '人选已定' })).status).toBe(403)
  expect((await list(as.applicant)).find((it) => it.id === id)?.runs).toBe(false)
  await json(await as.applicant.request('DELETE', `${at}/calls/${id}/application`), 204)
  expect((await read(as.applicant, id)).applications?.map((it) => it.person.name)).toEqual([other.name])
  await build.look((db) => db.delete(offices).where(eq(offices.id, office)))
})

test('an application that was written anew since it was read is not decided on', async () => {
  const id = await called()
  await json(await apply(as.applicant, id), 204)
  const [first] = (await read(as.organiser, id)).applications ?? []
  const { id: of = '', appliedAt } = first ?? {}
  // A moment of its own.
  await new Promise((resolve) => setTimeout(resolve, 5))
  await json(await apply(as.applicant, id, { statement: '改了主意，只能周末来' }), 204)
  expect((await decide(as.organiser, id, of, { isChosen: false, appliedAt })).status).toBe(412)
  expect((await read(as.applicant, id)).own?.isChosen).toBeNull()
  await json(await decide(as.organiser, id, of, { isChosen: false }), 204)
})

test('a post that is called for is not closed, so that nobody waits for an answer that never comes', async () => {
  const id = await called()
  await json(await apply(as.applicant, id), 204)
  const post = (await json<PostList>(await as.department.get(`${at}/posts`))).items.at(-1)
  const closing = () =>
    as.department.request('POST', `${at}/posts/${post?.id}/closing`, { reason: '不再需要' }, { 'if-match': '"1"' })
  expect((await closing()).status).toBe(409)
  await json(await as.department.request('POST', `${at}/calls/${id}/closing`, { reason: '不再需要' }), 204)
  await json(await closing(), 204)
  expect((await read(as.applicant, id)).closeReason).toBe('不再需要')
})

test('whoever has left a post does not come back into a place that somebody else has by now', async () => {
  await called()
  const post = (await json<PostList>(await as.department.get(`${at}/posts`))).items.at(-1)
  const address = `${at}/posts/${post?.id}/holders`
  const put = async (personId: string, fromOn: string) =>
    (await json<{ id: string }>(await as.department.request('POST', address, { personId, fromOn }), 201)).id
  const leave = (holding: string, on: string) => as.department.request('POST', `${address}/${holding}/ending`, { on })
  const first = await put(build.wang.id, '2026-01-01')
  await json(await leave(first, '2026-10-31'), 204)
  await put(build.zhao.id, '2026-11-01')
  expect(await said(await leave(first, '2026-12-31'))).toEqual({ status: 400, fields: ['on'] })
  await json(await leave(first, '2026-09-30'), 204)
})

test('a post is called for once at a time, by who keeps the files there, and a call that ended is read by who applied', async () => {
  const id = await called()
  await json(await apply(as.applicant, id), 204)
  const { items } = await json<PostList>(await as.organiser.get(`${at}/posts`))
  const postId = items.at(-1)?.id
  const call = { postId, untilOn: '2026-12-01', text: '' }
  expect((await as.otherOrganiser.request('POST', `${at}/calls`, call)).status).toBe(404)
  const again = await Promise.all(
    items.map((it) => as.organiser.request('POST', `${at}/calls`, { ...call, postId: it.id })),
  )
  expect(new Set(again.map((it) => it.status))).toEqual(new Set([409]))
  expect(
    await said(await as.organiser.request('POST', `${at}/calls`, { ...call, untilOn: '2026-11-22' })),
  ).toMatchObject({ fields: ['untilOn'] })
  expect((await as.applicant.request('POST', `${at}/calls/${id}/closing`, { reason: '人选已定' })).status).toBe(403)
  await json(await as.organiser.request('POST', `${at}/calls/${id}/closing`, { reason: '岗位取消了' }), 204)
  expect(await read(as.applicant, id)).toMatchObject({
    isOpen: false,
    closeReason: '岗位取消了',
    can: { apply: false },
  })
  expect((await list(as.siblingSecretary)).map((it) => it.id)).not.toContain(id)
})

test('whoever applied is told of the decision, and of the end of a call that did not decide on them', async () => {
  const told = async () => {
    const rows = await build.look((db) => db.select().from(notices).where(eq(notices.source, 'talent')))
    return rows.map((it) => [it.title, it.body, it.audience.personIds])
  }
  const before = (await told()).length
  const id = await called()
  await json(await apply(as.applicant, id), 204)
  // Somebody from above, whose file the organiser of the college does not keep.
  await json(await apply(as.partySchool, id), 204)
  const applications = (await read(as.organiser, id)).applications ?? []
  const school = applications.find((it) => it.person.id !== build.wang.id)
  await json(await decide(as.organiser, id, school?.id ?? '', { isChosen: true }), 204)
  await json(await as.organiser.request('POST', `${at}/calls/${id}/closing`, { reason: '人选已定' }), 204)
  const page = `页面：http://zhibu.test/staff/calls/${id}`
  expect((await told()).slice(before)).toEqual([
    ['岗位征集有了决定', `您报名的岗位征集“宣传骨干”有了决定，请到页面查看。\n${page}`, [school?.person.id]],
    ['岗位征集已结束', `您报名的岗位征集“宣传骨干”已经结束，请到页面查看。\n${page}`, [build.wang.id]],
  ])
  const { items } = await json<PostList>(await as.organiser.get(`${at}/posts`))
  expect(items.flatMap((it) => it.holders.map((one) => one.person.id))).toContain(school?.person.id)
})

test('what candidates write stands in no row of the journal', async () => {
  const rows = await build.look((db) => db.select({ details: journal.details }).from(journal))
  expect(JSON.stringify(rows)).not.toMatch(/愿意试试|想把支部|拍过三次/)
})
