import { expect, test } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import type { BuiltPerson } from '../../../test/factories.ts'
import { trainings } from '../../../test/trainings.ts'
import { newId } from '../../platform/ids.ts'
import { activities, activitySignUps } from '../activities/tables.ts'
import { exchangeCards, exchangeCases } from '../exchanges/tables.ts'
import { articles, siteArticles } from '../publicity/tables.ts'
import type { OwnWorks } from './acceptance-schema.ts'
import { trainingAssignments, trainingReflections } from './tables.ts'

const app = await testApp()
const { build } = app
const { tenantId, look, wang, li } = build
const { as, at, json, programme } = await trainings(app)
const { id: organizationId, path } = build.branch
const instant = new Date('2026-03-01T20:00:00Z')
const text = { title: '', problem: '', done: '', effect: '', conditions: '', learning: '', contact: '' }

const worksOf = async (by: Browser) => (await json<OwnWorks>(await by.get(`${at}/works`))).items

/** A case of somebody, and what became of it. */
async function theCase(by: BuiltPerson, title: string, { isSubmitted = true, card = '' } = {}) {
  const [id, exchangeId, cardId] = [newId(), newId(), newId()]
  await look(async (db) => {
    await db.insert(exchangeCases).values({
      ...{ tenantId, id, exchangeId, path, authorId: by.id, authorName: by.name, institution: '' },
      ...{ text: { ...text, title }, submittedAt: isSubmitted ? instant : null },
    })
    if (card === '') return
    await db.insert(exchangeCards).values({
      ...{ tenantId, id: cardId, organizationId, path, exchangeId, caseId: id, authorName: by.name, institution: '' },
      ...{ text: { ...text, title, topics: [] }, folded: title, publishedBy: '某同志', publishedAt: instant },
      ...(card === 'withdrawn' && { withdrawnAt: instant, withdrawReason: '重复' }),
    })
  })
  return { case: `/training/exchanges/${exchangeId}/cases/${id}`, card: `/training/exchanges/cards/${cardId}` }
}

async function theActivity(by: BuiltPerson, title: string, state: 'recorded' | 'announced' | 'cancelled') {
  const id = newId()
  await look(async (db) => {
    await db.insert(activities).values({
      ...{ tenantId, id, organizationId, path, kind: 'other', title, summary: '', fromOn: '2026-02-10', place: '' },
      ...{ link: '', speaker: '', aboutSpeaker: '', plan: { aims: '', steps: [], materials: '' } as never },
      ...{ attachments: [], folded: title, createdBy: '某同志', announcedAt: instant },
      ...(state !== 'announced' && { recordedAt: instant, recordedBy: '某同志' }),
      ...(state === 'cancelled' && { cancelledAt: instant, cancelReason: '改期' }),
    })
    await db.insert(activitySignUps).values({ tenantId, activityId: id, personId: by.id, path, seq: 1 })
  })
  return `/activities/${id}`
}

/** An article by the account that somebody signs in with, on the site under a number or not there. */
async function theArticle(by: Browser, title: string, number?: number) {
  const { account } = await json<{ account: { id: string } }>(await by.get('/api/accounts/session'))
  const id = newId()
  await look(async (db) => {
    await db.insert(articles).values({
      ...{ tenantId, id, organizationId, path, sectionId: newId(), isOpen: true, text: { title } as never, title },
      ...{ authorAccountId: account.id, authorName: '某', editedByAccountId: account.id, editedByName: '某' },
    })
    if (number === undefined) return
    await db.insert(siteArticles).values({
      ...{ tenantId, articleId: id, number, organizationId, path, sectionId: newId(), isOpen: true, title },
      ...{ summary: '', byline: {} as never, html: '', coverAlt: '', publishedAt: instant, corrections: [] },
      ...{ folded: title, words: [] },
    })
  })
}

async function theReflection(by: BuiltPerson, title: string, versions: number) {
  const [id, promptId] = [newId(), newId()]
  const programmeId = await programme([by], { title: '春季培训班' })
  await look(async (db) => {
    await db.insert(trainingAssignments).values({
      ...{ tenantId, programmeId, path, changedBy: '某同志' },
      prompts: [{ id: promptId, title, about: '', hintCharacters: null }],
    })
    await db.insert(trainingReflections).values({
      ...{ tenantId, id, programmeId, promptId, personId: by.id, path, versions, startedAt: instant },
      text: { type: 'doc', content: [] },
    })
  })
  return `/training/reflections/${id}`
}

test('offered are the own works that stand where others find them, and nobody else’s', async () => {
  const carded = await theCase(wang, '支部学习日', { card: 'published' })
  const taken = await theCase(wang, '结对宿舍', { card: 'withdrawn' })
  await theCase(wang, '没有交的案例', { isSubmitted: false })
  await theCase(li, '别人的案例')
  const activity = await theActivity(wang, '清明祭扫', 'recorded')
  await theActivity(wang, '还没有开展的活动', 'announced')
  await theActivity(wang, '取消的活动', 'cancelled')
  await theActivity(li, '别人的活动', 'recorded')
  await theArticle(as.applicant, '我身边的党员', 7)
  await theArticle(as.applicant, '没有发布的文章')
  await theArticle(as.secretary, '别人的文章', 8)
  const reflection = await theReflection(wang, '学党章的体会', 1)
  await theReflection(wang, '没有交的心得', 0)
  await theReflection(li, '别人的心得', 1)

  const works = await worksOf(as.applicant)
  const of = (url: string) => works.find((it) => it.url === url)
  // The instant is a day later in China than in Greenwich.
  expect(of(carded.card)).toEqual({ kind: 'card', title: '支部学习日', url: carded.card, on: '2026-03-02' })
  expect(of(taken.case)).toEqual({ kind: 'case', title: '结对宿舍', url: taken.case, on: '2026-03-02' })
  expect(of(activity)).toEqual({ kind: 'activity', title: '清明祭扫', url: activity, on: '2026-02-10' })
  expect(of('/site/articles/7')).toMatchObject({ kind: 'article', title: '我身边的党员', on: '2026-03-02' })
  expect(of(reflection)).toMatchObject({ kind: 'reflection', title: '春季培训班：学党章的体会', on: '2026-03-02' })
  expect(works).toHaveLength(5)
  expect(works.at(-1)?.kind).toBe('activity')
})
