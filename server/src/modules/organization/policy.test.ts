import { expect, test } from 'vitest'
import { Actor, type AdministratorRole } from '../../platform/context.ts'
import { may, rightsOf } from './policy.ts'
import type { OfficeKind } from './schema.ts'

const college = { path: '0001.0002.' }
const all = { read: true, change: true, appoint: true, authorise: true, readFiles: true, keepFiles: true }
const none = { read: true, change: false, appoint: false, authorise: false, readFiles: false, keepFiles: false }

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
  ['the organiser of the college', holding('organiser', college.path), { ...none, readFiles: true, keepFiles: true }],
  ['the secretary of the college', holding('secretary', college.path), { ...none, readFiles: true, keepFiles: true }],
  ['the Party school of the university', holding('partySchool', '0001.'), { ...none, readFiles: true }],
  ['the publicity department of the university', holding('publicityDepartment', '0001.'), none],
  ['an administrator who was given an office', holding('orgDepartment', '0001.', 'sysadmin'), none],
])('%s', (_who, actor, can) => {
  expect(may(actor, college)).toEqual(can)
})

test('the root is in the hands of those who hold it', () => {
  expect(may(holding('orgDepartment', '0001.'), { path: '0001.' })).toEqual(all)
})
