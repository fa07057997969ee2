import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { type BuiltOrganization, encryption, smallUniversity, today } from '../../test/factories.ts'
import { topicKindNames } from '../modules/discussion/names-schema.ts'
import { discussionOutcomes, discussionTopics } from '../modules/discussion/tables.ts'
import { rightsOf } from '../modules/organization/policy.ts'
import type { OfficeKind } from '../modules/organization/schema.ts'
import { Actor } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { talk } from './discussion.ts'

const database = await freshDatabase()
const build = await smallUniversity(database)
const { tenantId, college, branch, university } = build

test('whoever signs in to the demonstration finds topics of every kind, and suggestions in every state', async () => {
  const actorAt = async (at: BuiltOrganization, name: string, office?: OfficeKind) => {
    const { id: personId, path: home } = await build.person(at, { name })
    const grants = office ? [{ rights: rightsOf[office], path: at.path }] : []
    return new Actor({ accountId: newId(), personId, home, name, grants })
  }
  const department = await actorAt(university, '何清', 'orgDepartment')
  const cast = {
    university: { id: university.id, department, publicity: await actorAt(university, '何澈', 'publicityDepartment') },
    college: { id: college.id, organiser: await actorAt(college, '何泓', 'organiser') },
    branch: { id: branch.id, secretary: await actorAt(branch, '何淳', 'secretary') },
    members: await Promise.all(['何洁', '何润', '何泽', '何涵'].map((name) => actorAt(branch, name))),
  }
  await build.look((db) => talk({ db, tenantId, actor: department, today, requestId: newId(), encryption }, cast))

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
