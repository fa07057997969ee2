import { actKinds } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import { Actor, type Delegation } from '../../platform/context.ts'
import { rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { may, mayBatch, maySettle } from './policy.ts'

const branch = '0001.0001.0001.'
const file = { path: branch, personId: 'wang' }
const all = actKinds
const trainings = ['activistTraining', 'intensiveTraining']
const nothing = { read: false, see: [], record: [], plan: false }

const cases: [who: string, actor: Actor, can: object][] = [
  ['the secretary of the branch', officer('secretary', branch), { read: true, see: all, record: all, plan: true }],
  [
    'the organiser of the college',
    officer('organiser', '0001.0001.'),
    { read: true, see: all, record: all, plan: true },
  ],
  ['the secretary of another branch', officer('secretary', '0001.0001.0002.'), nothing],
  ['the publicity member', officer('publicityMember', branch), { read: true, see: all, record: [], plan: false }],
  ['the publicity department', officer('publicityDepartment', '0001.'), nothing],
  ['the Party school', officer('partySchool', '0001.'), { read: true, see: all, record: trainings, plan: false }],
  ['the person concerned', actor({ personId: 'wang' }), { read: true, see: all, record: [], plan: false }],
  [
    'the person concerned, who keeps the files of the branch',
    officer('secretary', branch, 'wang'),
    { read: true, see: all, record: [], plan: false },
  ],
  [
    'the person concerned, who keeps the trainings and helps with the reports',
    actor({
      personId: 'wang',
      grants: [{ rights: rightsOf.partySchool, path: '0001.' }],
      delegations: [handed('wang', 'thoughtReport')],
    }),
    { read: true, see: all, record: [], plan: false },
  ],
  [
    'another officer of the branch',
    officer('orgMember', branch, 'li'),
    { read: true, see: all, record: all, plan: true },
  ],
  ['another person', actor({ personId: 'li' }), nothing],
  [
    'a helper',
    actor({ delegations: [handed('wang', 'review', 'phone')] }),
    { read: true, see: ['review'], record: ['review'], plan: false },
  ],
  ['a helper for fields of the register only', actor({ delegations: [handed('wang', 'phone')] }), nothing],
  ['a helper for somebody else', actor({ delegations: [handed('li', 'review')] }), nothing],
  [
    'an administrator, though with office, delegation and the own file',
    actor({
      personId: 'wang',
      administrator: 'sysadmin',
      grants: [{ rights: rightsOf.secretary, path: branch }],
      delegations: [handed('wang', 'review')],
    }),
    nothing,
  ],
]

test.each(cases)('%s', (_who, who, can) => {
  expect(may(who, file)).toEqual(can)
})

describe('a batch', () => {
  test.each<[OfficeKind, object]>([
    ['secretary', { read: true, run: true }],
    ['publicityMember', { read: true, run: false }],
    ['publicityDepartment', { read: false, run: false }],
  ])('%s', (office, can) => expect(mayBatch(officer(office, branch), { path: branch })).toEqual(can))
})

describe('the settings of the university', () => {
  test.each<[OfficeKind, string, boolean]>([
    ['orgDepartment', '0001.', true],
    ['orgDepartment', '0001.0001.', false],
    ['secretary', '0001.', false],
  ])('%s at %s', (office, path, settle) => expect(maySettle(officer(office, path))).toEqual({ settle }))
})

function actor(of: Partial<ConstructorParameters<typeof Actor>[0]>): Actor {
  return new Actor({ accountId: 'a', personId: null, name: '某人', ...of })
}

function officer(office: OfficeKind, path: string, personId: string | null = null): Actor {
  return actor({ personId, grants: [{ rights: rightsOf[office], path }] })
}

function handed(personId: string, ...fields: string[]): Delegation {
  return { id: 'd', personIds: new Set([personId]), fields: new Set(fields), untilOn: '2999-12-31' }
}
