import { expect, test } from 'vitest'
import { Actor, type AdministratorRole } from '../../platform/context.ts'
import { may, rightsOf } from './policy.ts'
import { type OfficeKind, officeKinds } from './schema.ts'

const college = { path: '0001.0002.', kind: 'partyCommittee' } as const
const branch = { path: '0001.0002.0001.', kind: 'branch' } as const
const all = {
  read: true,
  change: true,
  appoint: [...officeKinds],
  appointBelow: true,
  authorise: true,
  readFiles: true,
  keepFiles: true,
  sendNotices: true,
}
const none = {
  read: true,
  change: false,
  appoint: [] as OfficeKind[],
  appointBelow: false,
  authorise: false,
  readFiles: false,
  keepFiles: false,
  sendNotices: false,
}
const keeps = { ...none, appointBelow: true, readFiles: true, keepFiles: true, sendNotices: true }
const ofBranch: OfficeKind[] = ['secretary', 'deputySecretary', 'orgMember', 'publicityMember', 'disciplineMember']

const holding = (office: OfficeKind, path: string, administrator: AdministratorRole | null = null) =>
  new Actor({
    accountId: 'a',
    personId: null,
    name: '某人',
    administrator,
    grants: [{ rights: rightsOf[office], path }],
  })

test.each([
  ['the organisation department of the university', holding('orgDepartment', '0001.'), all],
  [
    'the organisation department of the college itself',
    holding('orgDepartment', college.path),
    { ...all, authorise: false },
  ],
  ['that of another college', holding('orgDepartment', '0001.0003.'), none],
  ['that of a branch below', holding('orgDepartment', '0001.0002.0001.'), none],
  ['the organiser of the college', holding('organiser', college.path), keeps],
  ['the secretary of the college', holding('secretary', college.path), keeps],
  [
    'the Party school of the university',
    holding('partySchool', '0001.'),
    { ...none, readFiles: true, sendNotices: true },
  ],
  [
    'the publicity department of the university',
    holding('publicityDepartment', '0001.'),
    { ...none, sendNotices: true },
  ],
  ['an administrator who was given an office', holding('orgDepartment', '0001.', 'sysadmin'), none],
])('%s', (_who, actor, can) => {
  expect(may(actor, college)).toEqual(can)
})

test.each([
  ['the organisation department of the university', holding('orgDepartment', '0001.'), [...officeKinds]],
  ['the organiser of the college above', holding('organiser', college.path), ofBranch],
  ['the secretary of the college above', holding('secretary', college.path), ofBranch],
  ['the member for publicity of the college above', holding('publicityMember', college.path), []],
  ['an organiser of the branch itself', holding('organiser', branch.path), []],
  ['its own secretary', holding('secretary', branch.path), []],
  ['the organiser of another college', holding('organiser', '0001.0003.'), []],
  ['the Party school of the university', holding('partySchool', '0001.'), []],
])('who registers the officers of a branch: %s', (_who, actor, offices) => {
  expect(may(actor, branch).appoint).toEqual(offices)
  expect(may(actor, { path: '0001.0002.0001.0001.', kind: 'partyGroup' }).appoint).toEqual(
    offices.length === officeKinds.length ? offices : [],
  )
})

test('the root is in the hands of those who hold it', () => {
  expect(may(holding('orgDepartment', '0001.'), { path: '0001.', kind: 'universityCommittee' })).toEqual(all)
})
