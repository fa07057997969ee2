import { expect, test } from 'vitest'
import { Actor } from '../../platform/context.ts'
import { rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { type ActivityFacts, may, stateAt, stateOf } from './policy.ts'

const college = '0001.0002.'
const branch = `${college}0001.`
const sibling = `${college}0002.`
const today = '2026-11-23'
const at = new Date('2026-11-20T02:00:00Z')

const planned: ActivityFacts = {
  ...{ path: branch, fromOn: '2026-11-24', untilOn: null, announcedAt: null, cancelledAt: null, recordedAt: null },
  ...{ articleId: null, revision: 1, filedRevision: null },
}
const announced = { ...planned, announcedAt: at }
const recorded = { ...announced, fromOn: today, recordedAt: at } satisfies ActivityFacts

test.each<[what: string, it: Partial<ActivityFacts>, state: ReturnType<typeof stateOf>]>([
  ['without days', { fromOn: null }, 'planned'],
  ['that nobody has announced, on its day', { fromOn: today }, 'planned'],
  ['that nobody has announced, a day after', { fromOn: '2026-11-22' }, 'over'],
  ['a day before', { announcedAt: at }, 'announced'],
  ['on its day', { announcedAt: at, fromOn: today }, 'underWay'],
  ['on the last of its days', { announcedAt: at, fromOn: '2026-11-22', untilOn: today }, 'underWay'],
  ['a day after', { announcedAt: at, fromOn: '2026-11-22' }, 'over'],
  ['a day after the last', { announcedAt: at, fromOn: '2026-11-20', untilOn: '2026-11-22' }, 'over'],
  ['with a record', { recordedAt: at, fromOn: today }, 'recorded'],
  ['that was cancelled', { cancelledAt: at, announcedAt: at, fromOn: '2026-11-22' }, 'cancelled'],
])('an activity %s stands there', (_, it, state) => {
  expect(stateOf({ ...planned, ...it }, today)).toBe(state)
})

test.each<[what: string, startMinute: number | null, endMinute: number | null, clock: string, state: string]>([
  ['a minute before its hour', 14 * 60, 16 * 60, '13:59', 'announced'],
  ['at its hour', 14 * 60, 16 * 60, '14:00', 'underWay'],
  ['a minute before its end', 14 * 60, 16 * 60, '15:59', 'underWay'],
  ['at its end', 14 * 60, 16 * 60, '16:00', 'over'],
  ['without an hour at midnight', null, null, '00:00', 'underWay'],
  ['without an hour at the end of the day', null, null, '23:59', 'underWay'],
  ['without an end in the evening', 14 * 60, null, '23:59', 'underWay'],
])('on its day an activity is shown %s as', (_, startMinute, endMinute, clock, state) => {
  const it = { ...announced, fromOn: today, startMinute, endMinute } as const
  expect(stateAt(it, today, new Date(`${today}T${clock}:00+08:00`))).toBe(state)
})

test('on later days an activity of several is under way before its hour', () => {
  const it = { ...announced, fromOn: '2026-11-22', untilOn: today, startMinute: 14 * 60, endMinute: 16 * 60 } as const
  expect(stateAt(it, today, new Date(`${today}T08:00:00+08:00`))).toBe('underWay')
  expect(stateAt({ ...it, cancelledAt: at }, today, new Date(`${today}T08:00:00+08:00`))).toBe('cancelled')
})

const holding = (office: OfficeKind, path: string) =>
  new Actor({ accountId: 'a', personId: 'p', name: '某人', home: path, grants: [{ rights: rightsOf[office], path }] })
const member = (home: string | null) => new Actor({ accountId: 'm', personId: 'q', name: '某人', home })
const allowed = (actor: Actor, it: ActivityFacts) =>
  Object.entries(may(actor, it, today)).flatMap(([what, is]) => (is ? [what] : []))

test.each<[who: string, actor: Actor, what: string, it: ActivityFacts, allowed: string[]]>([
  [
    ...(['the secretary', holding('secretary', branch), 'being prepared', planned] as const),
    ['read', 'change', 'announce', 'cancel', 'offer', 'seeSignUps'],
  ],
  [
    ...(['the secretary', holding('secretary', branch), 'to come', announced] as const),
    ['read', 'change', 'cancel', 'notify', 'offer', 'seeSignUps', 'removeSignUps'],
  ],
  [
    ...(['the secretary', holding('secretary', branch), 'of today', { ...announced, fromOn: today }] as const),
    ['read', 'change', 'cancel', 'record', 'notify', 'offer', 'seeSignUps', 'removeSignUps'],
  ],
  [
    ...([
      'the secretary',
      holding('secretary', branch),
      'of yesterday',
      { ...announced, fromOn: '2026-11-22' },
    ] as const),
    ['read', 'change', 'cancel', 'record', 'offer', 'seeSignUps'],
  ],
  [
    ...(['the secretary', holding('secretary', branch), 'that was recorded', recorded] as const),
    ['read', 'change', 'record', 'file', 'beginArticle', 'offer', 'seeSignUps'],
  ],
  [
    ...(['the secretary', holding('secretary', branch), 'filed', { ...recorded, filedRevision: 1 }] as const),
    ['read', 'change', 'record', 'beginArticle', 'offer', 'seeSignUps'],
  ],
  [
    ...(['the secretary', holding('secretary', branch), 'cancelled', { ...announced, cancelledAt: at }] as const),
    ['read', 'seeSignUps'],
  ],
  ['the secretary', holding('secretary', sibling), 'of the branch beside', recorded, []],
  ['the secretary', holding('secretary', branch), 'of the college', { ...announced, path: college }, ['read']],
  [
    ...(['the organiser', holding('organiser', college), 'of a branch', { ...announced, fromOn: today }] as const),
    ['read', 'change', 'cancel', 'record', 'notify', 'offer', 'seeSignUps', 'removeSignUps'],
  ],
  ['a member', member(branch), 'being prepared', planned, []],
  ['a member', member(branch), 'that was recorded', recorded, ['read']],
  ['somebody without an organisation', member(null), 'to come', announced, []],
])('%s may with an activity %s', (_, actor, __, it, may) => {
  expect(allowed(actor, it)).toEqual(may)
})
