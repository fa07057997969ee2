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
    const hasDraft = async (by: Browser) => (await json<ActivityView>(await by.get(`${at}/${id}`))).hasDraft
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
