import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { today } from '../../../test/factories.ts'
import { upload } from '../../../test/uploads.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import type { ArticleRow, ArticleText, ArticleView, PublicitySettings } from './schema.ts'
import { siteArticles, siteMedia } from './tables.ts'

let app: TestApp
let secretary: Browser
let deputy: Browser
let sibling: Browser
let distant: Browser
let college: Browser
let publicity: Browser
let student: Browser
let stranger: Browser
let sectionId: string

beforeAll(async () => {
  app = await testApp()
  const { build, accounts } = app
  const officer = async (name: string, place: typeof build.branch, office: 'publicityMember' | 'deputySecretary') => {
    const person = await build.person(place, { name })
    await build.office(person, place, office)
    return app.signedIn(await app.account({ person, name }))
  }
  deputy = await officer('何以宁', build.branch, 'publicityMember')
  college = await officer('苏明哲', build.college, 'deputySecretary')
  secretary = await app.signedIn(accounts.secretary)
  sibling = await app.signedIn(accounts.siblingSecretary)
  distant = await app.signedIn(accounts.distantSecretary)
  publicity = await app.signedIn(accounts.publicity)
  student = await app.signedIn(accounts.applicant)
  stranger = await app.signedIn(accounts.stranger)
  sectionId = await made(publicity.post('/api/publicity/sections', { name: '支部动态', slug: 'branches' }))
})

const made = async (answer: Promise<Response>): Promise<string> => {
  const response = await answer
  expect([response.status, await response.clone().json()]).toEqual([201, { id: expect.any(String) }])
  return (await response.json()).id
}

const doc = (...lines: string[]): RichText => ({
  type: 'doc',
  content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})

const text = (differs: Partial<ArticleText> = {}): ArticleText => ({
  title: '支部开展主题党日',
  summary: '',
  body: doc('十一月二十日，支部党员到校史馆参观。', '参观后大家交流了体会。'),
  byline: { author: '', source: '', photographer: '', editor: '' },
  cover: null,
  ...differs,
})

const begin = (by: Browser, differs: Partial<ArticleText> = {}, more: object = {}): Promise<string> =>
  made(
    by.post('/api/publicity/articles', {
      ...{ organizationId: app.build.branch.id, sectionId, isOpen: false },
      text: text(differs),
      ...more,
    }),
  )

const at = (id: string, rest = '') => `/api/publicity/articles/${id}${rest}`
const view = async (by: Browser, id: string): Promise<ArticleView> => (await by.get(at(id))).json()
const match = async (by: Browser, id: string) => ({ 'if-match': (await by.get(at(id))).headers.get('etag') ?? '' })
const submit = async (by: Browser, id: string, correctionNote: string | null = null) =>
  by.post(at(id, '/submission'), { correctionNote }, await match(by, id))
const review = async (by: Browser, id: string, verdict = 'approved', opinion = '') =>
  by.post(at(id, '/reviews'), { version: (await view(by, id)).submittedVersion, verdict, opinion })
const publish = (by: Browser, id: string, instant: string | null = null) =>
  by.post(at(id, '/publication'), { at: instant })
const save = async (by: Browser, id: string, differs: Partial<ArticleText>, headers?: Record<string, string>) =>
  by.put(at(id), { sectionId, isOpen: false, text: text(differs) }, headers ?? (await match(by, id)))

/** What an answer says: its status, and of a refusal the sentence. */
async function said(answer: Response | Promise<Response>): Promise<unknown> {
  const response = await answer
  return response.ok ? response.status : [response.status, (await response.json()).detail]
}

/** Answers that must have been given, one after another. */
async function all(...steps: (() => Promise<Response>)[]): Promise<void> {
  for (const step of steps) {
    const answer = await step()
    expect(await said(answer)).toBe(answer.ok ? answer.status : 'done')
  }
}

const onSite = (id: string) =>
  app.build.look(async (db) => (await db.select().from(siteArticles)).filter((it) => it.articleId === id))

const settle = async (differs: Partial<PublicitySettings>) => {
  const answer = await publicity.get('/api/publicity/settings')
  const { can: _, ...settings } = await answer.json()
  const etag = { 'if-match': answer.headers.get('etag') ?? '' }
  expect(await said(publicity.put('/api/publicity/settings', { ...settings, ...differs }, etag))).toBe(204)
}

describe('the way of an article', () => {
  test('is written by a student, reviewed by an officer, published, corrected and withdrawn', async () => {
    const id = await begin(student)
    expect(await view(student, id)).toMatchObject({
      state: 'writing',
      can: { write: true, submit: true, review: false },
    })
    await all(
      () => save(student, id, { title: '支部参观校史馆' }),
      () => submit(student, id),
    )
    expect(await view(secretary, id)).toMatchObject({ state: 'inReview', submittedVersion: 1, can: { review: true } })
    await all(() => review(secretary, id))
    expect(await view(student, id)).toMatchObject({ state: 'approved', can: { write: false, publish: false } })
    await all(() => publish(secretary, id))
    expect(await view(student, id)).toMatchObject({
      state: 'published',
      isBeingCorrected: false,
      number: 1,
      publishedVersion: 2,
      address: 'http://zhibu.test/site/articles/1',
    })
    expect(await onSite(id)).toMatchObject([
      {
        title: '支部参观校史馆',
        summary: '十一月二十日，支部党员到校史馆参观。 参观后大家交流了体会。',
        html: '<p>十一月二十日，支部党员到校史馆参观。</p>\n<p>参观后大家交流了体会。</p>',
        corrections: [],
      },
    ])

    await all(() => save(student, id, { title: '支部参观校史馆', summary: '更正后的摘要' }))
    expect(await view(student, id)).toMatchObject({ state: 'published', isBeingCorrected: true })
    expect(await said(submit(student, id))).toEqual([400, '稿件已经发布，请写明更正了什么，读者会看到'])
    await all(
      () => submit(student, id, '更正参观日期'),
      () => review(deputy, id),
      () => publish(deputy, id),
    )
    expect(await onSite(id)).toMatchObject([
      { number: 1, summary: '更正后的摘要', corrections: [{ at: expect.any(String), note: '更正参观日期' }] },
    ])

    expect(await said(student.post(at(id, '/withdrawal'), { reason: '照片有误' }))).toMatchObject([
      403,
      expect.any(String),
    ])
    await all(() => secretary.post(at(id, '/withdrawal'), { reason: '照片有误' }))
    expect(await onSite(id)).toEqual([])
    expect(await view(student, id)).toMatchObject({
      ...{ state: 'withdrawn', isBeingCorrected: false, withdrawalReason: '照片有误', number: 1 },
      can: {
        write: false,
        submit: false,
        takeBack: false,
        remark: false,
        review: false,
        publish: false,
        withdraw: false,
      },
    })
    const copy = await made(student.post(at(id, '/copies')))
    expect(await view(student, copy)).toMatchObject({ title: '支部参观校史馆', state: 'writing', number: null })
  })
})
