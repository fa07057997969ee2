import { eq } from 'drizzle-orm'
import {
  talentApplications,
  talentCalls,
  talentCorrections,
  talentHeadcounts,
  talentHoldings,
  talentPosts,
  talentSkills,
  talentSuccessionEntries,
  talentSuccessions,
} from '../src/modules/talent/tables.ts'
import { newId } from '../src/platform/ids.ts'
import { today } from './factories.ts'
import { all, and, type Circle, keepers, outside, persons } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
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
/** Who belongs somewhere and does not decide there. */
const applying: Circle = Object.fromEntries(
  Object.entries(discussing).map(([name, all]) => [
    name,
    all.filter((role) => !Object.entries(keepers).some(([at, some]) => at === name && some.includes(role))),
  ]),
)
/** Organisations are known to everybody. */
const toKeepersOfAll: Pick<Row, 'lets' | 'knows'> = { lets: keepers, knows: and(all(...persons), outside) }

/** When it was applied for. */
const appliedAt = '2026-11-20T02:00:00.000Z'

/** A call at a place for which the person of the place has applied, or nobody. */
async function callAt(place: Place, world: RightsWorld, hasApplied: boolean): Promise<{ callId: string; of: string }> {
  const { look, tenantId } = world.builds[place.name]
  const { path } = place.organization
  const { postId } = await postAt(place, world)
  const [callId, of] = [newId(), newId()]
  await look(async (db) => {
    await db
      .insert(talentCalls)
      .values({ tenantId, id: callId, postId, path, untilOn: '2027-12-31', text: '', announcedBy: '征集者' })
    if (hasApplied)
      await db.insert(talentApplications).values({
        ...{ tenantId, id: of, callId, personId: place.person.id, statement: '愿意试试', answers: [] },
        appliedAt: new Date(appliedAt),
      })
  })
  return { callId, of }
}

/** Something with a call of the place that is made for each call. */
const ofCall = (
  path: (made: { callId: string; of: string }) => string,
  { body, hasApplied = false }: { body?: unknown; hasApplied?: boolean } = {},
): Pick<Row, 'call'> => ({
  call: async (place, world) => ({
    path: `/api/talent/calls/${path(await callAt(place, world, hasApplied))}`,
    ...(body !== undefined && { body }),
  }),
})

/** Who gives the offices of a branch: whoever keeps the files above it. */
const givers: Circle = {
  branch: ['organiser', 'department'],
  sibling: ['organiser', 'department'],
  distant: ['otherOrganiser', 'department'],
}

interface SuccessionMade {
  id: string
  entryId: string
}

/** How far a hand-over has come that a call is about. */
interface SuccessionAt {
  /** Whose side whoever belongs to the place is on. */
  side?: 'outgoing' | 'incoming'
  isSettled?: boolean
}

/** The hand-over of an office of somebody at a place. */
async function successionAt(
  place: Place,
  { builds }: RightsWorld,
  { side, isSettled = false }: SuccessionAt,
): Promise<SuccessionMade> {
  const { look, tenantId, person, office } = builds[place.name]
  const { id: organizationId, path } = place.organization
  const holder = side === 'outgoing' ? place.person : await person(place.organization, { name: '离任者' })
  const comer = side === 'incoming' ? place.person : await person(place.organization, { name: '接任者' })
  // Whoever asks everything else, too, has left: an office would let them see more than their role does.
  const ended = side === 'outgoing' ? { until: '2026-01-01' as const } : {}
  const officeId = await office(holder, place.organization, 'disciplineMember', { from: '2025-01-01', ...ended })
  const [id, entryId] = [newId(), newId()]
  await look(async (db) => {
    await db.insert(talentSuccessions).values({
      ...{
        tenantId,
        id,
        organizationId,
        path,
        officeId,
        office: 'disciplineMember',
        begunBy: '办理者',
        begunOn: today,
      },
      ...{ outgoingPersonId: holder.id, outgoingName: '离任者', incomingPersonId: comer.id, incomingName: '接任者' },
      ...(isSettled && { settledOn: today, settledBy: '办理者', lastOn: '2026-01-01', firstOn: '2026-01-02' }),
    })
    await db.insert(talentSuccessionEntries).values({
      ...{ tenantId, id: entryId, successionId: id, path, kind: 'place', text: place.topic, toWhom: '', untilOn: null },
      ...{ writerPersonId: holder.id, writtenBy: '离任者', writtenOn: today },
    })
  })
  return { id, entryId }
}

/** Something with a hand-over of the place that is made for each call. */
const ofSuccession = (
  path: (made: SuccessionMade) => string,
  { body, ...wanted }: SuccessionAt & { body?: unknown } = {},
): Pick<Row, 'call'> => ({
  call: async (place, world) => ({
    path: `/api/talent/successions/${path(await successionAt(place, world, wanted))}`,
    ...(body !== undefined && { body }),
    revision: '"1"',
  }),
})
/** The side of a hand-over on which somebody stands who belongs to the place. */
const ownSide = { branch: ['applicant'] } as const satisfies Circle

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
  'GET /api/talent/calls': anyPerson('/calls'),
  'POST /api/talent/calls': {
    call: async (place, world) => ({
      path: '/api/talent/calls',
      body: { postId: (await postAt(place, world)).postId, untilOn: '2027-12-31', text: '' },
    }),
    ...toKeepers,
    succeeds: 201,
  },
  'GET /api/talent/calls/:callId': { ...ofCall((it) => it.callId), lets: discussing, knows: outside },
  'POST /api/talent/calls/:callId/closing': {
    ...ofCall((it) => `${it.callId}/closing`, { body: { reason: '人选已定' } }),
    lets: keepers,
    knows: and(discussing, outside),
  },
  'PUT /api/talent/calls/:callId/application': {
    ...ofCall((it) => `${it.callId}/application`, { body: { statement: '愿意试试', answers: [] } }),
    lets: applying,
    knows: and(keepers, outside),
  },
  'DELETE /api/talent/calls/:callId/application': {
    ...ofCall((it) => `${it.callId}/application`, { hasApplied: true }),
    lets: { branch: ['applicant'] },
    knows: outside,
  },
  'POST /api/talent/calls/:callId/applications/:applicationId/decision': {
    ...ofCall((it) => `${it.callId}/applications/${it.of}/decision`, {
      hasApplied: true,
      body: { isChosen: false, reason: '已有人选', fromOn: null, appliedAt },
    }),
    lets: keepers,
    knows: and(discussing, outside),
  },
  'GET /api/talent/successions': anyPerson('/successions'),
  'GET /api/talent/successions/desk': anyPerson('/successions/desk'),
  'POST /api/talent/successions': {
    call: async (place, { builds }) => {
      const { person, office } = builds[place.name]
      const holder = await person(place.organization, { name: '离任者' })
      const officeId = await office(holder, place.organization, 'disciplineMember')
      return {
        path: '/api/talent/successions',
        body: { organizationId: place.organization.id, officeId, incomingPersonId: null },
      }
    },
    lets: givers,
    knows: and(all(...persons), outside),
    succeeds: 201,
  },
  'GET /api/talent/successions/:successionId': {
    ...ofSuccession((it) => it.id, { side: 'incoming' }),
    lets: and(givers, ownSide),
    knows: outside,
  },
  'PUT /api/talent/successions/:successionId/successor': {
    call: async (place, world) => {
      const { id } = await successionAt(place, world, { side: 'outgoing' })
      const { id: personId } = await world.builds[place.name].person(place.organization, { name: '另一位' })
      return { path: `/api/talent/successions/${id}/successor`, body: { personId }, revision: '"1"' }
    },
    lets: givers,
    knows: and(ownSide, outside),
  },
  'POST /api/talent/successions/:successionId/entries': {
    ...ofSuccession((it) => `${it.id}/entries`, {
      ...{ side: 'outgoing', body: { kind: 'place', text: '在二楼柜子里', toWhom: '', untilOn: null } },
    }),
    lets: and(givers, ownSide),
    knows: outside,
    succeeds: 201,
  },
  'DELETE /api/talent/successions/:successionId/entries/:entryId': {
    ...ofSuccession((it) => `${it.id}/entries/${it.entryId}`, { side: 'outgoing' }),
    lets: ownSide,
    knows: outside,
  },
  'POST /api/talent/successions/:successionId/settlement': {
    call: async (place, world, role) => {
      const { id } = await successionAt(place, world, {})
      const view = await (await world.signedInAs(role)).get(`/api/talent/successions/${id}`)
      const { accesses = [] } = view.status === 200 ? await view.json() : {}
      return {
        path: `/api/talent/successions/${id}/settlement`,
        body: {
          ...{ firstOn: today, documentNumber: '' },
          decisions: accesses.map((it: { key: string }) => ({ key: it.key, decision: 'keep' })),
        },
        revision: '"1"',
      }
    },
    lets: givers,
    knows: outside,
  },
  'POST /api/talent/successions/:successionId/handing': {
    ...ofSuccession((it) => `${it.id}/handing`, { side: 'outgoing', body: { remark: '' } }),
    lets: ownSide,
    knows: and(givers, outside),
  },
  'POST /api/talent/successions/:successionId/taking': {
    ...ofSuccession((it) => `${it.id}/taking`, { side: 'incoming', isSettled: true, body: { remark: '' } }),
    lets: ownSide,
    knows: and(givers, outside),
  },
  'POST /api/talent/successions/:successionId/closing': {
    ...ofSuccession((it) => `${it.id}/closing`, { side: 'outgoing', isSettled: true, body: { reason: '已经毕业' } }),
    lets: givers,
    knows: and(ownSide, outside),
  },
  'POST /api/talent/successions/:successionId/dropping': {
    ...ofSuccession((it) => `${it.id}/dropping`, { side: 'outgoing', body: { reason: '写错了人' } }),
    lets: givers,
    knows: and(ownSide, outside),
  },
  'POST /api/talent/successions/:successionId/exports': {
    ...ofSuccession((it) => `${it.id}/exports`, { side: 'incoming', body: { form: 'word' } }),
    lets: and(givers, ownSide),
    knows: outside,
    succeeds: 200,
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
  '/api/talent/calls',
  '/api/talent/successions',
  '/api/talent/successions/desk',
]
