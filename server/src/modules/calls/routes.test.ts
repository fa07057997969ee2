import { addDays, type Day } from '@zhibu/rules'
import { eq, sql } from 'drizzle-orm'
import PizZip from 'pizzip'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { statementsOf, today } from '../../../test/factories.ts'
import { upload } from '../../../test/uploads.ts'
import { linesIn } from '../../../test/workbooks.ts'
import { newId } from '../../platform/ids.ts'
import { dayInChina } from '../../platform/today.ts'
import type { NoticeView } from '../notices/schema.ts'
import { notices } from '../notices/tables.ts'
import { persons } from '../people/tables.ts'
import { articles } from '../publicity/tables.ts'
import type { Judging, ReviewedCall, ReviewedEntry, VoteView } from './review-schema.ts'
import type { CallFields, CallRow, CallView, EntryView, ShelfRow, ShelfView } from './schema.ts'
import { calls } from './tables.ts'

const app = await testApp()
const { build, database } = app
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])

const at = '/api/calls'
/** Moves the last days of a call, as if so many days had gone by. */
const shift = (callId: string, days: number) =>
  build.look(async (db) => {
    const [call] = await db.select().from(calls).where(eq(calls.id, callId))
    const kinds = call?.kinds.map((it) => ({ ...it, untilOn: addDays(it.untilOn, -days) })) ?? []
    await db
      .update(calls)
      .set({ kinds, untilOn: addDays(call?.untilOn ?? today, -days) })
      .where(eq(calls.id, callId))
  })
/** The day after the last one of all kinds. */
const close = (callId: string) => shift(callId, 16)
/** The vote of a call began or ended so many days ago. */
const voteOn = (callId: string, fromOn: Day, untilOn: Day) =>
  build.look((db) =>
    db
      .update(calls)
      .set({ vote: { fromOn, untilOn, most: 1 } })
      .where(eq(calls.id, callId)),
  )

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

const last = addDays(today, 10)
const level = (name: string) => ({ name, words: `${name}：按要求对照` })
const fields = (more: Partial<CallFields> = {}): CallFields => ({
  ...{ title: '党员故事征集', body: '写下身边党员的故事，真实、具体。' },
  kinds: [
    { key: 'text', name: '文字类', untilOn: last },
    { key: 'film', name: '视频类', untilOn: addDays(last, 5) },
  ],
  fields: [
    { key: 'story', label: '故事', kind: 'prose', isRequired: true, most: 200, hint: '' },
    { key: 'photo', label: '照片', kind: 'picture', isRequired: false, most: 2, hint: '' },
  ],
  ...{ teamMost: 3, entriesMost: 1, isBlind: true, words: ['挑战杯'] },
  criteria: [{ key: 'true', name: '真实', levels: ['较弱', '一般', '较好', '很好'].map(level) }],
  ...more,
})
const prepare = async (by: Browser, organization: { id: string }, more: Partial<CallFields> = {}) =>
  (await json<{ id: string }>(await by.post(at, { organizationId: organization.id, ...fields(more) }), 201)).id
const view = async (by: Browser, id: string) => json<CallView>(await by.get(`${at}/${id}`))
const withTag = async (by: Browser, method: string, address: string, path: string, body?: object) =>
  by.request(method, `${at}/${address}${path}`, body, {
    'if-match': (await by.get(`${at}/${address}`)).headers.get('etag') ?? '',
  })
const announced = async (by: Browser, organization: { id: string }, more: Partial<CallFields> = {}) => {
  const id = await prepare(by, organization, more)
  await json(await withTag(by, 'POST', id, '/announcement'), 204)
  return id
}
const entry = async (by: Browser, id: string) => json<EntryView>(await by.get(`${at}/entries/${id}`))
const begin = async (by: Browser, callId: string, kindKey = 'text') =>
  (await json<{ id: string }>(await by.post(`${at}/${callId}/entries`, { kindKey }), 201)).id
const write = async (by: Browser, id: string, title: string, text: string, photos: string[] = [], kindKey = 'text') =>
  withTag(by, 'PUT', `entries/${id}`, '', {
    ...{ title, kindKey },
    answers: { story: { text, mediaIds: [] }, photo: { text: '', mediaIds: photos } },
  })
const submit = (by: Browser, id: string, hasLookedAt = false) =>
  withTag(by, 'POST', `entries/${id}`, '/submission', { hasLookedAt })
const submitted = async (
  by: Browser,
  callId: string,
  title: string,
  text = '他总是第一个到实验室。',
  photos: string[] = [],
) => {
  const id = await begin(by, callId)
  await json(await write(by, id, title, text, photos), 204)
  await json(await submit(by, id, true), 204)
  return id
}
const consent = (by: Browser, id: string, more: object = {}) =>
  by.put(`${at}/entries/${id}/consents`, { publication: true, name: true, portrait: true, ...more })
const judging = async (by: Browser, id: string) => json<Judging>(await by.get(`${at}/${id}/entries`))
const decide = async (by: Browser, callId: string, entryId: string, decision: string | null) =>
  json(await by.put(`${at}/${callId}/entries/${entryId}/decision`, { decision, words: '' }), 204)
const shelved = async (by: Browser, callId: string, q = '') =>
  (await json<{ items: ShelfRow[] }>(await by.get(`${at}/shelf?callId=${callId}&q=${encodeURIComponent(q)}`))).items

/** Lets these review a call, and returns who does. */
async function appoint(by: Browser, callId: string, who: readonly TestActor[]) {
  const { reviewCode } = await view(by, callId)
  for (const actor of who) await json(await as[actor].post(`${at}/reviewing`, { code: reviewCode }), 201)
  const { items } = await json<{ items: { personId: string }[] }>(await by.get(`${at}/${callId}/reviewers`))
  for (const { personId } of items) await json(await by.put(`${at}/${callId}/reviewers/${personId}`, {}), 204)
  return items
}
const openPhase = (by: Browser, callId: string, more: object = {}) =>
  by.post(`${at}/${callId}/phases`, { name: '初评', untilOn: addDays(last, 20), perEntry: 2, entryIds: null, ...more })

let shade = 0
async function photo(by: Browser, { isPrivate = true, fileName = '王一舟在讲解.png' } = {}) {
  const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: `#1040${10 + shade++}` } })
    .png()
    .withExif({ IFD0: { Artist: 'Wang Yizhou' }, IFD3: { GPSLatitude: '30/1 15/1 0/1', GPSLatitudeRef: 'N' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><r>王一舟</r></x:xmpmeta>')
    .toBuffer()
  const { exif, xmp } = await sharp(bytes).metadata()
  expect([exif?.includes('Wang Yizhou'), xmp?.includes('王一舟')]).toEqual([true, true])
  const uploadId = await upload(by, Uint8Array.from(bytes), fileName, 'media')
  const body = { uploadId, isPrivate, description: { altText: '王一舟同学', showsPersons: 'nobody' } }
  return (await json<{ id: string }>(await by.post('/api/media/items', body), 201)).id
}

/** All that stands in a workbook and in its name, seen in a program or not. */
async function everythingIn(workbook: Response): Promise<string> {
  const { files } = new PizZip(await workbook.clone().arrayBuffer())
  const name = decodeURIComponent([...workbook.headers.values()].join())
  return [name, ...Object.values(files).flatMap((it) => [it.name, it.asText()])].join()
}

describe('a call', () => {
  test('is prepared by its officers and read by all who belong there once it is announced', async () => {
    const id = await prepare(as.organiser, build.college)
    const statuses = async () =>
      Object.fromEntries(
        await Promise.all(testActors.map(async (actor) => [actor, (await as[actor].get(`${at}/${id}`)).status])),
      )
    const nobody = {
      ...Object.fromEntries(testActors.map((it) => [it, 404])),
      sysadmin: 403,
      secadmin: 403,
      auditor: 403,
    }
    const holders = { organiser: 200, department: 200, publicity: 200, partySchool: 200 }
    expect(await statuses()).toEqual({ ...nobody, ...holders })
    await json(await withTag(as.organiser, 'POST', id, '/announcement'), 204)
    const readers = { secretary: 200, siblingSecretary: 200, applicant: 200 }
    expect(await statuses()).toEqual({ ...nobody, ...holders, ...readers })
    const listed = async (by: Browser) =>
      (await json<{ items: CallRow[] }>(await by.get(`${at}?limit=200`))).items.some((it) => it.id === id)
    expect([await listed(as.applicant), await listed(as.stranger)]).toEqual([true, false])
    const read = await view(as.applicant, id)
    expect([read.reviewCode, read.words, read.can.judge, read.can.enter]).toEqual([null, [], false, true])
  })

  test.each<[string, Partial<CallFields>, number]>([
    ['the text', { body: '写下身边党员的故事，字数可以再少一些。' }, 204],
    ['a later day', { kinds: fields().kinds.map((it) => ({ ...it, untilOn: addDays(it.untilOn, 1) })) }, 204],
    ['an earlier day', { kinds: fields().kinds.map((it) => ({ ...it, untilOn: addDays(it.untilOn, -1) })) }, 400],
    ['one kind less', { kinds: fields().kinds.slice(0, 1) }, 400],
    ['another limit of a field', { fields: fields().fields.map((it) => ({ ...it, most: 1 })) }, 400],
    ['that it is blind', { isBlind: false }, 400],
  ])('that was announced and gets %s', async (_, more, status) => {
    const id = await announced(as.secretary, build.branch)
    expect((await withTag(as.secretary, 'PUT', id, '', fields(more))).status).toBe(status)
  })

  test('is closed before its last day with a reason, and takes nothing after that', async () => {
    const id = await announced(as.department, build.university)
    const draft = await begin(as.applicant, id)
    await json(await write(as.applicant, draft, '第一盏灯', '他总是第一个到实验室。'), 204)
    expect((await as.secretary.post(`${at}/${id}/closing`, { reason: '已经收齐' })).status).toBe(403)
    await json(await as.department.post(`${at}/${id}/closing`, { reason: '已经收齐' }), 204)
    const read = await view(as.applicant, id)
    expect([read.state, read.closeReason, read.can.enter]).toEqual(['closed', '已经收齐', false])
    expect(read.untilOn > today).toBe(true)
    // When it was closed is an instant of the real clock.
    expect(read.closedOn).toBe(dayInChina(new Date()))
    const over = await json<{ items: CallRow[] }>(await as.applicant.get(`${at}?only=over&limit=200`))
    expect(over.items.find((it) => it.id === id)).toMatchObject({ untilOn: read.untilOn, closedOn: read.closedOn })
    expect((await submit(as.applicant, draft)).status).toBe(409)
    expect((await as.stranger.post(`${at}/${id}/entries`, { kindKey: 'text' })).status).toBe(409)
    expect((await as.department.post(`${at}/${id}/closing`, { reason: '已经收齐' })).status).toBe(409)
  })

  test.each<[string, Partial<CallFields>]>([
    ['two kinds of one key', { kinds: [...fields().kinds, ...fields().kinds] }],
    [
      'more pictures than a field takes',
      { fields: [{ ...fields().fields[1], most: 21 } as CallFields['fields'][number]] },
    ],
    ['a criterion of one level', { criteria: [{ key: 'a', name: '真实', levels: [level('好')] }] }],
    ['no field', { fields: [] }],
  ])('with %s is refused', async (_, more) => {
    expect((await as.secretary.post(at, { organizationId: build.branch.id, ...fields(more) })).status).toBe(400)
  })
})

describe('an entry', () => {
  test('is a draft for nobody else, until it is complete and submitted before the last day of its kind', async () => {
    const callId = await announced(as.department, build.university)
    const id = await begin(as.applicant, callId)
    expect((await as.department.get(`${at}/entries/${id}`)).status).toBe(404)
    expect((await submit(as.applicant, id)).status).toBe(400)
    await json(await write(as.applicant, id, '第一盏灯', '他总是第一个到实验室。'.repeat(20)), 204)
    expect((await entry(as.applicant, id)).problems).toEqual([
      { fieldKey: 'story', message: '“故事”不超过 200 个字，现在有 220 个字' },
    ])
    await json(await write(as.applicant, id, '第一盏灯', '他总是第一个到实验室。'), 204)
    await json(await submit(as.applicant, id), 204)
    expect((await entry(as.department, id)).state).toBe('submitted')
    for (const stranger of [as.stranger, as.secretary, as.organiser])
      expect((await stranger.get(`${at}/entries/${id}`)).status).toBe(404)
    expect((await write(as.applicant, id, '改', '改')).status).toBe(409)
    await json(await as.applicant.delete(`${at}/entries/${id}/submission`), 204)
    await json(await write(as.applicant, id, '第一盏灯', '他总是最后一个走。'), 204)
    expect((await as.applicant.post(`${at}/${callId}/entries`, { kindKey: 'text' })).status).toBe(409)
    await shift(callId, 10)
    await json(await submit(as.applicant, id), 204)
    await shift(callId, 1)
    expect((await as.applicant.delete(`${at}/entries/${id}/submission`)).status).toBe(409)
    expect((await as.stranger.post(`${at}/${callId}/entries`, { kindKey: 'text' })).status).toBe(409)
    await begin(as.stranger, callId, 'film')
  })

  test('says what tells whose it is, and is submitted once its author has looked', async () => {
    const callId = await announced(as.department, build.university)
    const picture = await photo(as.applicant)
    const id = await begin(as.applicant, callId)
    await json(await write(as.applicant, id, '王一舟的挑战杯', '她总是第一个到。', [picture]), 204)
    const { tellings } = await entry(as.applicant, id)
    expect(tellings.map((it) => [it.fieldKey, it.place, it.kind, it.word])).toEqual([
      [null, 'title', 'name', '王一舟'],
      [null, 'title', 'word', '挑战杯'],
      ['photo', 'fileName', 'name', '王一舟'],
      ['photo', 'altText', 'name', '王一舟'],
    ])
    expect((await submit(as.applicant, id)).status).toBe(409)
    await json(await submit(as.applicant, id, true), 204)
    expect((await judging(as.department, callId)).entries.map((it) => it.tellingCount)).toEqual([4])
  })

  test('takes only pictures brought in for it, which nobody else finds in the library', async () => {
    const callId = await announced(as.department, build.university)
    const [own, shared] = [await photo(as.applicant), await photo(as.applicant, { isPrivate: false })]
    const id = await begin(as.applicant, callId)
    expect((await write(as.applicant, id, '一张照片', '照片', [shared])).status).toBe(400)
    await json(await write(as.applicant, id, '一张照片', '照片', [own]), 204)
    const seenBy = async (by: Browser) => [
      (await by.get(`/api/media/items/${own}`)).status,
      (await by.get(`/api/media/items/${own}/content`)).status,
      (await by.get('/api/media/items?of=organization&limit=200').then((it) => it.text())).includes(own),
      (await by.get(`${at}/entries/${id}/media/${own}`)).status,
    ]
    expect(await seenBy(as.publicity)).toEqual([404, 404, false, 404])
    expect(await seenBy(as.secretary)).toEqual([404, 404, false, 404])
    await json(await submit(as.applicant, id, true), 204)
    expect(await seenBy(as.publicity)).toEqual([404, 404, false, 200])
    expect(await seenBy(as.secretary)).toEqual([404, 404, false, 404])
    expect((await as.publicity.post('/api/media/items/x/withdrawal', {})).status).toBe(400)
  })

  test('has a team that joins by its code, of so many, each with their own consents', async () => {
    const callId = await announced(as.department, build.university, { teamMost: 2 })
    const id = await begin(as.applicant, callId)
    const code = (await entry(as.applicant, id)).teamCode ?? ''
    expect((await as.stranger.post(`${at}/entries/joining`, { code: 'ABCDEFGHJK' })).status).toBe(404)
    await json(await as.stranger.post(`${at}/entries/joining`, { code: ` ${code.toLowerCase()} ` }), 201)
    expect((await as.secretary.post(`${at}/entries/joining`, { code })).status).toBe(409)
    expect((await write(as.stranger, id, '别人的', '改')).status).toBe(403)
    await json(await write(as.applicant, id, '两个人的故事', '一起写的。'), 204)
    await json(await submit(as.applicant, id), 204)
    const member = (await entry(as.stranger, id)).members.find((it) => !it.isAuthor)
    expect((await as.stranger.delete(`${at}/entries/${id}/members/${member?.personId}`)).status).toBe(409)
    await json(await consent(as.applicant, id), 204)
    expect((await judging(as.department, callId)).entries.map((it) => it.isPublishable)).toEqual([false])
    await json(await consent(as.stranger, id, { name: false }), 204)
    expect((await judging(as.department, callId)).entries.map((it) => it.isPublishable)).toEqual([true])
  })
})

describe('the review', () => {
  const secrets = ['王一舟', '挑战杯的冠军', '不该看到的一栏', build.branch.name]

  /** A blind call with the work of the applicant, of which the title and the story are blanked, and two reviewers. */
  async function reviewed() {
    const callId = await announced(as.department, build.university, {
      fields: [
        ...fields().fields,
        { key: 'about', label: '作者简介', kind: 'line', isRequired: false, most: 50, hint: '' },
      ],
    })
    const picture = await photo(as.applicant)
    const id = await begin(as.applicant, callId)
    await json(
      await withTag(as.applicant, 'PUT', `entries/${id}`, '', {
        ...{ title: '王一舟：挑战杯的冠军', kindKey: 'text' },
        answers: {
          story: { text: '他总是第一个到实验室。', mediaIds: [] },
          photo: { text: '', mediaIds: [picture] },
          about: { text: '不该看到的一栏', mediaIds: [] },
        },
      }),
      204,
    )
    await json(await submit(as.applicant, id, true), 204)
    await appoint(as.department, callId, ['organiser', 'otherOrganiser'])
    await close(callId)
    await json(await as.department.put(`${at}/${callId}/entries/${id}/redactions`, { keys: ['title', 'about'] }), 204)
    await json(await openPhase(as.department, callId), 204)
    return { callId, id, picture }
  }

  test('shows reviewers the work under its number, and nothing that tells whose it is', async () => {
    const { callId, id, picture } = await reviewed()
    const list = await json<ReviewedCall>(await as.organiser.get(`${at}/reviewing/${callId}`))
    expect(list.entries).toEqual([{ number: 1, title: '作品1', kindName: '文字类', state: 'open' }])
    const one = `${at}/reviewing/${callId}/entries/1`
    const read = await json<ReviewedEntry>(await as.organiser.get(one))
    expect(read).toMatchObject({ title: '作品1', authors: [], canReview: true })
    expect(read.fields).toEqual([
      { key: 'story', label: '故事', kind: 'prose', text: '他总是第一个到实验室。', media: [] },
      {
        ...{ key: 'photo', label: '照片', kind: 'picture', text: '' },
        media: [
          {
            ...{ mediaId: '1', kind: 'picture', fileName: '作品1-图片1.png', altText: '' },
            ...{ hasCaptions: false, hasChapters: false },
          },
        ],
      },
    ])
    const file = await as.organiser.get(`${one}/media/1`)
    expect(file.status).toBe(200)
    const metadata = await sharp(Buffer.from(await file.clone().arrayBuffer())).metadata()
    expect([metadata.exif, metadata.iptc, metadata.xmp]).toEqual([undefined, undefined, undefined])
    const answers = [
      ...(await Promise.all(
        [
          `${at}/reviewing`,
          `${at}/reviewing/${callId}`,
          one,
          `${at}/${callId}`,
          `${at}?only=over`,
          `${at}/shelf?q=王一舟`,
        ].map(async (path) => (await as.organiser.get(path)).text()),
      )),
      JSON.stringify([...file.headers]),
      decodeURIComponent(file.headers.get('content-disposition') ?? ''),
    ]
    for (const answer of answers) expect([...secrets, id, picture].filter((it) => answer.includes(it))).toEqual([])
    for (const path of [
      `${at}/entries/${id}`,
      `${at}/entries/${id}/media/${picture}`,
      `/api/media/items/${picture}/content`,
    ])
      expect((await as.organiser.get(path)).status).toBe(404)
    expect((await as.organiser.get(`${at}/${callId}/entries`)).status).toBe(403)
    const found = await (await as.organiser.get(`/api/search?q=${encodeURIComponent('第一个到实验室')}`)).text()
    expect(found.includes(id)).toBe(false)

    const blind = await as.department.get(`${at}/${callId}/entries/export?blind=true`)
    const inBlind = await everythingIn(blind)
    expect([...secrets, id, picture].filter((it) => inBlind.includes(it))).toEqual([])
    expect(await linesIn(blind)).toEqual([
      ['编号', '类别', '题目', '故事', '照片', '作者简介'],
      ['1', '文字类', '作品1', '他总是第一个到实验室。', '作品1-图片1.png', '（评审时不显示）'],
    ])
    const open = await as.department.get(`${at}/${callId}/entries/export?blind=false`)
    expect(await everythingIn(open)).toContain('王一舟')
  })

  test('is given by each alone, told in words once the phase is over, and changed until then', async () => {
    const { callId } = await reviewed()
    const one = `${at}/reviewing/${callId}/entries/1`
    const say = (by: Browser, place: number) =>
      by.put(`${one}/review`, { levels: { true: place }, abstainReason: '', remark: `第 ${place} 档` })
    expect((await as.organiser.put(`${one}/review`, { levels: {}, abstainReason: '', remark: '好' })).status).toBe(400)
    expect((await say(as.organiser, 4)).status).toBe(400)
    await json(await say(as.organiser, 0), 204)
    await json(await say(as.organiser, 1), 204)
    await json(await say(as.otherOrganiser, 3), 204)
    expect((await (await as.otherOrganiser.get(one)).text()).includes('第 1 档')).toBe(false)
    const during = (await judging(as.department, callId)).entries[0]?.phases
    expect(during).toEqual([{ number: 1, given: 2, abstained: 0, spreads: [], opinions: [] }])
    await json(await as.department.post(`${at}/${callId}/phases/end`, {}), 204)
    expect((await say(as.organiser, 2)).status).toBe(409)
    const [over] = (await judging(as.department, callId)).entries
    expect(over?.phases[0]?.spreads).toEqual([
      { criterionKey: 'true', median: '一般至很好', lowest: '一般', highest: '很好' },
    ])
    expect(over?.phases[0]?.opinions.map((it) => it.remark).sort()).toEqual(['第 1 档', '第 3 档'])
    expect(JSON.stringify(over)).not.toContain('吴远舟')
    await json(await openPhase(as.department, callId, { name: '终评', perEntry: 1, entryIds: [over?.id] }), 204)
    expect((await judging(as.department, callId)).phases.map((it) => [it.name, it.isOpen])).toEqual([
      ['初评', false],
      ['终评', true],
    ])
  })

  test('gives a work that somebody recuses themselves from to another, and says where nobody is left', async () => {
    const { callId } = await reviewed()
    await json(await as.organiser.post(`${at}/reviewing/${callId}/entries/1/recusal`, { reason: '认出了作者' }), 204)
    const lacking = async () => (await judging(as.department, callId)).phases[0]?.lacking.map((it) => it.missing)
    expect(await lacking()).toEqual([1])
    await json(await as.department.post(`${at}/${callId}/allotment`, {}), 204)
    expect(await lacking()).toEqual([1])
    await appoint(as.department, callId, ['distantSecretary'])
    await json(await as.department.post(`${at}/${callId}/allotment`, {}), 204)
    expect(await lacking()).toEqual([])
    const abstaining = { levels: { true: 2 }, abstainReason: '不熟悉这个领域', remark: '' }
    await json(await as.distantSecretary.put(`${at}/reviewing/${callId}/entries/1/review`, abstaining), 204)
    const [it] = (await judging(as.department, callId)).entries
    expect([it?.phases[0]?.given, it?.phases[0]?.abstained]).toEqual([0, 1])
  })

  test('is done by nobody who sees the authors, has not been confirmed, or has an entry in it', async () => {
    const callId = await announced(as.department, build.university)
    const { reviewCode } = await view(as.department, callId)
    expect((await as.publicity.post(`${at}/reviewing`, { code: reviewCode })).status).toBe(409)
    await json(await as.organiser.post(`${at}/reviewing`, { code: reviewCode }), 201)
    expect((await as.organiser.get(`${at}/reviewing/${callId}`)).status).toBe(409)
    expect((await as.stranger.get(`${at}/reviewing/${callId}`)).status).toBe(404)
    const own = await submitted(as.partySchool, callId, '党校的故事')
    const read = await view(as.partySchool, callId)
    expect([read.isOwnConcern, read.reviewCode, read.can.judge]).toEqual([true, null, false])
    const asOfficer = [
      await as.partySchool.get(`${at}/${callId}/entries`),
      await as.partySchool.put(`${at}/${callId}/entries/${own}/decision`, { decision: 'accepted', words: '' }),
      await as.partySchool.get(`${at}/${callId}/entries/export?blind=false`),
    ]
    expect(asOfficer.map((it) => it.status)).toEqual([403, 403, 403])
  })
})

describe('the notice of a call', () => {
  const draft = async (callId: string) =>
    (await json<{ id: string }>(await as.department.post(`${at}/${callId}/notice`), 201)).id
  const noticeOf = async (id: string) => json<NoticeView>(await as.department.get(`/api/notices/${id}`))

  test('is drafted once while it waits, however often it is asked for, and anew when it was given up', async () => {
    const callId = await announced(as.department, build.university)
    expect((await view(as.department, callId)).draft).toBe(null)
    const [first, second] = await Promise.all([draft(callId), draft(callId)])
    const waiting = await view(as.department, callId)
    expect([second, await draft(callId), waiting.draft]).toEqual([first, first, { id: first, revision: 1, lacks: [] }])
    expect((await view(as.applicant, callId)).draft).toBe(null)
    await json(await as.department.post(`/api/notices/${first}/dropping`, { reason: '改用海报' }), 204)
    expect((await view(as.department, callId)).draft).toBe(null)
    expect(await draft(callId)).not.toBe(first)
  })

  test('follows later last days, or says that they do not stand in it', async () => {
    const [untouched, edited] = [
      await announced(as.department, build.university),
      await announced(as.department, build.university),
    ]
    const [follows, says] = [await draft(untouched), await draft(edited)]
    const { kind, title, audience } = await noticeOf(says)
    const own = { kind, title, audience, body: '文字类 12 月 3 日、视频类 12 月 8 日截止。' }
    await json(await as.department.request('PUT', `/api/notices/${says}`, own, { 'if-match': '"1"' }), 204)
    expect((await noticeOf(says)).lacks).toEqual([])
    const kinds = fields().kinds.map((it) => (it.key === 'film' ? { ...it, untilOn: addDays(last, 8) } : it))
    for (const callId of [untouched, edited])
      await json(await withTag(as.department, 'PUT', callId, '', fields({ kinds })), 204)
    const now = `${addDays(last, 8)} 截止`
    expect([(await noticeOf(follows)).body?.includes(`视频类：${now}`), (await noticeOf(says)).lacks]).toEqual([
      true,
      [{ label: '视频类', now }],
    ])
    const renewed = await as.department.request('POST', `/api/notices/${says}/renewal`, {}, { 'if-match': '"2"' })
    await json(renewed, 204)
    expect((await noticeOf(says)).lacks).toEqual([])
  })

  test('leaves the day to whoever writes it, also when it is written anew', async () => {
    const id = await draft(await announced(as.department, build.university))
    const { kind, title, body, audience } = await noticeOf(id)
    const own = { kind, title, body, audience, happensOn: addDays(last, 1) }
    await json(await as.department.request('PUT', `/api/notices/${id}`, own, { 'if-match': '"1"' }), 204)
    expect((await noticeOf(id)).lacks).toEqual([])
    await json(await as.department.request('POST', `/api/notices/${id}/renewal`, {}, { 'if-match': '"2"' }), 204)
    expect((await noticeOf(id)).happensOn).toBe(addDays(last, 1))
  })

  test('follows also where its text is cut in the middle of a pair of characters', async () => {
    const body = `${'读'.repeat(999)}😀`
    const callId = await announced(as.department, build.university, { body })
    const id = await draft(callId)
    await json(await withTag(as.department, 'PUT', callId, '', fields({ body: `请${body}` })), 204)
    expect((await noticeOf(id)).body).toMatch(/^请读{999}\n/)
  })

  test.each<[string, (callId: string) => Promise<Response>, string]>([
    ['closed', (id) => as.department.post(`${at}/${id}/closing`, { reason: '名额已满' }), '征集已经提前截止'],
    ['cancelled', (id) => as.department.post(`${at}/${id}/cancellation`, { reason: '并入全校' }), '征集已经取消'],
  ])('that waits goes once the call is %s', async (_, write, dropReason) => {
    const callId = await announced(as.department, build.university)
    const id = await draft(callId)
    await json(await write(callId), 204)
    expect(await noticeOf(id)).toMatchObject({ dropReason, can: { send: false } })
  })

  test('of the results is another one, and tells of the vote that was settled while it waited', async () => {
    const callId = await announced(as.department, build.university)
    const ofCall = await draft(callId)
    const work = await submitted(as.applicant, callId, '第一盏灯')
    await close(callId)
    await decide(as.department, callId, work, 'accepted')
    await json(await withTag(as.department, 'POST', callId, '/results'), 204)
    const ofResults = await draft(callId)
    const rule = { fromOn: addDays(today, 1), untilOn: addDays(today, 3), most: 1 }
    await json(await as.department.put(`${at}/${callId}/vote`, { rule }), 204)
    const { title, body } = await noticeOf(ofResults)
    expect([
      (await noticeOf(ofCall)).dropReason,
      title,
      body?.includes(`投票：${rule.fromOn} 至 ${rule.untilOn}`),
    ]).toEqual(['征集的结果已经公布', '党员故事征集：结果公布', true])
  })
})

describe('the results', () => {
  /** A call of the university with two works whose results are announced; the accepted one is public, the other is not. */
  async function announcedResults() {
    const callId = await announced(as.department, build.university)
    const accepted = await submitted(as.applicant, callId, '第一盏灯')
    const declined = await submitted(as.stranger, callId, '操场')
    await json(await consent(as.applicant, accepted), 204)
    await close(callId)
    await decide(as.department, callId, accepted, 'accepted')
    await decide(as.department, callId, declined, 'declined')
    await json(await withTag(as.department, 'POST', callId, '/results'), 204)
    return { callId, accepted, declined }
  }

  /** What was told of an entry by itself, and to whom, in the order in which it was written. */
  const told = (entryId: string) =>
    build.look(async (db) => {
      const rows = await db
        .select()
        .from(notices)
        .where(sql`source = 'call' and sent_at is not null and source_key like ${`call:${entryId}:%`}`)
        .orderBy(notices.createdAt, notices.id)
      const names = new Map((await db.select().from(persons)).map((it) => [it.id, it.name]))
      return rows.map(({ title, body, audience }) => ({
        ...{ title, body },
        to: audience.personIds.map((id) => names.get(id)).sort(),
      }))
    })

  /** The same after its result. */
  const toldLater = async (entryId: string) => (await told(entryId)).filter((it) => !it.title.startsWith('征集结果：'))

  test('hold for all at once, are told to each author then, and bring to the shelf what all consent to', async () => {
    const callId = await announced(as.department, build.university)
    const picture = await photo(as.applicant)
    const accepted = await submitted(as.applicant, callId, '第一盏灯', '他总是第一个到实验室。', [picture])
    const declined = await submitted(as.stranger, callId, '操场')
    await json(await consent(as.applicant, accepted, { name: false, portrait: false }), 204)
    await json(await consent(as.stranger, declined), 204)
    expect(
      (await as.department.put(`${at}/${callId}/entries/${accepted}/decision`, { decision: 'accepted', words: '' }))
        .status,
    ).toBe(409)
    await close(callId)
    await decide(as.department, callId, accepted, 'accepted')
    const early = await withTag(as.department, 'POST', callId, '/results')
    expect([early.status, (await early.json()).detail]).toEqual([
      409,
      '还有 1 件作品没有决定是否入选：“操场”。请决定后再公布。',
    ])
    await decide(as.department, callId, declined, 'declined')
    expect([await told(accepted), await told(declined)]).toEqual([[], []])
    expect((await entry(as.applicant, accepted)).decision).toBe(null)
    expect(await shelved(as.stranger, callId)).toEqual([])
    await json(await withTag(as.department, 'POST', callId, '/results'), 204)
    const ofWork = (id: string, title: string, result: string, to: string) => [
      {
        ...{ title: `征集结果：${title}`, to: [to] },
        body: `您参加“党员故事征集”的作品“${title}”：${result}。\n作品：http://zhibu.test/calls/entries/${id}`,
      },
    ]
    expect(await told(accepted)).toEqual(ofWork(accepted, '第一盏灯', '入选', '王一舟'))
    expect(await told(declined)).toEqual(ofWork(declined, '操场', '未入选', '卫南星'))
    expect([(await entry(as.applicant, accepted)).state, (await entry(as.stranger, declined)).state]).toEqual([
      'accepted',
      'declined',
    ])
    const [work] = await shelved(as.stranger, callId, '第一个')
    expect(work).toMatchObject({ id: accepted, title: '第一盏灯', authors: [], cover: null })
    expect(await shelved(as.stranger, callId, '王一舟')).toEqual([])
    const medium = `${at}/shelf/${accepted}/media/${picture}`
    expect((await as.stranger.get(medium)).status).toBe(404)
    await json(await consent(as.applicant, accepted), 204)
    expect((await shelved(as.stranger, callId))[0]).toMatchObject({ authors: ['王一舟'], cover: { altText: '' } })
    expect((await as.stranger.get(medium)).status).toBe(200)
    const read = await json<ShelfView>(await as.publicity.get(`${at}/shelf/${accepted}`))
    expect([read.can.beginArticle, read.fields.map((it) => it.key)]).toEqual([true, ['story', 'photo']])
    expect((await as.stranger.get(`${at}/shelf/${declined}`)).status).toBe(404)

    await json(await consent(as.applicant, accepted, { publication: false }), 204)
    expect(await shelved(as.stranger, callId)).toEqual([])
    expect((await as.stranger.get(`${at}/shelf/${accepted}`)).status).toBe(404)
    expect((await as.stranger.get(medium)).status).toBe(404)
    expect(
      (await as.department.put(`${at}/${callId}/entries/${accepted}/decision`, { decision: null, words: '' })).status,
    ).toBe(409)
  })

  test('that were announced wrongly are put right with a reason, beside what stood there, and told to the authors', async () => {
    const { callId, accepted, declined } = await announcedResults()
    const correct = (by: Browser, entryId: string, more: object = {}, tag?: string) => {
      const body = { decision: 'accepted', words: '', reason: '登记时看错了编号', ...more }
      const path = `/entries/${entryId}/corrections`
      return tag === undefined
        ? withTag(by, 'POST', callId, path, body)
        : by.request('POST', `${at}/${callId}${path}`, body, { 'if-match': tag })
    }
    const { headers } = await as.department.get(`${at}/${callId}`)
    const stale = headers.get('etag') ?? ''
    const refused = [
      await correct(as.department, declined, { reason: '' }),
      await correct(as.department, declined, { decision: 'declined' }),
      await correct(as.department, declined, { decision: null }),
      await correct(as.organiser, declined),
      await correct(as.applicant, accepted),
      await correct(as.department, newId()),
    ]
    expect(refused.map((it) => it.status)).toEqual([400, 409, 400, 403, 403, 404])
    await json(await correct(as.department, declined, { words: '补录' }), 204)
    expect((await correct(as.publicity, accepted, { decision: 'declined' }, stale)).status).toBe(412)
    await json(await correct(as.publicity, accepted, { decision: 'declined', reason: '和往年的作品相同' }), 204)
    await json(await correct(as.department, declined, { words: '补录，恭喜' }), 204)

    const first = { at: expect.any(String), by: '冯景行', reason: '登记时看错了编号' }
    const second = { at: expect.any(String), by: '陈书白', reason: '和往年的作品相同' }
    const own = await entry(as.stranger, declined)
    expect([own.state, own.decisionWords, own.corrections]).toEqual([
      'accepted',
      '补录，恭喜',
      [
        { ...first, from: 'declined', fromWords: '', to: 'accepted', toWords: '补录' },
        { ...first, from: 'accepted', fromWords: '补录', to: 'accepted', toWords: '补录，恭喜' },
      ],
    ])
    expect((await judging(as.department, callId)).entries.map((it) => it.corrections.length).sort()).toEqual([1, 2])
    // Whose work is not public is not named to others.
    expect((await view(as.secretary, callId)).corrections).toEqual([
      { ...first, from: 'declined', to: 'accepted', title: null },
      { ...second, from: 'accepted', to: 'declined', title: null },
    ])
    expect(await shelved(as.secretary, callId)).toEqual([])
    await json(await consent(as.stranger, declined), 204)
    expect((await shelved(as.secretary, callId)).map((it) => it.title)).toEqual(['操场'])
    expect((await view(as.secretary, callId)).corrections.map((it) => it.title)).toEqual(['操场', null])
    expect(await told(declined)).toEqual([
      expect.objectContaining({ title: '征集结果：操场' }),
      {
        ...{ title: '结果更正：操场', to: ['卫南星'] },
        body: [
          '您参加“党员故事征集”的作品“操场”，公布的结果有误，现在更正。',
          '结果：未入选 → 入选',
          '原因：登记时看错了编号',
          `作品：http://zhibu.test/calls/entries/${declined}`,
        ].join('\n'),
      },
      expect.objectContaining({
        to: ['卫南星'],
        body: expect.stringContaining('\n结果：入选，给您的话有改动\n'),
      }),
    ])
    expect((await told(accepted)).map((it) => [it.title, ...it.to])).toEqual([
      ['征集结果：第一盏灯', '王一舟'],
      ['结果更正：第一盏灯', '王一舟'],
    ])
  })

  test('are corrected by nobody before they are announced', async () => {
    const callId = await announced(as.department, build.university)
    const id = await submitted(as.applicant, callId, '第一盏灯')
    await close(callId)
    await decide(as.department, callId, id, 'declined')
    const body = { decision: 'accepted', words: '', reason: '登记时看错了编号' }
    expect((await withTag(as.department, 'POST', callId, `/entries/${id}/corrections`, body)).status).toBe(409)
    expect((await entry(as.applicant, id)).corrections).toEqual([])
  })

  test('an article that was made of a work is told of when a consent to it is revoked or the work is gone', async () => {
    const { callId, accepted } = await announcedResults()
    await json(await consent(as.applicant, accepted, { portrait: false }), 204)
    await json(await consent(as.applicant, accepted), 204)
    expect(await toldLater(accepted)).toEqual([])
    const { id: sectionId } = await json<{ id: string }>(
      await as.publicity.post('/api/publicity/sections', { name: '党员故事', slug: 'stories', about: '' }),
      201,
    )
    const { id: articleId } = await json<{ id: string }>(
      await as.publicity.post(`${at}/shelf/${accepted}/article`, { sectionId }),
      201,
    )
    await json(await consent(as.applicant, accepted), 204)
    expect(await toldLater(accepted)).toEqual([])
    await json(await consent(as.applicant, accepted, { name: false, portrait: false }), 204)
    const to = ['冯景行', '褚知行', '陈书白']
    expect(await toldLater(accepted)).toEqual([
      {
        ...{ title: '稿件要处理：第一盏灯', to },
        body: [
          '征集“党员故事征集”的作品“第一盏灯”写成了稿件“第一盏灯”，作者后来不再同意公开姓名、公开有本人的画面。',
          '作品架上已经照办，稿件不会自动改动。',
          '稿件还没有发布：请放弃，或者改好再送审。',
          `稿件：http://zhibu.test/publicity/${articleId}`,
        ].join('\n'),
      },
    ])
    await json(await consent(as.applicant, accepted, { name: false, portrait: false }), 204)
    await json(await consent(as.applicant, accepted), 204)
    await build.look((db) => db.update(articles).set({ publishedAt: new Date() }).where(eq(articles.id, articleId)))
    await json(await consent(as.applicant, accepted, { name: false }), 204)
    const body = { decision: 'declined', words: '', reason: '和往年的作品相同' }
    await json(await withTag(as.department, 'POST', callId, `/entries/${accepted}/corrections`, body), 204)
    await json(await as.applicant.delete(`${at}/entries/${accepted}`), 204)
    const said = (await toldLater(accepted)).slice(1).map((it) => [it.body.split(/[，。\n]/)[1], it.to.length])
    expect(said).toEqual([
      ['作者后来不再同意公开姓名', 3],
      ['公布的结果有误', 1],
      // Who has corrected it knows.
      ['结果已经更正为未入选', 2],
      ['作者已经撤回作品', 3],
    ])
    expect((await toldLater(accepted)).at(-1)?.body).toContain('稿件已经发布：请尽快撤下，或者改好再发布。')
  })

  test('nobody is told of an article that was given up', async () => {
    const { accepted } = await announcedResults()
    const { items } = await json<{ items: { id: string }[] }>(await as.publicity.get('/api/publicity/sections'))
    const { id: articleId } = await json<{ id: string }>(
      await as.publicity.post(`${at}/shelf/${accepted}/article`, { sectionId: items[0]?.id }),
      201,
    )
    await json(await as.publicity.post(`/api/publicity/articles/${articleId}/dropping`), 204)
    await json(await consent(as.applicant, accepted, { publication: false }), 204)
    expect(await toldLater(accepted)).toEqual([])
  })

  test('ask the database as often for many entries as for few', async () => {
    const counted = async (entrants: readonly TestActor[]) => {
      const callId = await announced(as.department, build.university)
      for (const actor of entrants) await consent(as[actor], await submitted(as[actor], callId, '我的故事'))
      await close(callId)
      for (const it of (await judging(as.department, callId)).entries)
        await decide(as.department, callId, it.id, 'accepted')
      await json(await withTag(as.department, 'POST', callId, '/results'), 204)
      const asked = [`${at}/${callId}/entries`, `${at}/shelf?callId=${callId}`, `${at}?only=over`]
      const counts = []
      for (const path of asked) counts.push(await statementsOf(() => as.department.get(path)))
      return counts
    }
    expect(await counted(['applicant', 'stranger', 'secretary', 'organiser'])).toEqual(await counted(['applicant']))
  })
})

describe('a vote', () => {
  const voters = ['applicant', 'stranger', 'secretary', 'organiser', 'siblingSecretary'] as const

  test('is cast once, counted after its end, found again by its receipt, and joined to nobody', async () => {
    const callId = await announced(as.department, build.university)
    const works = [await submitted(as.applicant, callId, '甲的故事'), await submitted(as.stranger, callId, '乙的故事')]
    await consent(as.applicant, works[0] ?? '')
    await consent(as.stranger, works[1] ?? '')
    await close(callId)
    for (const id of works) await decide(as.department, callId, id, 'accepted')
    await json(await withTag(as.department, 'POST', callId, '/results'), 204)
    const rule = { fromOn: addDays(today, 1), untilOn: addDays(today, 3), most: 1 }
    await json(await as.department.put(`${at}/${callId}/vote`, { rule }), 204)
    const cast = (by: Browser, entryIds: string[]) => by.post(`${at}/${callId}/ballots`, { entryIds })
    expect((await cast(as.applicant, works.slice(0, 1))).status).toBe(409)
    await voteOn(callId, today, addDays(today, 2))
    expect((await cast(as.applicant, works)).status).toBe(400)
    const receipts = new Map<string, string>()
    for (const [place, actor] of voters.entries()) {
      const { receipt } = await json<{ receipt: string }>(await cast(as[actor], [works[place % 2] ?? '']), 201)
      receipts.set(actor, receipt)
      expect((await cast(as[actor], [works[0] ?? ''])).status).toBe(409)
    }
    const read = async (by: Browser) => json<VoteView>(await by.get(`${at}/${callId}/vote`))
    expect(await read(as.applicant)).toMatchObject({ state: 'open', hasVoted: true, canVote: false, outcome: null })

    const { rows } = await database.asKeeper((db) =>
      db.execute<{ kind: string; row: string }>(sql`
        select 'voter' as kind, to_jsonb(it)::text as row from call_voters it where call_id = ${callId}
        union all select 'box', to_jsonb(it)::text from call_vote_boxes it where call_id = ${callId}
        union all select 'journal', to_jsonb(it)::text from journal it where subject_id = ${callId}`),
    )
    const [box] = rows.filter((it) => it.kind === 'box')
    expect(rows.filter((it) => it.kind === 'voter').map((it) => Object.keys(JSON.parse(it.row)).sort())).toEqual(
      voters.map(() => ['call_id', 'person_id', 'tenant_id']),
    )
    const ballots: { receipt: string }[] = JSON.parse(box?.row ?? '').ballots
    expect(ballots.map((it) => it.receipt)).toEqual([...receipts.values()].sort())
    for (const it of rows.filter((one) => one.kind !== 'box'))
      expect([...receipts.values(), ...works].filter((secret) => it.row.includes(secret))).toEqual([])
    const persons = rows.filter((it) => it.kind === 'voter').map((it) => JSON.parse(it.row).person_id)
    expect(persons.filter((it) => box?.row.includes(it))).toEqual([])
    // The box bears the number of its last transaction alone: it tells who was last, and of nobody what they chose.
    const { rows: shared } = await database.asKeeper((db) =>
      db.execute(sql`select v.person_id as id from call_voters v join call_vote_boxes b on b.xmin = v.xmin
        where v.call_id = ${callId}`),
    )
    expect(shared).toEqual([{ id: build.zhao.id }])
    const logged = JSON.stringify(app.lines)
    expect([logged.includes('ballots'), [...receipts.values(), ...works].filter((it) => logged.includes(it))]).toEqual([
      true,
      [],
    ])

    await voteOn(callId, addDays(today, -3), addDays(today, -1))
    const { outcome } = await read(as.applicant)
    const inOrder = (await read(as.applicant)).works
    expect(inOrder.map((it) => it.number)).toEqual([1, 2])
    expect(outcome?.approvals).toEqual(inOrder.map(({ id }) => ({ entryId: id, count: id === works[0] ? 3 : 2 })))
    const mine = outcome?.ballots.find((it) => it.receipt === receipts.get('applicant'))
    expect(mine?.entryIds).toEqual([works[0]])
  })
})
