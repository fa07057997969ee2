import { expect, test } from 'vitest'
import { Actor } from '../../platform/context.ts'
import { rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { may, mayReceive } from './policy.ts'
import { type FieldName, fieldNames } from './schema.ts'

const person = { id: 'p', path: '0001.0002.0001.' }
const all = {
  read: true,
  see: [...fieldNames],
  change: true,
  changeFields: [...fieldNames],
  move: true,
  readIdNumber: true,
  readPhone: true,
  seeReadings: true,
}
const none = {
  read: false,
  see: [] as FieldName[],
  change: false,
  changeFields: [] as FieldName[],
  move: false,
  readIdNumber: false,
  readPhone: false,
  seeReadings: false,
}
const reads = { read: true, see: [...fieldNames] }

/** What the rules do not read. */
const ownFields = fieldNames.filter((it) => !['bornOn', 'idNumber', 'leavesOn', 'isMobile'].includes(it))

const holding = (office: OfficeKind, path: string, personId: string | null = null) =>
  new Actor({ accountId: 'a', personId, name: '某人', grants: [{ rights: rightsOf[office], path }] })
const helping = (personId: string, ...fields: string[]) => {
  const delegation = {
    id: 'd',
    personIds: new Set([personId]),
    fields: new Set(fields),
    untilOn: '2999-12-31' as const,
  }
  return new Actor({ accountId: 'a', personId: null, name: '某人', delegations: [delegation] })
}
const signedIn = (personId: string) => new Actor({ accountId: 'a', personId, name: '某人' })

test.each<[who: string, actor: Actor, can: ReturnType<typeof may>]>([
  ['the secretary of the branch', holding('secretary', person.path), all],
  ['the organiser of the college', holding('organiser', '0001.0002.'), all],
  ['the organisation department', holding('orgDepartment', '0001.'), all],
  ['the member for discipline of the branch', holding('disciplineMember', person.path), { ...none, ...reads }],
  ['the Party school', holding('partySchool', '0001.'), { ...none, ...reads }],
  ['the publicity department', holding('publicityDepartment', '0001.'), none],
  ['the secretary of another branch', holding('secretary', '0001.0002.0002.'), none],
  ['the organiser of another college', holding('organiser', '0001.0003.'), none],
  ['the person concerned', signedIn('p'), { ...none, ...reads, seeReadings: true }],
  [
    'the secretary of the branch, of the own entry',
    holding('secretary', person.path, 'p'),
    { ...all, changeFields: ownFields },
  ],
  ['another person', signedIn('q'), none],
  ['a helper with acts only', helping('p', 'review'), { ...none, read: true, see: ['name', 'studentNumber'] }],
  [
    'a helper with the phone',
    helping('p', 'phone', 'grade'),
    {
      ...none,
      read: true,
      see: ['name', 'studentNumber', 'phone', 'grade'],
      change: true,
      changeFields: ['phone', 'grade'],
      readPhone: true,
    },
  ],
  ['a helper for another person', helping('q', 'phone'), none],
])('%s', (_who, actor, can) => {
  expect(may(actor, person)).toEqual(can)
})

test.each([
  ['the secretary of the branch', holding('secretary', person.path), true],
  ['the secretary of another branch', holding('secretary', '0001.0002.0002.'), false],
  ['the Party school', holding('partySchool', '0001.'), false],
  ['the person concerned', signedIn('p'), false],
])('who takes persons in: %s', (_who, actor, receives) => {
  expect(mayReceive(actor, person)).toBe(receives)
})
