import { expect, test } from 'vitest'
import { Actor } from '../../platform/context.ts'
import { rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { maySucceed, type SuccessionFacts } from './policy.ts'

const [university, college, branch] = ['0001.', '0001.0001.', '0001.0001.0001.']
const today = '2026-11-23'
const [going, coming] = ['person going', 'person coming']

const who = (personId: string | null, office?: OfficeKind, path = branch): Actor =>
  new Actor({
    ...{ accountId: 'account', personId, name: '某人', home: branch },
    grants: office ? [{ rights: rightsOf[office], path }] : [],
  })

const people = {
  organiser: who('organiser', 'organiser', college),
  department: who('department', 'orgDepartment', university),
  'the secretary who goes': who(going, 'secretary'),
  'who has gone': who(going),
  'who comes': who(coming),
  'who has come': who(coming, 'secretary'),
  'a deputy': who('deputy', 'deputySecretary'),
  'the publicity department': who('publicity', 'publicityDepartment', university),
  'an organiser who goes': who(going, 'organiser', college),
  'an organiser who comes': who(coming, 'organiser', college),
  'an administrator': new Actor({ accountId: 'account', personId: null, name: '某人', administrator: 'secadmin' }),
}
type Who = keyof typeof people

const begun: SuccessionFacts = {
  ...{ path: branch, kind: 'branch', office: 'secretary', outgoingPersonId: going, incomingPersonId: coming },
  ...{ lastOn: null, firstOn: null, settledOn: null, closedOn: null, droppedOn: null },
  ...{ isDrawnUp: false, hasOutgoingSigned: false, hasIncomingSigned: false },
}
const settled = { ...begun, settledOn: today, lastOn: '2026-11-22', firstOn: today } as const
const tomorrow = { ...begun, settledOn: today, lastOn: today, firstOn: '2026-11-24' } as const
const signedEarly: SuccessionFacts = {
  ...tomorrow,
  ...{ isDrawnUp: true, hasOutgoingSigned: true, hasIncomingSigned: true, closedOn: today },
}
const handed = { ...begun, isDrawnUp: true, hasOutgoingSigned: true }
const handedAndTaken = { ...handed, hasIncomingSigned: true }
const closed = {
  ...settled,
  isDrawnUp: true,
  hasOutgoingSigned: true,
  hasIncomingSigned: true,
  closedOn: today,
} as const
const dropped = { ...begun, droppedOn: today } as const
const withoutSuccessor = { ...settled, incomingPersonId: null, firstOn: null }

/** Who may do what; all that is not named they may not. */
const cases: readonly (readonly [string, SuccessionFacts, Who, string])[] = [
  ['begun', begun, 'organiser', 'read readKit opensPages nameSuccessor write settle drop export'],
  ['begun', begun, 'department', 'read readKit opensPages nameSuccessor write settle drop export'],
  ['begun', begun, 'the secretary who goes', 'read readKit opensPages write signOutgoing export'],
  ['begun', begun, 'who has gone', 'read write signOutgoing'],
  ['begun', begun, 'who comes', 'read readKit export'],
  ['begun', begun, 'a deputy', ''],
  ['begun', begun, 'the publicity department', ''],
  ['begun', begun, 'an organiser who goes', 'read write signOutgoing'],
  ['begun', begun, 'an organiser who comes', 'read readKit export'],
  ['begun', begun, 'an administrator', ''],
  ['signed by who goes', handed, 'organiser', 'read readKit opensPages nameSuccessor settle drop export'],
  ['signed by both, not settled', handedAndTaken, 'organiser', 'read readKit opensPages settle drop export'],
  ['signed by both, not settled', handedAndTaken, 'who comes', 'read readKit export'],
  ['signed by who goes', handed, 'the secretary who goes', 'read readKit opensPages export'],
  ['signed by who goes', handed, 'who comes', 'read readKit signIncoming export'],
  ['settled for tomorrow', tomorrow, 'who comes', 'read readKit export'],
  ['settled for tomorrow, signed by both', signedEarly, 'who comes', 'read readKit export'],
  ['settled for tomorrow, signed by both', signedEarly, 'who has gone', 'read'],
  ['settled, and who comes does not hold it', settled, 'who comes', 'read signIncoming'],
  ['settled', settled, 'organiser', 'read readKit opensPages write close export'],
  ['settled', settled, 'who has gone', 'read write signOutgoing'],
  ['settled', settled, 'who has come', 'read readKit opensPages signIncoming export'],
  [
    'settled without a successor',
    withoutSuccessor,
    'organiser',
    'read readKit opensPages nameSuccessor write close export',
  ],
  ['closed', closed, 'organiser', 'read readKit opensPages export'],
  ['closed', closed, 'who has gone', 'read'],
  ['closed', closed, 'who comes', 'read'],
  ['closed', closed, 'who has come', 'read readKit opensPages export'],
  ['dropped', dropped, 'organiser', 'read readKit opensPages'],
  ['dropped', dropped, 'the secretary who goes', ''],
  ['dropped', dropped, 'who comes', ''],
]

test.each(cases)('a hand-over that is %s: %#', (_, it, name, expected) => {
  const { isOutgoing: _out, isIncoming: _in, ...can } = maySucceed(people[name], it, today)
  const allowed = Object.entries(can).flatMap(([what, isAllowed]) => (isAllowed ? [what] : []))
  expect([name, allowed.sort()]).toEqual([name, expected.split(' ').filter(Boolean).sort()])
})
