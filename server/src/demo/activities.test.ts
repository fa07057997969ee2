import { expect, test } from 'vitest'
import { testApp } from '../../test/app.ts'
import { encryption, today } from '../../test/factories.ts'
import { activityStateNames } from '../modules/activities/names-schema.ts'
import { listActivities } from '../modules/activities/queries.ts'
import { Actor } from '../platform/context.ts'
import { holdActivities } from './activities.ts'

test('the demonstration has activities in every state but under way, and more who want to come than there are places', async () => {
  const { build, contents, accounts } = await testApp()
  const { tenantId, branch, college, university, li, wang, zhao } = build
  const department = build.officer('orgDepartment', university)
  const member = (it: typeof wang, accountId: string) =>
    new Actor({ accountId, personId: it.id, name: it.name, home: it.path })
  const members = [
    member(wang, accounts.applicant.id),
    member(li, accounts.secretary.id),
    member(zhao, accounts.stranger.id),
  ]
  const ground = { tenantId, today, requestId: 'demo', encryption }
  const states = await build.look(async (db) => {
    const ctx = { ...ground, db, actor: department }
    await holdActivities(ctx, contents.store, {
      university: { id: university.id, department, publicity: build.officer('publicityDepartment', university) },
      college: { id: college.id, organiser: build.officer('organiser', college) },
      branch: { id: branch.id, secretary: build.officer('secretary', branch, li) },
      members,
    })
    const all = []
    for (const only of ['coming', 'past', 'own'] as const)
      all.push(
        ...(await listActivities(ctx, { only, limit: 50 }, new Date(`${today}T02:00:00Z`))).items.map((it) => it.state),
      )
    return new Set(all)
  })
  expect([...states].toSorted()).toEqual(
    Object.keys(activityStateNames)
      .filter((it) => it !== 'underWay')
      .toSorted(),
  )
})
