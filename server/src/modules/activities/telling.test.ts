import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testApp } from '../../../test/app.ts'
import { today } from '../../../test/factories.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { upload } from '../../../test/uploads.ts'
import type { NoticeView } from '../notices/schema.ts'
import { organizations } from '../organization/tables.ts'
import type { ArticleView } from '../publicity/schema.ts'
import { type ActivityFields, type ActivityView, blankPlan } from './schema.ts'

const app = await testApp()
const { build } = app
const signedIn = (actor: TestActor) => app.signedIn(app.accounts[actor])
const [secretary, organiser] = [await signedIn('secretary'), await signedIn('organiser')]
const applicant = await signedIn('applicant')
const { id: sectionId } = await json<{ id: string }>(
  await (await signedIn('publicity')).post('/api/publicity/sections', {
    name: '支部动态',
    slug: 'branches',
    about: '',
  }),
  201,
)

const at = '/api/activities'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

const fields = (more: Partial<ActivityFields>): ActivityFields => ({
  ...{ kind: 'other', title: '一起读书', summary: '', dayKey: null, fromOn: today, untilOn: null },
  ...{ startMinute: null, endMinute: null, place: '', link: '', speaker: '', aboutSpeaker: '' },
  ...{ plan: blankPlan, attachments: [], signUp: null, ...more },
})
const prepare = async (by: Browser, organization: { id: string }, more: Partial<ActivityFields> = {}) =>
  (await json<{ id: string }>(await by.post(at, { organizationId: organization.id, ...fields(more) }), 201)).id
const changed = async (id: string, more: Partial<ActivityFields>) =>
  json(await write(secretary, 'PUT', id, '', fields(more)), 204)
const write = async (by: Browser, method: string, id: string, path: string, body?: object) =>
  by.request(method, `${at}/${id}${path}`, body, {
    'if-match': (await by.get(`${at}/${id}`)).headers.get('etag') ?? '',
  })
const announced = async (more: Partial<ActivityFields> = {}) => {
  const id = await prepare(secretary, build.branch, more)
  await json(await write(secretary, 'POST', id, '/announcement'), 204)
  return id
}

describe('the notice of an activity', () => {
  const draftOf = async (more: Partial<ActivityFields>) => {
    const { id } = await json<{ id: string }>(await secretary.post(`${at}/${await announced(more)}/notice`), 201)
    return (await json<{ body: string }>(await secretary.get(`/api/notices/${id}`))).body
  }

  test('says each thing as it is written in the plan, whatever signs stand in it', async () => {
    const plan = { ...blankPlan, noticeText: '{单位}在{地点}。' }
    expect(await draftOf({ place: "三教$&$'{时间}", plan })).toMatch(`${build.branch.name}在三教$&$'{时间}。\n\n详情：`)
  })

  test('sends nobody to look for the place of a meeting that is online', async () => {
    expect(await draftOf({ link: 'https://meeting.example.cn/1' })).toContain('\n地点：线上，会议网址见活动页面\n')
    expect(await draftOf({})).toContain('\n地点：另行告知\n')
  })

  test('is drafted once while it waits, and anew when it was sent or given up', async () => {
    const id = await announced()
    const draft = async () => (await json<{ id: string }>(await secretary.post(`${at}/${id}/notice`), 201)).id
    const hasDraft = async (by: Browser) => (await json<ActivityView>(await by.get(`${at}/${id}`))).draft !== null
    expect(await hasDraft(secretary)).toBe(false)
    const [first, second] = await Promise.all([draft(), draft()])
    expect([first === second, await draft()]).toEqual([true, first])
    expect([await hasDraft(secretary), await hasDraft(applicant)]).toEqual([true, false])
    await json(await secretary.post(`/api/notices/${first}/dropping`, { reason: '改用海报' }), 204)
    expect(await hasDraft(secretary)).toBe(false)
    const next = await draft()
    const { body, audience, organization } = await json<NoticeView>(await secretary.get(`/api/notices/${next}`))
    const elsewhere = { kind: 'information', title: '一起读书', body, audience, organizationId: build.college.id }
    const moved = await organiser.request('PUT', `/api/notices/${next}`, elsewhere, { 'if-match': '"1"' })
    expect([next === first, organization.id, moved.status]).toEqual([false, build.branch.id, 204])
    // What now waits in the name of the college is not the secretary's to send.
    const own = await draft()
    expect([first, next].includes(own)).toBe(false)
  })

  test('is drafted until the last day of the activity, and not after', async () => {
    const id = await announced()
    await json(await write(secretary, 'PUT', id, '', fields({ fromOn: '2026-11-22', untilOn: today })), 204)
    await json(await secretary.post(`${at}/${id}/notice`), 201)
    await json(await write(secretary, 'PUT', id, '', fields({ fromOn: '2026-11-21', untilOn: '2026-11-22' })), 204)
    expect((await json<ActivityView>(await secretary.get(`${at}/${id}`))).can.notify).toBe(false)
    await json(await secretary.post(`${at}/${id}/notice`), 409)
  })
})

describe('the draft of a notice that waits while its activity is changed', () => {
  const before = { fromOn: '2026-12-04', startMinute: 14 * 60, endMinute: 15 * 60, place: '三教 201' } as const
  const drafted = async (more: Partial<ActivityFields> = {}) => {
    const id = await announced({ ...before, ...more })
    const { id: noticeId } = await json<{ id: string }>(await secretary.post(`${at}/${id}/notice`), 201)
    return { id, noticeId }
  }
  const noticeOf = async (noticeId: string, by = secretary) => {
    const answer = await by.get(`/api/notices/${noticeId}`)
    return { ...(await json<NoticeView>(answer)), tag: answer.headers.get('etag') ?? '' }
  }
  const edit = async (
    noticeId: string,
    more: Partial<Record<'title' | 'body' | 'organizationId', string>>,
    by = secretary,
  ) => {
    const { kind, title, body, happensOn, audience, tag } = await noticeOf(noticeId, by)
    const change = { kind, title, body, happensOn, audience, ...more }
    await json(await by.request('PUT', `/api/notices/${noticeId}`, change, { 'if-match': tag }), 204)
  }
  const send = async (noticeId: string) =>
    json(await secretary.request('POST', `/api/notices/${noticeId}/sending`, {}, { 'if-match': '"1"' }), 204)
  const renew = (noticeId: string, tag: string) =>
    secretary.request('POST', `/api/notices/${noticeId}/renewal`, {}, { 'if-match': tag })
  const when = { label: '时间', now: '12月5日 14:00—15:00' }
  const where = { label: '地点', now: '二教 208' }

  test('follows by itself where nobody has written in it', async () => {
    const { id, noticeId } = await drafted()
    await changed(id, { ...before, title: '一起读两本书', fromOn: '2026-12-05', place: '二教 208' })
    const { title, body, happensOn, lacks } = await noticeOf(noticeId)
    expect({ title, happensOn, lacks }).toEqual({ title: '一起读两本书', happensOn: '2026-12-05', lacks: [] })
    expect(body).toContain('时间：12月5日 14:00—15:00\n地点：二教 208\n')
    await changed(id, { ...before, summary: '带一本书来', fromOn: '2026-12-05' })
    expect((await noticeOf(noticeId)).body).toMatch(/^带一本书来\n时间：12月5日/)
  })

  test('says what does not stand in it where somebody has, and is written anew when they want', async () => {
    const { id, noticeId } = await drafted()
    const own = '周五下午两点（12月4日 14:00—15:00）在三教 201 读书，带上杯子。'
    await edit(noticeId, { body: own })
    expect((await noticeOf(noticeId)).lacks).toEqual([])
    await changed(id, { ...before, fromOn: '2026-12-05', place: '二教 208' })
    const behind = await noticeOf(noticeId)
    expect([behind.body, behind.happensOn, behind.lacks]).toEqual([own, '2026-12-05', [when, where]])
    const revision = Number(behind.tag.replaceAll('"', ''))
    const { draft } = await json<ActivityView>(await secretary.get(`${at}/${id}`))
    expect(draft).toEqual({ id: noticeId, revision, lacks: [when, where] })
    expect((await json<ActivityView>(await applicant.get(`${at}/${id}`))).draft).toBe(null)

    await json(await renew(noticeId, '"1"'), 412)
    await json(await renew(noticeId, behind.tag), 204)
    const renewed = await noticeOf(noticeId)
    expect([renewed.body?.split('\n')[1], renewed.lacks]).toEqual(['时间：12月5日 14:00—15:00', []])
  })

  test.each<[string, string, object[]]>([
    ['all of it', '12月5日（周六）14：00 至 15：00，二教208', []],
    ['the day in another way', '2026-12-05 14:00—15:00 二教 208', []],
    ['the old place', '12月5日 14:00—15:00 三教 201', [where]],
    ['another hour', '12月5日 16:00—17:00 二教 208', [when]],
    ['a day with the same end', '12月15日、2月5日 14:00—15:00 二教 208', [when]],
    ['a longer number', '12月5日 14:00—15:00 二教 2081', [where]],
  ])('with %s in it lacks what does not stand there', async (_, body, lacks) => {
    const { noticeId } = await drafted({ fromOn: '2026-12-05', place: '二教 208' })
    await edit(noticeId, { body })
    expect((await noticeOf(noticeId)).lacks).toEqual(lacks)
  })

  test('lacks nothing for which its plan leaves no place', async () => {
    const plan = { ...blankPlan, noticeText: '{时间}见，地点看群里。' }
    const { noticeId } = await drafted({ plan })
    await edit(noticeId, { body: '到时候见。' })
    expect((await noticeOf(noticeId)).lacks).toEqual([{ label: '时间', now: '12月4日 14:00—15:00' }])
  })

  test('goes with the activity that is not held; one that nobody has begun from an activity is not written anew', async () => {
    const { id, noticeId } = await drafted()
    await json(await secretary.post(`${at}/${id}/cancellation`, { reason: '教室被占用' }), 204)
    const { dropReason, can } = await noticeOf(noticeId)
    expect([dropReason, can.send]).toEqual(['活动已经取消', false])
    const { kind, title, body, audience } = await noticeOf(noticeId)
    const free = { kind, title, body, audience, organizationId: build.branch.id }
    const { id: other } = await json<{ id: string }>(await secretary.post('/api/notices', free), 201)
    expect((await noticeOf(other)).begunFrom).toBe(null)
    await json(await renew(other, '"1"'), 409)
  })

  test('is written anew no more once it was sent, and says so', async () => {
    const { noticeId } = await drafted({ fromOn: '2026-12-20' })
    await send(noticeId)
    expect(await json(await renew(noticeId, '"2"'), 409)).toMatchObject({
      detail: '这条通知已经发出，不能更新。请刷新页面查看。',
    })
  })

  test('is taken up again when it was moved to another organisation and back', async () => {
    const { id, noticeId } = await drafted()
    await edit(noticeId, { organizationId: build.college.id }, organiser)
    expect((await json<ActivityView>(await secretary.get(`${at}/${id}`))).draft).toBe(null)
    await edit(noticeId, { organizationId: build.branch.id }, organiser)
    expect(await json(await secretary.post(`${at}/${id}/notice`), 201)).toEqual({ id: noticeId })
    await changed(id, { ...before, place: '二教 208' })
    expect((await noticeOf(noticeId)).body).toContain('地点：二教 208\n')
  })

  describe('once sent stays as it went, and whoever holds the activity sees that it is to be corrected', () => {
    const soon = { ...before, fromOn: '2026-12-20' } as const
    const toCorrect = async (id: string) => (await json<ActivityView>(await secretary.get(`${at}/${id}`))).toCorrect
    const another = async (id: string) =>
      (await json<{ id: string }>(await secretary.post(`${at}/${id}/notice`), 201)).id
    const drop = async (noticeId: string) =>
      json(await secretary.post(`/api/notices/${noticeId}/dropping`, { reason: '一条就够' }), 204)
    const correct = async (noticeId: string, place: string) => {
      const { kind, title, body } = await noticeOf(noticeId)
      const correction = { kind, title, body: body?.replace(/地点：.*/, `地点：${place}`), reason: '换了教室' }
      return (await json<{ id: string }>(await secretary.post(`/api/notices/${noticeId}/correction`, correction), 201))
        .id
    }

    test.each<[string, (it: { id: string; noticeId: string }) => Promise<string | null>]>([
      ['as it is', async ({ noticeId }) => noticeId],
      ['by what corrected it', async ({ noticeId }) => correct(noticeId, '三教 202')],
      ['by what corrected it last', async ({ noticeId }) => correct(await correct(noticeId, '三教 202'), '三教 203')],
      ['not where it was put right', async ({ noticeId }) => correct(noticeId, '二教 208').then(() => null)],
      ['while another waits', async ({ id, noticeId }) => another(id).then(() => noticeId)],
      [
        'after another was given up',
        async ({ id, noticeId }) =>
          another(id)
            .then(drop)
            .then(() => noticeId),
      ],
      [
        'by the one that was sent after the first was taken back',
        async ({ id, noticeId }) => {
          await json(await secretary.post(`/api/notices/${noticeId}/recall`, { reason: '重发' }), 204)
          const next = await another(id)
          await send(next)
          return next
        },
      ],
    ])('%s', async (_, meanwhile) => {
      const it = await drafted(soon)
      await send(it.noticeId)
      expect(await toCorrect(it.id)).toBe(null)
      const wanted = await meanwhile(it)
      await changed(it.id, { ...soon, place: '二教 208' })
      expect(await toCorrect(it.id)).toEqual(wanted && { id: wanted, lacks: [where] })
      expect((await noticeOf(it.noticeId)).body).toContain('三教 201')
    })
  })

  test('is not sent, nor is its activity announced, as somebody has not read it; nothing was written that could be lost', async () => {
    const { noticeId } = await drafted({ fromOn: '2026-12-20' })
    await edit(noticeId, { title: '一起读两本书' })
    const id = await prepare(secretary, build.branch)
    await changed(id, {})
    const tag = { 'if-match': '"1"' }
    const answers = await Promise.all([
      secretary.request('POST', `/api/notices/${noticeId}/sending`, {}, tag),
      secretary.request('POST', `${at}/${id}/announcement`, undefined, tag),
    ])
    const said = (it: string) => ({ detail: `${it}刚刚有人修改过，这次没有办理。请刷新页面，看过新的内容再操作。` })
    expect(await Promise.all(answers.map((it) => json(it, 412)))).toMatchObject([said('这条通知'), said('这项活动')])
  })
})

describe('the record of an activity', () => {
  const picture = async (by: Browser, altText: string) => {
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a33' } })
      .png()
      .toBuffer()
    const body = {
      uploadId: await upload(by, bytes, 'pictures.png', 'media'),
      description: { altText, showsPersons: 'nobody' },
    }
    return (await json<{ id: string }>(await by.post('/api/media/items', body), 201)).id
  }

  test('becomes an article and a paper without the pictures that were withdrawn, and without those of others', async () => {
    const pictures = {
      kept: await picture(secretary, '大家围坐读书'),
      withdrawn: await picture(secretary, '不该再用的一张'),
      foreign: await picture(organiser, '组织员拍的一张'),
    }
    const id = await announced({ summary: `${'读'.repeat(299)}😀书` })
    const record = { happened: '大家读了书。', headcount: null, summary: '', pictureIds: [pictures.foreign] }
    await json(await write(organiser, 'PUT', id, '/record', record), 204)
    const { withdrawn, kept, foreign } = pictures
    const all = { ...record, pictureIds: [withdrawn, kept, foreign] }
    await json(await write(secretary, 'PUT', id, '/record', all), 204)
    const reason = { reason: '照片里的同学不同意' }
    await json(await secretary.post(`/api/media/items/${withdrawn}/withdrawal`, reason), 204)

    const { id: articleId } = await json<{ id: string }>(
      await secretary.post(`${at}/${id}/article`, { sectionId }),
      201,
    )
    const { text } = await json<ArticleView>(await secretary.get(`/api/publicity/articles/${articleId}`))
    expect(text.body.content.filter((it) => it.type === 'picture')).toEqual([
      { type: 'picture', attrs: { mediaId: kept, alt: '大家围坐读书', caption: '', width: 'full' } },
    ])
    expect(text.summary).toBe('读'.repeat(299))

    await json(await secretary.post(`${at}/${id}/article`, { sectionId }), 409)
    await json(await secretary.post(`/api/publicity/articles/${articleId}/dropping`), 204)
    const viewOf = () => secretary.get(`${at}/${id}`).then((it) => json<ActivityView>(it))
    expect(await viewOf()).toMatchObject({ articleId: null, can: { beginArticle: true } })
    const again = await json<{ id: string }>(await secretary.post(`${at}/${id}/article`, { sectionId }), 201)
    expect(await viewOf()).toMatchObject({ articleId: again.id, can: { beginArticle: false } })

    const { id: documentId } = await json<{ id: string }>(await secretary.post(`${at}/${id}/record/filing`), 201)
    const content = await secretary.get(`/api/archive/documents/${documentId}/content`)
    const paper = textOfPages(new Uint8Array(await content.arrayBuffer())).join('')
    expect(paper).toContain('大家围坐读书')
    expect(paper).not.toContain('不该再用的一张')
  })
})

test('an activity of an organisation that was dissolved meanwhile is announced to nobody, but what was held is recorded', async () => {
  const [coming, held] = [await prepare(organiser, build.sibling), await prepare(organiser, build.sibling)]
  await build.look((db) =>
    db.update(organizations).set({ dissolvedOn: today }).where(eq(organizations.id, build.sibling.id)),
  )
  await json(await write(organiser, 'POST', coming, '/announcement'), 409)
  const record = { happened: '大家读了书。', headcount: null, summary: '', pictureIds: [] }
  await json(await write(organiser, 'PUT', held, '/record', record), 204)
})
