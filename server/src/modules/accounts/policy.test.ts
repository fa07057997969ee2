import { describe, expect, test } from 'vitest'
import { Actor, type AdministratorRole } from '../../platform/context.ts'
import { rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import {
  areasOf,
  may,
  mayAppoint,
  mayAudit,
  mayBeAppointed,
  mayBeInvited,
  mayDelegate,
  mayEndDelegation,
  mayKeepAccounts,
  mayLoseSecondFactor,
  mayMakeAccountOf,
} from './policy.ts'

const college = '0001.0001.'
const branch = '0001.0001.0001.'
const elsewhere = '0001.0002.0001.'

const officer = (office: OfficeKind, path: string) =>
  new Actor({ accountId: office, personId: 'p', name: office, grants: [{ rights: rightsOf[office], path }] })
const administrator = (role: AdministratorRole) =>
  new Actor({ accountId: role, personId: null, name: role, administrator: role })

const actors = {
  sysadmin: administrator('sysadmin'),
  secadmin: administrator('secadmin'),
  auditor: administrator('auditor'),
  department: officer('orgDepartment', '0001.'),
  organiser: officer('organiser', college),
  secretary: officer('secretary', branch),
  orgMember: officer('orgMember', branch),
  publicityMember: officer('publicityMember', branch),
  disciplineMember: officer('disciplineMember', branch),
  publicity: officer('publicityDepartment', '0001.'),
  partySchool: officer('partySchool', '0001.'),
  himself: new Actor({ accountId: 'x', personId: 'p', name: 'x' }),
  helper: new Actor({
    accountId: 'h',
    personId: 'q',
    name: 'h',
    delegations: [{ id: 'd', personIds: new Set(['p']), fields: new Set(['major']), untilOn: '2027-01-01' }],
  }),
}
type Name = keyof typeof actors

/** Who of the actors gets a yes. */
const those = (allowed: (actor: Actor) => boolean) =>
  (Object.keys(actors) as Name[]).filter((name) => allowed(actors[name]))

describe('an account', () => {
  const person = { id: 'someone', administrator: null, hasSecondFactor: false }
  const fellow = { id: 'other auditor', administrator: 'auditor' as const, hasSecondFactor: true }

  test.each([
    ['lock', person, ['sysadmin', 'secadmin']],
    ['lock', fellow, ['secadmin']],
    ['invite', person, ['sysadmin']],
    ['invite', fellow, ['sysadmin']],
    ['resetSecondFactor', person, ['secadmin']],
    ['resetSecondFactor', fellow, ['secadmin']],
    ['endSessions', fellow, ['sysadmin', 'secadmin']],
    ['dismiss', person, []],
    ['dismiss', fellow, ['secadmin']],
  ] as const)('%s of %o', (right, account, allowed) => {
    expect(those((actor) => may(actor, account)[right])).toEqual(allowed)
  })

  test.each(['sysadmin', 'secadmin', 'auditor'] as const)('of their own is out of reach of the %s', (role) => {
    expect(may(actors[role], { id: role, administrator: role, hasSecondFactor: true })).toEqual({
      lock: false,
      invite: false,
      resetSecondFactor: false,
      endSessions: false,
      dismiss: false,
    })
    expect(mayAppoint(actors[role], { id: role, administrator: null, hasSecondFactor: true }, new Set())).toEqual([])
  })
})

test.each([
  ['a plain account', null, false, { appointed: false, invited: true, reset: true }],
  ['a plain account with a second factor', null, true, { appointed: true, invited: true, reset: true }],
  ['an administrator', 'auditor', true, { appointed: true, invited: true, reset: false }],
  ['an administrator without a second factor', 'auditor', false, { appointed: false, invited: false, reset: false }],
] as const)('what %s is ready for', (_, role, hasSecondFactor, ready) => {
  const it = { id: 'someone', administrator: role, hasSecondFactor }
  expect({ appointed: mayBeAppointed(it), invited: mayBeInvited(it), reset: mayLoseSecondFactor(it) }).toEqual(ready)
})

describe('appointing administrators', () => {
  const account = { id: 'someone', administrator: null, hasSecondFactor: true }

  test.each([
    ['sysadmin', [], ['secadmin', 'auditor']],
    ['sysadmin', ['secadmin'], ['auditor']],
    ['sysadmin', ['secadmin', 'auditor'], []],
    ['secadmin', ['sysadmin', 'secadmin', 'auditor'], ['sysadmin', 'secadmin', 'auditor']],
    ['auditor', [], []],
    ['department', [], []],
    ['himself', [], []],
  ] as const)('%s, while %o are filled: %o', (name, filled, roles) => {
    expect(mayAppoint(actors[name], account, new Set(filled))).toEqual(roles)
  })

  test('nobody appoints who has a role already', () => {
    const fellow = { id: 'someone', administrator: 'auditor' as const, hasSecondFactor: true }
    expect(those((actor) => mayAppoint(actor, fellow, new Set()).length > 0)).toEqual([])
  })
})

test.each([
  ['see accounts', (actor: Actor) => mayKeepAccounts(actor).list, ['sysadmin', 'secadmin', 'auditor', 'department']],
  ['make accounts', (actor: Actor) => mayKeepAccounts(actor).create, ['sysadmin', 'department']],
  [
    'make the account of a person',
    (actor: Actor) => mayMakeAccountOf(actor, { path: branch }),
    ['sysadmin', 'department'],
  ],
  ['read the journal', mayAudit, ['auditor']],
  [
    'hand on the file of a person in the branch',
    (actor: Actor) => mayDelegate(actor, { path: branch }),
    ['department', 'organiser', 'secretary', 'orgMember'],
  ],
  ['hand on the file of a person elsewhere', (actor: Actor) => mayDelegate(actor, { path: elsewhere }), ['department']],
  [
    'end a delegation of the branch',
    (actor: Actor) => mayEndDelegation(actor, { path: branch }),
    ['department', 'organiser', 'secretary', 'orgMember'],
  ],
  [
    'end a delegation of the college',
    (actor: Actor) => mayEndDelegation(actor, { path: college }),
    ['department', 'organiser'],
  ],
] as const)('who may %s', (_, allowed, names) => {
  expect(those(allowed)).toEqual(names)
})

test.each([
  ['sysadmin', ['organization', 'rules', 'system', 'accounts', 'administrators']],
  ['secadmin', ['organization', 'rules', 'system', 'accounts', 'administrators']],
  ['auditor', ['organization', 'rules', 'system', 'accounts', 'journal']],
  [
    'department',
    [
      'desk',
      'my-way',
      'development',
      'batch-review',
      'people',
      'archive',
      'digitization',
      'reports',
      'exports',
      'organization',
      'intake',
      'forms',
      'notices',
      'notice-sending',
      'publicity',
      'activities',
      'training',
      'staff',
      'discussion',
      'rules',
      'system',
      'accounts',
      'delegations',
    ],
  ],
  [
    'secretary',
    [
      'desk',
      'my-way',
      'development',
      'batch-review',
      'people',
      'archive',
      'digitization',
      'reports',
      'exports',
      'organization',
      'intake',
      'forms',
      'notices',
      'notice-sending',
      'publicity',
      'publishing',
      'activities',
      'training',
      'staff',
      'discussion',
      'rules',
      'system',
      'delegations',
    ],
  ],
  [
    'publicityMember',
    [
      'desk',
      'my-way',
      'development',
      'people',
      'archive',
      'reports',
      'exports',
      'organization',
      'forms',
      'notices',
      'notice-sending',
      'publicity',
      'publishing',
      'activities',
      'training',
      'staff',
      'discussion',
      'rules',
    ],
  ],
  [
    'partySchool',
    [
      'desk',
      'my-way',
      'development',
      'people',
      'archive',
      'reports',
      'exports',
      'organization',
      'forms',
      'notices',
      'notice-sending',
      'publicity',
      'activities',
      'training',
      'staff',
      'discussion',
      'rules',
    ],
  ],
  [
    'publicity',
    [
      'my-way',
      'organization',
      'notices',
      'notice-sending',
      'publicity',
      'publishing',
      'activities',
      'training',
      'staff',
      'discussion',
      'rules',
    ],
  ],
  [
    'himself',
    ['my-way', 'organization', 'notices', 'publicity', 'activities', 'training', 'staff', 'discussion', 'rules'],
  ],
  [
    'helper',
    [
      'desk',
      'my-way',
      'development',
      'people',
      'archive',
      'organization',
      'notices',
      'publicity',
      'activities',
      'training',
      'staff',
      'discussion',
      'rules',
      'system',
      'delegations',
    ],
  ],
] as const)('the parts of the web open to %s', (name, areas) => {
  expect(areasOf(actors[name])).toEqual(areas)
})
