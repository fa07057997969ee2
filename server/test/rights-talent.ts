import { eq } from 'drizzle-orm'
import { talentCorrections, talentSkills } from '../src/modules/talent/tables.ts'
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
export const talentLists: readonly string[] = ['/api/talent?limit=200', '/api/talent/corrections', '/api/talent/own']
