import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { topicKindNames } from '../modules/discussion/names-schema.ts'
import { discussionOutcomes, discussionTopics } from '../modules/discussion/tables.ts'
import { newId } from '../platform/ids.ts'
import { talk } from './discussion.ts'

const database = await freshDatabase()
const build = await smallUniversity(database)
const { tenantId } = build

test('whoever signs in to the demonstration finds topics of every kind, and suggestions in every state', async () => {
  const cast = await demoCast(build)
  await build.look((db) =>
    talk({ db, tenantId, actor: cast.university.department, today, requestId: newId(), encryption }, cast),
  )

  const topics = await build.look((db) => db.select().from(discussionTopics))
  expect(topics.length).toBeGreaterThanOrEqual(12)
  expect(new Set(topics.map((it) => it.kind))).toEqual(new Set(Object.keys(topicKindNames)))
  expect(new Set(topics.map((it) => it.state))).toEqual(
    new Set([null, 'received', 'looking', 'accepted', 'declined', 'done']),
  )
  expect(topics.filter((it) => it.isProtected).length).toBe(1)
  expect(topics.filter((it) => it.mergedIntoId !== null).length).toBe(1)
  expect(await build.look((db) => db.$count(discussionOutcomes))).toBe(1)
})
