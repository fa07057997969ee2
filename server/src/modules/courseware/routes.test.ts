import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { statementsOf } from '../../../test/factories.ts'
import { mp3, mp4 } from '../../../test/media-files.ts'
import { manifest12, manifest2004, packed, page, simplePackage } from '../../../test/scorm-packages.ts'
import { upload } from '../../../test/uploads.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { archiveHeldContents } from '../archive/tables.ts'
import { mediaUses } from '../media/tables.ts'
import { tidyCourseware } from './jobs.ts'
import type { CoursewareList, CoursewareView, Launch, NewUnit, UnitChange, UnitView } from './schema.ts'
import * as tables from './tables.ts'

const app = await testApp()
const { build } = app
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/courseware'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

const textOf = (text: string): RichText => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const aText = (title = '党的性质'): NewUnit => ({ kind: 'text', title, body: textOf(`${title}的正文`) })

async function drafted(
  units: readonly NewUnit[] = [aText()],
  organization: { id: string } = build.branch,
  by = as.secretary,
) {
  const body = { organizationId: organization.id, title: '党章导读', summary: '读一遍党章' }
  const { id } = await json<{ id: string }>(await by.post(at, body), 201)
  for (const unit of units) await json(await by.post(`${at}/${id}/units`, unit), 201)
  return id
}
async function published(units?: readonly NewUnit[], organization?: { id: string }, by = as.secretary) {
  const id = await drafted(units, organization, by)
  await json(await by.put(`${at}/${id}/publication`, {}), 204)
  return id
}
const view = async (by: Browser, id: string) => json<CoursewareView>(await by.get(`${at}/${id}`))
const unit = async (by: Browser, id: string, unitId = '') => json<UnitView>(await by.get(`${at}/${id}/units/${unitId}`))
const firstOf = async (by: Browser, id: string): Promise<string> => (await view(by, id)).units[0]?.id ?? ''
const changed = (by: Browser, path: string, body: unknown, revision: number, method = 'PUT') =>
  by.request(method, `${at}${path}`, body, { 'if-match': `"${revision}"` })

async function medium(
  bytes: Uint8Array,
  fileName: string,
  by = as.secretary,
  more: object = { showsPersons: 'nobody' },
) {
  const uploadId = await upload(by, Uint8Array.from(bytes), fileName, 'media')
  const { id } = await json<{ id: string }>(await by.post('/api/media/items', { uploadId, description: more }), 201)
  return id
}
const sent = (bytes: Uint8Array<ArrayBuffer>, by = as.secretary, name = '课件.zip') =>
  upload(by, bytes, name, 'courseware')
const aPackage = async (bytes: Uint8Array<ArrayBuffer>, title = '互动课件', by = as.secretary): Promise<NewUnit> => ({
  kind: 'package',
  title,
  uploadId: await sent(bytes, by),
})

describe('a piece of courseware', () => {
  test('is seen by whoever writes it, and once it is published by whoever belongs there', async () => {
    const id = await drafted()
    const unitId = await firstOf(as.secretary, id)
    const seen = async () =>
      Promise.all(
        (['secretary', 'organiser', 'partySchool', 'applicant', 'stranger'] as const).map(async (it) => [
          (await as[it].get(`${at}/${id}`)).status,
          (await as[it].get(`${at}/${id}/units/${unitId}`)).status,
        ]),
      )
    const [yes, no] = [
      [200, 200],
      [404, 404],
    ]
    expect(await seen()).toEqual([yes, yes, yes, no, no])
    await json(await as.secretary.put(`${at}/${id}/publication`, {}), 204)
    expect(await seen()).toEqual([yes, yes, yes, yes, no])
    const list = await json<CoursewareList>(await as.applicant.get(at))
    expect([list.items.find((it) => it.id === id), list.organizations]).toEqual([
      {
        ...{ id, title: '党章导读', summary: '读一遍党章', unitCount: 1, isPublished: true, ownFinished: 0 },
        organization: { id: build.branch.id, name: build.branch.name },
      },
      [],
    ])
    expect((await view(as.applicant, id)).can).toEqual({ write: false, begin: false })
    expect((await view(as.partySchool, id)).can).toEqual({ write: true, begin: true })
    expect((await as.secretary.put(`${at}/${id}/publication`, {})).status).toBe(409)
    expect((await as.secretary.delete(`${at}/${id}`)).status).toBe(409)
    await json(await as.secretary.delete(`${at}/${id}/publication`), 204)
    expect(await seen()).toEqual([yes, yes, yes, no, no])
    await json(await as.secretary.delete(`${at}/${id}`), 204)
    expect(await seen()).toEqual([no, no, no, no, no])
  })

  test('is published with a unit, and keeps one as long as it is', async () => {
    const empty = await drafted([])
    expect(await (await as.secretary.put(`${at}/${empty}/publication`, {})).json()).toMatchObject({
      ...{ status: 409, reason: 'incomplete', detail: '还不能发布：课件里还没有单元。请先添加单元，再发布。' },
    })
    const id = await published()
    const answer = await as.secretary.delete(`${at}/${id}/units/${await firstOf(as.secretary, id)}`)
    expect(await answer.json()).toMatchObject({ status: 409 })
  })

  test('puts its units in order, and loses nothing where two write at once', async () => {
    const id = await drafted([aText('第一'), aText('第二'), aText('第三')])
    const read = await view(as.secretary, id)
    const [first, second, third] = read.units
    await json(await changed(as.secretary, `/${id}/units/${third?.id}/place`, { place: 1 }, read.revision), 204)
    expect((await view(as.organiser, id)).units.map((it) => it.title)).toEqual(['第三', '第一', '第二'])
    expect((await changed(as.organiser, `/${id}/units/${first?.id}/place`, { place: 1 }, read.revision)).status).toBe(
      412,
    )
    const now = (await view(as.secretary, id)).revision
    expect((await changed(as.secretary, `/${id}/units/${first?.id}/place`, { place: 4 }, now)).status).toBe(400)
    expect(await unit(as.secretary, id, first?.id)).toMatchObject({
      ...{ place: 2, unitCount: 3, before: { id: third?.id }, behind: { id: second?.id } },
    })
    await json(await changed(as.secretary, `/${id}/units/${first?.id}`, aText('改过'), 1), 204)
    const late = await changed(as.organiser, `/${id}/units/${first?.id}`, aText('晚了'), 1)
    expect(await late.json()).toMatchObject({ status: 412, detail: expect.stringContaining('这个单元刚刚有人修改过') })
    await json(await changed(as.secretary, `/${id}`, { title: '新名称', summary: '' }, now + 1, 'PATCH'), 204)
    expect((await changed(as.organiser, `/${id}`, { title: '又一个', summary: '' }, now + 1, 'PATCH')).status).toBe(412)
  })

  test('is copied by whoever may read it, and lives on when the first one goes', async () => {
    const film = await medium(mp4(), '讲解.mp4')
    const id = await published([
      aText(),
      { kind: 'film', title: '讲解', mediaId: film, chapters: [{ atSeconds: 0, title: '开头' }] },
      await aPackage(simplePackage()),
    ])
    const body = { organizationId: build.college.id, title: '学院版', summary: '', copyOf: id }
    expect((await as.applicant.post(at, { ...body, organizationId: build.branch.id })).status).toBe(403)
    expect((await as.distantSecretary.post(at, { ...body, organizationId: build.distant.id })).status).toBe(404)
    const { id: copy } = await json<{ id: string }>(await as.organiser.post(at, body), 201)
    await json(await as.secretary.delete(`${at}/${id}/publication`), 204)
    await json(await as.secretary.delete(`${at}/${id}`), 204)
    await json(await as.organiser.put(`${at}/${copy}/publication`, {}), 204)
    const { units } = await view(as.applicant, copy)
    expect(units.map((it) => it.kind)).toEqual(['text', 'film', 'package'])
    expect((await as.applicant.get(`${at}/${copy}/units/${units[1]?.id}/content`)).status).toBe(200)
    const launch = await json<Launch>(
      await as.applicant.post(`${at}/${copy}/units/${units[2]?.id}/launches`, { scoId: 'one' }),
    )
    expect((await app.browser().get(launch.src)).status).toBe(200)
  })

  test('is read in the same number of statements however many units it has', async () => {
    const film = await medium(mp3(), '讲解.mp3')
    const many = Array.from(
      { length: 12 },
      (_, at): NewUnit => ({ kind: 'film', title: `第 ${at} 段`, mediaId: film, chapters: [] }),
    )
    const [small, large] = [await published(many.slice(0, 1)), await published(many)]
    const of = (id: string) => statementsOf(() => view(as.applicant, id))
    await of(small)
    expect(await of(large)).toBe(await of(small))
  })
})

describe('units', () => {
  test('hold what fits, and what the writer may use', async () => {
    const [film, unasked, theirs] = [
      await medium(mp4(), '讲解.mp4'),
      await medium(mp4(), '合影.mp4', as.secretary, {}),
      await medium(mp4(), '别人的.mp4', as.stranger),
    ]
    const id = await drafted([])
    const add = async (unit: object) => {
      const answer = await as.secretary.post(`${at}/${id}/units`, unit)
      const body = await answer.json()
      return { status: answer.status, field: body.fields?.[0]?.path, message: body.fields?.[0]?.message ?? '' }
    }
    const chapters = [
      { atSeconds: 0, title: '开头' },
      { atSeconds: 0, title: '接着' },
    ]
    const picture = { type: 'doc', content: [{ type: 'picture', attrs: { mediaId: theirs } }] }
    expect(await add({ kind: 'film', title: '讲解', mediaId: film, chapters })).toEqual({
      ...{ status: 400, field: 'chapters', message: '各章的时间要一章比一章晚' },
    })
    expect(await add({ kind: 'film', title: '讲解', mediaId: unasked, chapters: [] })).toEqual({
      ...{ status: 400, field: 'mediaId', message: expect.stringContaining('还没有问过是否同意公开') },
    })
    expect(await add({ kind: 'file', title: '讲义', mediaId: film })).toEqual({
      ...{ status: 400, field: 'mediaId', message: expect.stringContaining('不是 PDF 或图片') },
    })
    expect((await add({ kind: 'film', title: '讲解', mediaId: theirs, chapters: [] })).status).toBe(404)
    expect((await add({ kind: 'text', title: '图文', body: picture })).status).toBe(404)
    expect(await add({ ...aText(), title: '一' })).toMatchObject({ status: 400, field: 'title' })
    expect((await view(as.secretary, id)).units).toEqual([])
  })

  test('show a film with the chapters of its author and the captions of the library, and nobody else has its content', async () => {
    const film = await medium(mp4(), '讲解.mp4')
    const captions = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n大家好\n'
    await json(await as.secretary.put(`/api/media/items/${film}/texts/captions`, { text: captions }), 204)
    const chapters = [
      { atSeconds: 0, title: '引言' },
      { atSeconds: 90, title: '第一章 <总纲>' },
    ]
    const id = await published([{ kind: 'film', title: '讲解', mediaId: film, chapters }])
    const unitId = await firstOf(as.applicant, id)
    const place = `${at}/${id}/units/${unitId}`
    const read = await unit(as.applicant, id, unitId)
    expect([read.medium, read.chapters]).toEqual([
      {
        ...{ id: film, kind: 'video', fileName: '讲解.mp4', altText: '', durationSeconds: expect.any(Number) },
        ...{ isThere: true, hasCaptions: true, hasChapters: true },
      },
      chapters,
    ])
    const vtt = await (await as.applicant.get(`${place}/texts/chapters`)).text()
    expect(vtt).toContain('00:00:00.000 --> 00:01:30.000\n引言')
    expect(vtt).toContain('第一章 &lt;总纲&gt;')
    expect(await (await as.applicant.get(`${place}/texts/captions`)).text()).toContain('大家好')
    const part = await as.applicant.get(`${place}/content`, { range: 'bytes=0-3' })
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4])
    for (const path of ['content', 'texts/chapters', `media/${film}`])
      expect((await as.stranger.get(`${place}/${path}`)).status).toBe(404)
    const [use] = await build.look((db) =>
      db
        .select()
        .from(mediaUses)
        .where(and(eq(mediaUses.mediaId, film), eq(mediaUses.ownerId, id))),
    )
    expect(use?.endedAt).toBe(null)
    await json(await as.secretary.post(`/api/media/items/${film}/withdrawal`, { reason: '有人不同意了' }), 204)
    expect((await view(as.applicant, id)).units[0]?.isThere).toBe(false)
    expect((await as.applicant.get(`${place}/content`)).status).toBe(409)
  })
})

describe('how far somebody is', () => {
  test('is theirs alone, in the database too, and is forgotten when they want it', async () => {
    const id = await published([aText('第一'), aText('第二')])
    const [first, second] = (await view(as.applicant, id)).units
    const put = (by: Browser, unitId: string | undefined, body: object) =>
      by.put(`${at}/${id}/units/${unitId}/progress`, body)
    await json(await put(as.applicant, first?.id, {}), 204)
    await json(await put(as.applicant, second?.id, { atSeconds: 12 }), 204)
    await json(await put(as.applicant, second?.id, { isFinished: true }), 204)
    await json(await put(as.applicant, second?.id, {}), 204)
    const own = async (by: Browser) => (await view(by, id)).units.map((it) => it.own)
    expect(await own(as.applicant)).toEqual([
      { isFinished: false, atSeconds: 0 },
      { isFinished: true, atSeconds: 12 },
    ])
    expect((await json<CoursewareList>(await as.applicant.get(at))).items.find((it) => it.id === id)?.ownFinished).toBe(
      1,
    )
    for (const other of ['secretary', 'organiser', 'department', 'partySchool'] as const) {
      expect(await own(as[other])).toEqual([null, null])
      expect(JSON.stringify(await unit(as[other], id, second?.id))).not.toContain('"atSeconds":12')
    }
    const rows = async (actor: 'secretary' | 'department' | 'applicant') =>
      (await build.as(build.actors[actor], (ctx) => ctx.db.select().from(tables.coursewareProgress))).length
    expect([await rows('secretary'), await rows('department'), await rows('applicant')]).toEqual([0, 0, 2])
    expect((await put(as.stranger, second?.id, { isFinished: true })).status).toBe(404)
    expect((await put(as.applicant, second?.id, { atSeconds: -1 })).status).toBe(400)
    await json(await as.applicant.delete(`${at}/${id}/progress`), 204)
    expect(await own(as.applicant)).toEqual([null, null])
    expect(app.lines.filter((it) => JSON.stringify(it).includes('progress'))).toEqual([])
  })

  test('goes in the next night where what it was in is gone', async () => {
    const id = await published([aText('第一'), aText('第二')])
    const [first, second] = (await view(as.applicant, id)).units
    for (const it of [first, second])
      await json(await as.applicant.put(`${at}/${id}/units/${it?.id}/progress`, {}), 204)
    await json(await as.secretary.delete(`${at}/${id}/units/${first?.id}`), 204)
    await tidyCourseware(app.database, app.clock.at)
    const rows = await build.look((db) =>
      db.select().from(tables.coursewareProgress).where(eq(tables.coursewareProgress.coursewareId, id)),
    )
    expect(rows.map((it) => it.unitId)).toEqual([second?.id])
  })
})

describe('a package', () => {
  const two = packed({
    'imsmanifest.xml': manifest12([
      { id: 'one', title: '第一课', href: 'one/index.html?from=list', launchData: 'level=2', masteryScore: '80' },
      { id: 'part', title: '第二部分', href: '', items: [{ id: 'two', title: '第二课', href: '第二课.html' }] },
    ]),
    'one/index.html': page('第一课'),
    'one/app.js': 'window.ran = true',
    '第二课.html': page('第二课'),
    'film.mp4': Buffer.from('0123456789'),
  })
  const opened = async (bytes = two, title = '') => {
    const id = await published([await aPackage(bytes, title)])
    return { id, unitId: await firstOf(as.applicant, id) }
  }
  const launch = async (place: { id: string; unitId: string }, scoId = 'one', by = as.applicant) =>
    json<Launch>(await by.post(`${at}/${place.id}/units/${place.unitId}/launches`, { scoId }))
  const keep = (
    place: { id: string; unitId: string },
    elements: Record<string, string>,
    scoId = 'one',
    by = as.applicant,
  ) => by.put(`${at}/${place.id}/units/${place.unitId}/state`, { scoId, elements })

  test('is taken with its list of contents, and takes its title from there', async () => {
    const { id, unitId } = await opened()
    const { title, package: shown } = await unit(as.applicant, id, unitId)
    expect({ title, shown }).toEqual({
      title: '党章导读',
      shown: {
        ...{ fileName: '课件.zip', sizeBytes: two.length, standard: '1.2' },
        scos: [
          { id: 'one', title: '第一课', depth: 0, isFinished: false },
          { id: 'two', title: '第二课', depth: 1, isFinished: false },
        ],
      },
    })
  })

  test('is served under an address of hours, without a session, in a box', async () => {
    const place = await opened()
    const { src, standard, elements } = await launch(place)
    expect([standard, elements]).toEqual([
      '1.2',
      {
        'cmi.core.student_id': 'learner',
        'cmi.core.student_name': '学员',
        'cmi.core.credit': 'no-credit',
        'cmi.core.lesson_mode': 'normal',
        'cmi.core.entry': 'ab-initio',
        'cmi.core.lesson_status': 'not attempted',
        'cmi.launch_data': 'level=2',
        'cmi.student_data.mastery_score': '80',
      },
    ])
    const [, prefix = ''] = /^(\/scorm\/[^/]+\/)one\/index\.html\?from=list$/.exec(src) ?? []
    expect(prefix).not.toBe('')
    const foreign = app.browser()
    const answer = await foreign.get(src)
    const { headers } = answer
    expect(answer.status).toBe(200)
    const beside = `http://zhibu.test${prefix}`
    expect(headers.get('content-security-policy')).toBe(
      [
        'sandbox allow-scripts',
        `default-src 'none'`,
        `script-src ${beside} 'unsafe-inline' 'unsafe-eval' blob:`,
        `style-src ${beside} 'unsafe-inline'`,
        `img-src ${beside} data: blob:`,
        `media-src ${beside} data: blob:`,
        `font-src ${beside} data:`,
        `connect-src ${beside}`,
        `worker-src ${beside} blob:`,
        `frame-src ${beside}`,
        `object-src 'none'`,
        `base-uri ${beside}`,
        `form-action 'none'`,
      ].join('; '),
    )
    const said = [
      'content-type',
      'x-content-type-options',
      'x-frame-options',
      'cross-origin-resource-policy',
      'cache-control',
    ]
    expect(said.map((it) => headers.get(it))).toEqual([
      'text/html',
      'nosniff',
      null,
      'cross-origin',
      'private, max-age=14400',
    ])
    expect(await answer.text()).toBe(
      page('第一课').replace(
        '<!DOCTYPE html>\n',
        `<!DOCTYPE html>\n<script src="${prefix}~scorm/1.2.js"></script><script src="${prefix}~scorm/start.js"></script>`,
      ),
    )
    const type = async (path: string) => {
      const it = await foreign.get(`${prefix}${path}`)
      return [it.status, it.headers.get('content-type')]
    }
    expect([
      await type('one/app.js'),
      await type(encodeURIComponent('第二课.html')),
      await type('ONE/INDEX.html'),
    ]).toEqual([
      [200, 'text/javascript'],
      [200, 'text/html'],
      [200, 'text/html'],
    ])
    expect(await type('~scorm/start.js')).toEqual([200, 'text/javascript; charset=utf-8'])
    const part = await foreign.get(`${prefix}film.mp4`, { range: 'bytes=2-4' })
    expect([part.status, await part.text()]).toEqual([206, '234'])
    // Neither what is not in it, nor in a window by itself.
    expect([await type('imsmanifest'), await type('..%2f..%2fapi%2fcourseware')].map(([status]) => status)).toEqual([
      404, 404,
    ])
    expect((await foreign.get(src, { 'sec-fetch-dest': 'document' })).status).toBe(404)
    expect(app.lines.filter((it) => JSON.stringify(it).includes('/scorm/'))).toEqual([])
  })

  test('is not found under an address that was made up, changed, or is too old', async () => {
    const [mine, other] = [await opened(), await opened(simplePackage())]
    const { src } = await launch(mine)
    const ticket = src.split('/')[2] ?? ''
    const [id = '', until = '', nonce = '', mac = ''] = ticket.split('.')
    const foreignId = ((await launch(other)).src.split('/')[2] ?? '').split('.')[0] ?? ''
    expect(foreignId).not.toBe(id)
    const status = async (it: string) => (await app.browser().get(`/scorm/${it}/one/index.html`)).status
    const longer = (Number.parseInt(until, 36) + 60).toString(36)
    const turned = `${mac.slice(0, -1)}${mac.endsWith('A') ? 'B' : 'A'}`
    const made = [
      [id, longer, nonce, mac],
      [foreignId, until, nonce, mac],
      [id, until, `${nonce.slice(0, -1)}-`, mac],
      [id, until, nonce, `${turned.slice(0, -2)}__`],
      [id],
    ].map((it) => it.join('.'))
    expect(await Promise.all(made.map(status))).toEqual([404, 404, 404, 404, 404])
    expect(await status(ticket)).toBe(200)
    for (const name of ['a%00b', '%00', '%2e%2e/%2e%2e/etc/passwd', '%E0%A4%A'])
      expect((await as.applicant.get(`/scorm/${ticket}/${name}`)).status, name).toBe(404)
    const before = app.clock.at
    app.clock.at = new Date(before.getTime() + 4 * 3_600_000 - 1_000)
    expect(await status(ticket)).toBe(200)
    app.clock.at = new Date(before.getTime() + 4 * 3_600_000)
    expect(await status(ticket)).toBe(404)
    app.clock.at = before
    expect((await as.stranger.post(`${at}/${mine.id}/units/${mine.unitId}/launches`, { scoId: 'one' })).status).toBe(
      404,
    )
    expect((await as.applicant.post(`${at}/${mine.id}/units/${mine.unitId}/launches`, { scoId: 'three' })).status).toBe(
      404,
    )
  })

  test('finds again what it needs to go on, and nothing of points, times and answers is kept', async () => {
    const place = await opened()
    await json(
      await keep(place, {
        'cmi.suspend_data': '学到第三页',
        'cmi.core.lesson_location': 'p3',
        'cmi.core.lesson_status': 'incomplete',
        'cmi.core.exit': 'suspend',
        'cmi.core.score.raw': '59',
        'cmi.core.session_time': '00:41:07',
        'cmi.core.total_time': '01:41:07',
        'cmi.core.student_name': '别人',
        'cmi.interactions.0.student_response': '选了乙',
        'cmi.interactions.0.time': '10:00:00',
        'cmi.objectives.0.id': '目标一',
        'cmi.objectives.0.score.raw': '58',
        'cmi.comments': '这一页没看懂',
        constructor: 'x',
      }),
      204,
    )
    const { elements } = await launch(place)
    expect(elements).toEqual({
      'cmi.core.student_id': 'learner',
      'cmi.core.student_name': '学员',
      'cmi.core.credit': 'no-credit',
      'cmi.core.lesson_mode': 'normal',
      'cmi.core.entry': 'resume',
      'cmi.core.lesson_status': 'incomplete',
      'cmi.core.lesson_location': 'p3',
      'cmi.launch_data': 'level=2',
      'cmi.student_data.mastery_score': '80',
      'cmi.suspend_data': '学到第三页',
      'cmi.objectives.0.id': '目标一',
    })
    expect((await launch(place, 'one', as.secretary)).elements).not.toHaveProperty('cmi.suspend_data')
    expect((await launch(place, 'two')).elements).not.toHaveProperty('cmi.suspend_data')
    const [row] = await build.look((db) =>
      db.select().from(tables.coursewareProgress).where(eq(tables.coursewareProgress.unitId, place.unitId)),
    )
    expect(row?.state).toMatch(/^[\w-]+(\.[\w-]+){3}$/)
    expect(JSON.stringify(row)).not.toMatch(/第三页|41:07|suspend_data/)
    expect((await keep(place, { 'cmi.suspend_data': 'x'.repeat(65_537) })).status).toBe(400)
    expect((await keep(place, {}, 'three')).status).toBe(409)
  })

  test('keeps so much of all its contents together and no more', async () => {
    const parts = Array.from({ length: 40 }, (_, at) => ({ id: `p${at}`, title: `第${at + 1}课`, href: 'a.html' }))
    const place = await opened(packed({ 'imsmanifest.xml': manifest12(parts), 'a.html': page('一') }))
    const answers: number[] = []
    for (const { id } of parts)
      answers.push((await keep(place, { 'cmi.suspend_data': '学'.repeat(65_536) }, id)).status)
    const kept = answers.filter((it) => it === 204).length
    expect(answers).toEqual(answers.map((_, at) => (at < kept ? 204 : 409)))
    expect(kept).toBe(31)
    expect((await launch(place, 'p30')).elements['cmi.suspend_data']).toHaveLength(65_536)
    expect((await launch(place, 'p31')).elements).not.toHaveProperty('cmi.suspend_data')
    // Less of one makes room for another.
    await json(await keep(place, { 'cmi.suspend_data': '短' }, 'p0'), 204)
    await json(await keep(place, { 'cmi.suspend_data': '学'.repeat(65_536) }, 'p31'), 204)
  })

  test('has its unit finished once all of it has been gone through', async () => {
    const place = await opened()
    const own = async () => (await unit(as.applicant, place.id, place.unitId)).own
    await json(await keep(place, { 'cmi.core.lesson_status': 'completed' }), 204)
    expect(await own()).toEqual({ isFinished: false, atSeconds: 0 })
    await json(await keep(place, { 'cmi.core.lesson_status': 'failed' }, 'two'), 204)
    expect((await own())?.isFinished).toBe(false)
    await json(await keep(place, { 'cmi.core.lesson_status': 'passed' }, 'two'), 204)
    expect((await own())?.isFinished).toBe(true)
    const { package: shown } = await unit(as.applicant, place.id, place.unitId)
    expect(shown?.scos.map((it) => it.isFinished)).toEqual([true, true])
    expect((await unit(as.secretary, place.id, place.unitId)).package?.scos.map((it) => it.isFinished)).toEqual([
      false,
      false,
    ])
  })

  test('is exchanged for another one, whose contents alone stay; what was kept for the first counts no more', async () => {
    const place = await opened()
    await json(await keep(place, { 'cmi.suspend_data': '旧的' }), 204)
    const { src } = await launch(place)
    const held = async () => {
      const packages = await build.look((db) =>
        db.select({ id: tables.coursewarePackages.id }).from(tables.coursewarePackages),
      )
      const contents = await build.look((db) => db.select().from(archiveHeldContents))
      return [packages.length, contents.filter((it) => packages.some(({ id }) => id === it.heldBy)).length]
    }
    const [packages = 0, contents = 0] = await held()
    const other: UnitChange = {
      kind: 'package',
      title: '新版',
      uploadId: await sent(
        packed({
          'imsmanifest.xml': manifest2004([{ id: 'one', title: '新的一课', href: 'a.htm' }]),
          'a.htm': page('新'),
        }),
      ),
    }
    await json(await changed(as.secretary, `/${place.id}/units/${place.unitId}`, other, 1), 204)
    expect(await held()).toEqual([packages, contents - 5 + 2])
    expect((await app.browser().get(src)).status).toBe(404)
    const now = await launch(place)
    expect([now.standard, now.elements]).toEqual([
      '2004',
      {
        ...{ 'cmi.learner_id': 'learner', 'cmi.learner_name': '学员', 'cmi.credit': 'no-credit', 'cmi.mode': 'normal' },
        ...{
          'cmi.entry': 'ab-initio',
          'cmi.completion_status': 'unknown',
          'cmi.success_status': 'unknown',
          'cmi.launch_data': '',
        },
      },
    ])
    await json(
      await changed(as.secretary, `/${place.id}/units/${place.unitId}`, { kind: 'package', title: '只改名称' }, 2),
      204,
    )
    expect((await launch(place)).standard).toBe('2004')
    await json(await keep(place, { 'cmi.completion_status': 'completed', 'cmi.score.scaled': '0.3' }), 204)
    expect((await unit(as.applicant, place.id, place.unitId)).own?.isFinished).toBe(true)
  })
})
