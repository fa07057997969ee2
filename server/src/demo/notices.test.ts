import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { developmentStandings } from '../modules/development/tables.ts'
import { listInbox, listSent } from '../modules/notices/queries.ts'
import { spellPerson } from '../modules/organization/pinyin.ts'
import type { Actor, Context } from '../platform/context.ts'
import { sendNotices } from './notices.ts'

const database = await freshDatabase()
const build = await smallUniversity(database)
const { tenantId, college, branch, university, li } = build

test('whoever signs in to the demonstration finds notices of each kind and in every state', async () => {
  const secretary = build.officer('secretary', branch, li)
  const organiser = build.officer('organiser', college)
  const publicity = build.officer('publicityDepartment', university)
  const stages = ['full', 'probationary', 'full', 'probationary', 'activist', 'full'] as const
  const people = await Promise.all(stages.map((_, at) => build.person(branch, { name: `何清${'一二三四五六'[at]}` })))
  await build.look((db) =>
    db.insert(developmentStandings).values(
      people.map(({ id: personId, path, name }, at) => ({
        ...{ tenantId, personId, path, stage: stages[at] ?? null, pinyin: spellPerson(name).pinyin },
        ...{ errorCount: 0, warningCount: 0, restatedOn: today },
      })),
    ),
  )
  const readers = people.map(build.himself)
  await inWhole(publicity, (ctx) =>
    sendNotices(database, ctx, {
      college: { id: college.id, organiser },
      branch: { id: branch.id, secretary },
      ...{ publicity, readers },
    }),
  )

  const inboxes = await Promise.all(readers.map(inboxOf))
  const [meeting, task, course, exhibition, opening] = [
    '支部党员',
    '核对本人',
    '入党积极',
    '校史馆主',
    '学院党员',
  ] as const
  const ofMember = [meeting, task, opening]
  const ofSecond = [meeting, task, `${exhibition} taken back`, opening]
  expect(inboxes).toEqual([
    { got: ofSecond, open: [exhibition] },
    { got: ofMember, open: [opening] },
    { got: ofSecond, open: [task, exhibition] },
    { got: ofMember, open: [meeting, task, opening] },
    { got: [course, `${course} corrected`, `${exhibition} taken back`, opening], open: [course, exhibition] },
    { got: ofMember, open: [meeting, task, opening] },
  ])
  const waiting = await build.as(secretary, (ctx) => listSent(ctx, { state: 'waiting', limit: 50 }))
  expect(waiting.items.map((it) => it.title)).toEqual(['主题党日：社区电脑维修志愿服务'])
})

const inWhole = <T>(actor: Actor, work: (ctx: Context) => Promise<T>): Promise<T> =>
  build.look((db) => work({ db, tenantId, actor, today, requestId: 'demo', encryption }))

/** The first words of what somebody has got, the last one first, and of what they have not answered yet. */
const inboxOf = (actor: Actor) =>
  build.as(actor, async (ctx) => {
    const [all, open] = [
      await listInbox(ctx, { open: false, limit: 50 }),
      await listInbox(ctx, { open: true, limit: 50 }),
    ]
    return {
      got: all.items.map(
        ({ title, recalledAt, correctedById }) =>
          `${title.slice(0, 4)}${recalledAt ? ' taken back' : ''}${correctedById ? ' corrected' : ''}`,
      ),
      open: open.items.map((it) => it.title.slice(0, 4)),
    }
  })
