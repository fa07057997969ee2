import { today } from './factories.ts'
import type { Call } from './rights-rows.ts'
import type { NoticeAt, Place, RightsWorld, Role } from './rights-world.ts'

/** A request that reaches from what the role may do to what it may not: by a body, by an id below another's address, by a task. */
export interface Crossing {
  title: string
  role: Role
  method: string
  call: (world: RightsWorld) => Call | Promise<Call>
  answers: number
}

const file = (at: Place) => `/api/development/files/${at.person.id}`
const actOf = (kind: string) => ({ act: { kind, on: '2026-03-02' } })
/** The rules by number, to be acknowledged whichever it is. */
const everyRule = Array.from({ length: 60 }, (_, at) => `T${String(at + 1).padStart(2, '0')}`)
const handing = (helperAccountId: string, persons: readonly Place[]) => ({
  helperAccountId,
  personIds: persons.map((it) => it.person.id),
  fields: ['thoughtReport'],
  purpose: '协助录入',
  until: '2026-12-31',
})

async function moveTo(world: RightsWorld, from: Place, to: Place): Promise<Call> {
  const body = { organizationId: to.organization.id, on: today }
  return { path: `/api/people/${from.person.id}/moves`, body, revision: await world.revision(from) }
}

/** Who takes a package over into the file of an organisation itself, and who reads that it was. */
const receptionsOfOrganizations = (
  [
    ['secretary', 'branch', 201, 200, 200],
    ['secretary', 'sibling', 404, 404, 404],
    ['sibling', 'branch', 404, 404, 404],
    ['organiser', 'sibling', 201, 200, 200],
    ['organiser', 'distant', 404, 404, 404],
    ['otherOrganiser', 'branch', 404, 404, 404],
    ['department', 'distant', 201, 200, 200],
    ['department', 'foreign', 404, 404, 404],
    ['partySchool', 'branch', 403, 200, 403],
    ['helper', 'branch', 404, 404, 404],
    ['applicant', 'branch', 404, 404, 404],
    ['auditor', 'branch', 404, 404, 404],
  ] as const
).flatMap(([role, place, accepted, read, taken]): Crossing[] => {
  const of = async ({ fresh, at }: RightsWorld, rest: string) =>
    `/api/archive/receptions/${await fresh.reception(at[place], { isOfOrganization: true })}${rest}`
  const what = `${role}, a package in the file of the organisation ${place} itself:`
  return [
    {
      ...{ title: `${what} accepting`, role, method: 'POST', answers: accepted },
      call: async ({ fresh, at }) => ({
        path: '/api/archive/receptions',
        body: {
          uploadId: await fresh.package(role, 'organization'),
          organizationId: at[place].organization.id,
          items: [{ number: 1, leftOut: '重复移交' }],
        },
      }),
    },
    {
      ...{ title: `${what} reading`, role, method: 'GET', answers: read },
      call: async (world) => ({ path: await of(world, '') }),
    },
    {
      ...{ title: `${what} its receipt`, role, method: 'GET', answers: taken },
      call: async (world) => ({ path: await of(world, '/receipt.xml') }),
    },
  ]
})

const askingFor = (at: Place, audience: object): Call => ({
  path: '/api/notices/audience',
  body: { organizationId: at.organization.id, audience },
})

const receiptsOf = async ({ fresh, at }: RightsWorld, sender: NonNullable<NoticeAt['sender']>): Promise<Call> => ({
  path: `/api/notices/${await fresh.notice(at.branch, { state: 'sent', sender })}/receipts`,
})

export const crossings: readonly Crossing[] = [
  ...receptionsOfOrganizations,
  {
    title: 'a secretary does not move a person into another branch',
    role: 'secretary',
    method: 'POST',
    call: (world) => moveTo(world, world.at.branch, world.at.sibling),
    answers: 403,
  },
  {
    title: 'a secretary does not take a person over from another branch',
    role: 'secretary',
    method: 'POST',
    call: (world) => moveTo(world, world.at.sibling, world.at.branch),
    answers: 404,
  },
  {
    title: 'an organiser does not move a person to another college',
    role: 'organiser',
    method: 'POST',
    call: (world) => moveTo(world, world.at.branch, world.at.distant),
    answers: 403,
  },
  {
    title: 'nobody moves a person to another university',
    role: 'department',
    method: 'POST',
    call: (world) => moveTo(world, world.at.branch, world.at.foreign),
    answers: 404,
  },
  {
    title: 'a batch takes no person of another branch along',
    role: 'secretary',
    method: 'POST',
    call: ({ at }) => ({
      path: '/api/development/batches',
      body: { title: '混合批次', personIds: [at.branch.person.id, at.sibling.person.id] },
    }),
    answers: 404,
  },
  {
    title: 'a batch takes no person of another university along',
    role: 'department',
    method: 'POST',
    call: ({ at }) => ({
      path: '/api/development/batches',
      body: { title: '混合批次', personIds: [at.branch.person.id, at.foreign.person.id] },
    }),
    answers: 404,
  },
  {
    title: 'a batch by a filter on another branch finds nobody',
    role: 'secretary',
    method: 'POST',
    call: ({ at }) => ({
      path: '/api/development/batches',
      body: { title: '混合批次', matching: { organizationId: at.sibling.organization.id } },
    }),
    answers: 400,
  },
  {
    title: 'an act of another branch is not corrected below the address of an own person',
    role: 'secretary',
    method: 'POST',
    call: async ({ at, fresh, revision }) => ({
      path: `${file(at.branch)}/acts/${await fresh.act(at.sibling)}/corrections`,
      body: { reason: '材料有误' },
      revision: await revision(at.branch),
    }),
    answers: 404,
  },
  {
    title: 'an act of another university is not corrected below the address of an own person',
    role: 'department',
    method: 'POST',
    call: async ({ at, fresh, revision }) => ({
      path: `${file(at.branch)}/acts/${await fresh.act(at.foreign)}/corrections`,
      body: { reason: '材料有误' },
      revision: await revision(at.branch),
    }),
    answers: 404,
  },
  {
    title: 'a task takes no person of another branch along',
    role: 'secretary',
    method: 'POST',
    call: ({ at }) => ({
      path: '/api/accounts/delegations',
      body: handing(at.branch.colleague.id, [at.branch, at.sibling]),
    }),
    answers: 404,
  },
  {
    title: 'a task is not handed to somebody of another branch',
    role: 'secretary',
    method: 'POST',
    call: ({ at }) => ({ path: '/api/accounts/delegations', body: handing(at.sibling.colleague.id, [at.branch]) }),
    answers: 404,
  },
  {
    title: 'a task is not handed to somebody of another university',
    role: 'department',
    method: 'POST',
    call: ({ at }) => ({ path: '/api/accounts/delegations', body: handing(at.foreign.colleague.id, [at.branch]) }),
    answers: 404,
  },
  {
    title: 'a helper does not pass the task on',
    role: 'helper',
    method: 'POST',
    call: ({ at }) => ({ path: '/api/accounts/delegations', body: handing(at.branch.colleague.id, [at.branch]) }),
    answers: 403,
  },
  {
    title: 'a helper records no act of another kind than the task',
    role: 'helper',
    method: 'POST',
    call: async ({ at, revision }) => ({
      path: `${file(at.branch)}/acts`,
      body: actOf('review'),
      revision: await revision(at.branch),
    }),
    answers: 403,
  },
  {
    title: 'a helper does not correct an act into another kind',
    role: 'helper',
    method: 'POST',
    call: async ({ at, fresh, revision }) => ({
      path: `${file(at.branch)}/acts/${await fresh.act(at.branch)}/corrections`,
      body: { ...actOf('review'), reason: '材料有误' },
      revision: await revision(at.branch),
    }),
    answers: 403,
  },
  {
    title: 'a helper does not change another field than the task',
    role: 'helper',
    method: 'PATCH',
    call: async ({ at, revision }) => ({
      path: `/api/people/${at.branch.person.id}`,
      body: { set: { major: '数学' } },
      revision: await revision(at.branch),
    }),
    answers: 403,
  },
  {
    title: 'a helper does not empty another field than the task',
    role: 'helper',
    method: 'PATCH',
    call: async ({ at, revision }) => ({
      path: `/api/people/${at.branch.person.id}`,
      body: { clear: ['idNumber'] },
      revision: await revision(at.branch),
    }),
    answers: 403,
  },
  {
    title: 'a helper does not read another number than that of the task',
    role: 'helper',
    method: 'POST',
    call: ({ at }) => ({
      path: `/api/people/${at.branch.person.id}/readings`,
      body: { field: 'idNumber', purpose: '核对材料' },
    }),
    answers: 403,
  },
  {
    title: 'the Party school records a training',
    role: 'partySchool',
    method: 'POST',
    call: async ({ at, revision }) => ({
      path: `${file(at.distant)}/acts`,
      body: { ...actOf('activistTraining'), acknowledged: { rules: everyRule, reason: '照实补录培训记录' } },
      revision: await revision(at.distant),
    }),
    answers: 201,
  },
  {
    title: 'the Party school does not turn a training into another act',
    role: 'partySchool',
    method: 'POST',
    call: async ({ at, fresh, revision }) => ({
      path: `${file(at.distant)}/acts/${await fresh.act(at.distant)}/corrections`,
      body: { ...actOf('activistTraining'), reason: '材料有误' },
      revision: await revision(at.distant),
    }),
    answers: 403,
  },
  {
    title: 'an office of one branch is not ended below the address of another',
    role: 'department',
    method: 'POST',
    call: async ({ at, fresh }) => ({
      path: `/api/organization/${at.branch.organization.id}/offices/${await fresh.office(at.sibling)}/end`,
      body: { on: today },
    }),
    answers: 404,
  },
  {
    title: 'nobody of another university is given an office',
    role: 'department',
    method: 'POST',
    call: ({ at }) => ({
      path: `/api/organization/${at.branch.organization.id}/offices`,
      body: { personId: at.foreign.person.id, office: 'orgMember', from: today },
    }),
    answers: 404,
  },
  {
    title: 'the term of another university is not put off below the address of an own branch',
    role: 'department',
    method: 'PUT',
    call: async ({ fresh, at }) => ({
      path: `/api/organization/${(await fresh.term(at.branch)).organizationId}/terms/${(await fresh.term(at.foreign)).termId}/delay`,
      body: { until: '2027-03-31' },
    }),
    answers: 409,
  },
  {
    title: 'an administrator does not lock themselves out',
    role: 'secadmin',
    method: 'DELETE',
    call: ({ accounts }) => ({ path: `/api/accounts/${accounts.secadmin.id}/administrator` }),
    answers: 403,
  },
  {
    title: 'the system administrator does not lock the auditor',
    role: 'sysadmin',
    method: 'PUT',
    call: ({ accounts }) => ({ path: `/api/accounts/${accounts.auditor.id}/lock`, body: { reason: '试一试' } }),
    answers: 403,
  },
  {
    title: 'the system administrator makes no account for a person by id',
    role: 'sysadmin',
    method: 'POST',
    call: ({ at }) => ({ path: '/api/accounts', body: { personId: at.branch.person.id } }),
    answers: 404,
  },
  {
    title: 'a cursor of one list does not open another',
    role: 'secretary',
    method: 'GET',
    call: () => ({
      path: `/api/people?cursor=${Buffer.from(JSON.stringify(['', ''])).toString('base64url')}`,
    }),
    answers: 400,
  },
  {
    title: 'a secretary does not write to another branch',
    role: 'secretary',
    method: 'POST',
    call: ({ at }) => askingFor(at.branch, { groups: [{ organizationIds: [at.sibling.organization.id] }] }),
    answers: 403,
  },
  {
    title: 'a secretary writes to nobody of another branch by name',
    role: 'secretary',
    method: 'POST',
    call: ({ at }) => askingFor(at.branch, { personIds: [at.branch.person.id, at.sibling.person.id] }),
    answers: 403,
  },
  {
    title: 'the publicity department writes to nobody of another university by name',
    role: 'publicity',
    method: 'POST',
    call: ({ at }) => askingFor(at.branch, { personIds: [at.branch.person.id, at.foreign.person.id] }),
    answers: 403,
  },
  {
    title: 'who has sent a notice sees what became of it',
    role: 'secretary',
    method: 'GET',
    call: (world) => receiptsOf(world, 'secretary'),
    answers: 200,
  },
  {
    title: 'an officer above does not see what became of a notice that a secretary has sent',
    role: 'department',
    method: 'GET',
    call: (world) => receiptsOf(world, 'secretary'),
    answers: 403,
  },
]
