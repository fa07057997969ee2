import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { type BuiltOrganization, encryption, smallUniversity, today } from '../../test/factories.ts'
import { stateOf } from '../modules/calls/policy.ts'
import { callEntries, callReviews, calls } from '../modules/calls/tables.ts'
import { rightsOf } from '../modules/organization/policy.ts'
import type { OfficeKind } from '../modules/organization/schema.ts'
import { Actor } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { callForEntries } from './calls.ts'

const database = await freshDatabase()
const build = await smallUniversity(database)
const { tenantId, college, branch, university } = build

test('whoever signs in to the demonstration finds a call at each stage, and works on the shelf', async () => {
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
  await build.look((db) =>
    callForEntries({ db, tenantId, actor: department, today, requestId: newId(), encryption }, cast),
  )

  const all = await build.look((db) => db.select().from(calls))
  expect(all.map((it) => stateOf(it, today)).sort()).toEqual(['decided', 'open', 'planned', 'reviewing'])
  const entries = await build.look((db) => db.select().from(callEntries))
  expect(entries.filter((it) => it.decision === 'accepted').length).toBe(3)
  expect(await build.look((db) => db.$count(callReviews))).toBe(4)
})
