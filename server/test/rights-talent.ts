import { eq } from 'drizzle-orm'
import {
  talentCorrections,
  talentHeadcounts,
  talentHoldings,
  talentPosts,
  talentSkills,
} from '../src/modules/talent/tables.ts'
import { newId } from '../src/platform/ids.ts'
import { all, and, keepers, outside, persons } from './rights-circles.ts'
import type { Call, Row } from './rights-rows.ts'
import type { Place, RightsWorld, Role } from './rights-world.ts'

/** Somebody new at a place who holds an office there. */
async function staffAt(place: Place, { builds }: RightsWorld): Promise<string> {
  const build = builds[place.name]
  const person = await build.person(place.organization, { name: '任职者' })
  await build.office(person, place.organization, 'publicityMember')
  return person.id
}

/** A correction that somebody at a place waits for. */
async function correctionAt(place: Place, world: RightsWorld, personId: string): Promise<string> {
  const { look, tenantId } = world.builds[place.name]
  const id = newId()
  await look(async (db) => {
    await db.delete(talentCorrections).where(eq(talentCorrections.personId, personId))
    await db.insert(talentCorrections).values({ tenantId, id, personId, field: 'office', proposed: '任职日期不对' })
  })
  return id
}

async function skillIn({ builds }: RightsWorld): Promise<string> {
  const { look, tenantId } = builds.branch
  const id = newId()
  await look((db) => db.insert(talentSkills).values({ tenantId, id, name: `技能${id}`, group: 'writing' }))
  return id
}

const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/talent${path}` }),
  lets: all(...persons),
  knows: outside,
  isPlaceless: true,
})
/** Who keeps files anywhere. */
const keeping: readonly Role[] = ['secretary', 'sibling', 'organiser', 'otherOrganiser', 'department']
/** Whose account has a person who holds an office in the register. */
const officers: readonly Role[] = [...keeping, 'partySchool', 'publicity']
const toKeeping: Pick<Row, 'lets' | 'knows' | 'isPlaceless'> = {
  lets: all(...keeping),
  knows: and(all(...persons), outside),
  isPlaceless: true,
}
const toOfficers: Pick<Row, 'lets' | 'knows' | 'isPlaceless'> = {
  lets: all(...officers),
  knows: and(all(...persons), outside),
  isPlaceless: true,
}
const toDepartment: Pick<Row, 'lets' | 'knows' | 'isPlaceless'> = {
  lets: all('department'),
  knows: and(all(...persons), outside),
  isPlaceless: true,
}
/** The record of somebody at a place is told to nobody but who keeps it. */
const toKeepers: Pick<Row, 'lets' | 'knows'> = { lets: keepers, knows: outside }

/** Something with the record of whoever asks, as it stands. */
const ownAt = (path: string, body?: unknown): Row['call'] => {
  return async (_place, world, role): Promise<Call> => ({
    path: `/api/talent/own${path}`,
    ...(body !== undefined && { body }),
    revision: await ownTag(world, role),
  })
}

async function ownTag(world: RightsWorld, role: Role): Promise<string> {
  const answer = await (await world.signedInAs(role)).get('/api/talent/own')
  return answer.headers.get('etag') ?? '"0"'
}

const post = { title: '新媒体编辑', duty: 'studentCadre', employment: 'student', places: 3, skillIds: [], about: '' }

/** A post at a place, and who holds it. */
async function postAt(place: Place, { builds }: RightsWorld): Promise<{ postId: string; holdingId: string }> {
  const { look, tenantId, person } = builds[place.name]
  const { id: organizationId, path } = place.organization
  const [postId, holdingId] = [newId(), newId()]
  const { id: personId } = await person(place.organization, { name: '在岗者' })
  await look(async (db) => {
    const stored = { ...post, duty: 'studentCadre' as const, employment: 'student' as const }
    await db.insert(talentPosts).values({ ...stored, tenantId, id: postId, organizationId, path, createdBy: '设岗者' })
    await db
      .insert(talentHoldings)
      .values({ tenantId, id: holdingId, postId, path, personId, fromOn: '2026-01-01', givenBy: '设岗者' })
  })
  return { postId, holdingId }
}

/** Something with a post of the place that is made for each call. */
const ofPost = (
  path: (made: { postId: string; holdingId: string }) => string,
  asked: (place: Place, world: RightsWorld) => Promise<{ body?: unknown }> | { body?: unknown },
): Pick<Row, 'call'> => ({
  call: async (place, world) => {
    const made = await postAt(place, world)
    if (path(made).endsWith('/closing'))
      await world.builds[place.name].look((db) =>
        db.delete(talentHoldings).where(eq(talentHoldings.id, made.holdingId)),
      )
    return { path: `/api/talent/posts/${path(made)}`, ...(await asked(place, world)), revision: '"1"' }
  },
})
/** Organisations are known to everybody. */
const toKeepersOfAll: Pick<Row, 'lets' | 'knows'> = { lets: keepers, knows: and(all(...persons), outside) }

let skills = 0
const own = { skills: [], languages: [{ name: '英语', fluency: 'works' }], availability: 'same', availabilityNote: '' }

/** 工作队伍 */
export const talentRows: Readonly<Record<string, Row>> = {
  'GET /api/talent/skills': anyPerson('/skills'),
  'POST /api/talent/skills': {
    call: () => ({
      path: '/api/talent/skills',
      body: { skills: [{ name: `新的技能 ${++skills}`, group: 'writing' }] },
    }),
    ...toDepartment,
  },
  'PUT /api/talent/skills/:skillId': {
    call: async (_, world) => ({
      path: `/api/talent/skills/${await skillIn(world)}`,
      body: { name: `改过的技能 ${++skills}`, group: 'writing', isRetired: false },
      revision: '"1"',
    }),
    ...toDepartment,
  },
  'GET /api/talent/own': anyPerson('/own'),
  'GET /api/talent/own/card': anyPerson('/own/card'),
  'PUT /api/talent/own': { call: ownAt('', own), ...toOfficers },
  'POST /api/talent/own/confirmation': { call: ownAt('/confirmation'), ...toOfficers },
  'POST /api/talent/own/corrections': {
    call: () => ({ path: '/api/talent/own/corrections', body: { field: 'training', proposed: '漏登一次课' } }),
    ...toOfficers,
    succeeds: 201,
  },
  'DELETE /api/talent/own/corrections/:correctionId': {
    call: async (place, world) => ({
      path: `/api/talent/own/corrections/${await correctionAt(place, world, place.person.id)}`,
    }),
    lets: { branch: ['applicant'] },
    knows: outside,
    isPlaceless: true,
  },
  'POST /api/talent/own/exports': {
    call: () => ({ path: '/api/talent/own/exports', body: { form: 'word' } }),
    lets: all(...persons),
    knows: outside,
    isPlaceless: true,
    succeeds: 200,
  },
  'GET /api/talent/corrections': { call: () => ({ path: '/api/talent/corrections' }), ...toKeeping },
  'POST /api/talent/corrections/:correctionId/answer': {
    call: async (place, world) => ({
      path: `/api/talent/corrections/${await correctionAt(place, world, await staffAt(place, world))}/answer`,
      body: { isGranted: true, answer: '已经改正' },
    }),
    ...toKeepers,
  },
  'GET /api/talent/posts': { call: () => ({ path: '/api/talent/posts' }), ...toKeeping },
  'POST /api/talent/posts': {
    call: (place) => ({ path: '/api/talent/posts', body: { ...post, organizationId: place.organization.id } }),
    ...toKeepersOfAll,
    succeeds: 201,
  },
  'PUT /api/talent/posts/:postId': {
    ...ofPost(
      (it) => it.postId,
      () => ({ body: post }),
    ),
    ...toKeepers,
  },
  'POST /api/talent/posts/:postId/closing': {
    ...ofPost(
      (it) => `${it.postId}/closing`,
      () => ({ body: { reason: '不再需要' } }),
    ),
    ...toKeepers,
  },
  'POST /api/talent/posts/:postId/holders': {
    ...ofPost(
      (it) => `${it.postId}/holders`,
      async (place, world) => ({ body: { personId: await staffAt(place, world), fromOn: '2026-09-01' } }),
    ),
    ...toKeepers,
    succeeds: 201,
  },
  'POST /api/talent/posts/:postId/holders/:holdingId/ending': {
    ...ofPost(
      (it) => `${it.postId}/holders/${it.holdingId}/ending`,
      () => ({ body: { on: '2026-11-01' } }),
    ),
    ...toKeepers,
  },
  'GET /api/talent/establishment': { call: () => ({ path: '/api/talent/establishment' }), ...toKeeping },
  'PUT /api/talent/establishment/headcounts/:organizationId': {
    call: async (place, { builds }) => {
      const { look, tenantId } = builds[place.name]
      const { id } = place.organization
      await look((db) => db.delete(talentHeadcounts).where(eq(talentHeadcounts.tenantId, tenantId)))
      return {
        path: `/api/talent/establishment/headcounts/${id}`,
        body: { students: 100, people: 120, asOf: '2026-09-01', source: '学校年报' },
        revision: '"0"',
      }
    },
    ...toKeepersOfAll,
  },
  'POST /api/talent/establishment/trainings': {
    call: async (place, world) => ({
      path: '/api/talent/establishment/trainings',
      body: { organizationId: place.organization.id, skillId: await skillIn(world) },
    }),
    lets: and(keepers, all('partySchool')),
    knows: and(all(...persons), outside),
    succeeds: 201,
  },
  'GET /api/talent/places': anyPerson('/places'),
  'GET /api/talent': { call: () => ({ path: '/api/talent' }), ...toKeeping },
  'POST /api/talent/exports': {
    call: () => ({ path: '/api/talent/exports', body: {} }),
    ...toKeeping,
    succeeds: 200,
  },
  'GET /api/talent/:personId': {
    call: async (place, world) => ({ path: `/api/talent/${await staffAt(place, world)}` }),
    ...toKeepers,
  },
  'PUT /api/talent/:personId/official': {
    call: async (place, world) => ({
      path: `/api/talent/${await staffAt(place, world)}/official`,
      body: { employment: 'partTime', duty: 'partyAffairs', title: '宣传委员', since: '2026-01-01' },
      revision: '"0"',
    }),
    ...toKeepers,
  },
}

/** Lists of all places at once. */
export const talentLists: readonly string[] = [
  '/api/talent?limit=200',
  '/api/talent/corrections',
  '/api/talent/own',
  '/api/talent/posts',
  '/api/talent/establishment',
]
