import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../test/app.ts'
import { encryption, today } from '../../test/factories.ts'
import { listArticles } from '../modules/publicity/queries.ts'
import { siteArticles } from '../modules/publicity/tables.ts'
import { Actor } from '../platform/context.ts'
import { writeArticles } from './publicity.ts'

test('the demonstration has articles in every state, with drawn pictures on the site', async () => {
  const { build, contents, accounts } = await testApp()
  const { tenantId, branch, college, university, li, wang } = build
  const secretary = build.officer('secretary', branch, li)
  const publicity = build.officer('publicityDepartment', university)
  const reader = new Actor({ accountId: accounts.applicant.id, personId: wang.id, name: wang.name })
  const ground = { tenantId, today, requestId: 'demo', encryption }
  const list = await build.look(async (db) => {
    const ctx = { ...ground, db, actor: publicity }
    await writeArticles(ctx, contents.store, {
      ...{ university, college, publicity },
      branch: { id: branch.id, secretary },
      readers: [reader],
    })
    return listArticles(ctx, { forMe: false, mine: false, limit: 50 })
  })
  const states = list.items.map((it) => it.state)
  expect(states.toSorted()).toEqual([
    ...['approved', 'dropped', 'inReview', 'inReview'],
    ...['published', 'published', 'published', 'published', 'published', 'scheduled', 'withdrawn', 'writing'],
  ])
  const site = await build.look((db) => db.select().from(siteArticles).where(eq(siteArticles.tenantId, tenantId)))
  expect(site.filter((it) => it.coverForms !== null && it.html.includes(`/site/media/${it.coverId}/960`)).length).toBe(
    3,
  )
  expect(site.flatMap((it) => it.corrections.map((one) => one.note))).toEqual(['更正：周末为上午开放，原文误写为全天'])
})
