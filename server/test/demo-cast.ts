import { rightsOf } from '../src/modules/organization/policy.ts'
import type { OfficeKind } from '../src/modules/organization/schema.ts'
import { Actor } from '../src/platform/context.ts'
import { newId } from '../src/platform/ids.ts'
import type { BuiltOrganization, smallUniversity } from './factories.ts'

/** Those who speak and act in the demonstration, at a small university. */
export async function demoCast(build: Awaited<ReturnType<typeof smallUniversity>>) {
  const actorAt = async (at: BuiltOrganization, name: string, office?: OfficeKind) => {
    const { id: personId, path: home } = await build.person(at, { name })
    const grants = office ? [{ rights: rightsOf[office], path: at.path }] : []
    return new Actor({ accountId: newId(), personId, home, name, grants })
  }
  const { university, college, branch } = build
  return {
    university: {
      id: university.id,
      department: await actorAt(university, '何清', 'orgDepartment'),
      publicity: await actorAt(university, '何澈', 'publicityDepartment'),
    },
    college: { id: college.id, organiser: await actorAt(college, '何泓', 'organiser') },
    branch: { id: branch.id, secretary: await actorAt(branch, '何淳', 'secretary') },
    members: await Promise.all(['何洁', '何润', '何泽', '何涵', '何渊', '何滢'].map((name) => actorAt(branch, name))),
  }
}
