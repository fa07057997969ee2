import { expect, test } from 'vitest'
import { Actor } from '../../platform/context.ts'
import { rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { type BookingFacts, isInForce, may, mayAppoint, mayBook, stateOf } from './policy.ts'

const college = '0001.0002.'
const branch = `${college}0001.`
const sibling = `${college}0002.`
const at = (clock: string) => new Date(`2026-12-04T${clock}:00+08:00`)

const booking: BookingFacts = {
  ...{ personId: 'g', mentorPersonId: 'm', heldOn: '2026-12-04', startMinute: 14 * 60, endMinute: 14 * 60 + 30 },
  ...{ cancelledAt: null, hasRecord: false },
}
const person = (personId: string | null, home: string | null, office?: [OfficeKind, string]) =>
  new Actor({
    ...{ accountId: 'a', personId, name: '某人', home },
    ...(office && { grants: [{ rights: rightsOf[office[0]], path: office[1] }] }),
  })

test.each<[clock: string, it: Partial<BookingFacts>, state: ReturnType<typeof stateOf>]>([
  ['13:59', {}, 'coming'],
  ['14:00', {}, 'underWay'],
  ['14:29', {}, 'underWay'],
  ['14:30', {}, 'over'],
  ['14:30', { hasRecord: true }, 'recorded'],
  ['13:00', { cancelledAt: at('12:00') }, 'cancelled'],
])('at %s a booking with %o is %s', (clock, it, state) => {
  expect(stateOf({ ...booking, ...it }, at(clock))).toBe(state)
})

const coming = ['read', 'move', 'cancel', 'remark']
test.each<[who: string, actor: Actor, clock: string, it: Partial<BookingFacts>, allowed: string[]]>([
  ['the mentor', person('m', branch), '13:59', {}, coming],
  ['the guided one', person('g', branch), '13:59', {}, ['read', 'changeWish', 'move', 'cancel', 'remark']],
  ['the guided one', person('g', branch), '14:00', {}, ['read', 'cancel', 'record', 'remark']],
  ['the mentor', person('m', branch), '15:00', { hasRecord: true }, ['read', 'record', 'tick', 'remark']],
  ['the mentor', person('m', branch), '15:00', { cancelledAt: at('12:00') }, ['read', 'remark']],
  ['an organiser', person('o', college, ['organiser', college]), '13:59', {}, []],
  ['the organisation department', person('d', '0001.', ['orgDepartment', '0001.']), '15:00', { hasRecord: true }, []],
  ['an account without a person', person(null, null), '13:59', {}, []],
])('what %s may do with a booking, %#', (_, actor, clock, it, allowed) => {
  const can = Object.entries(may(actor, { ...booking, ...it }, at(clock)))
  expect(can.flatMap(([what, is]) => (is ? [what] : []))).toEqual(allowed)
})

test.each<[who: string, actor: Actor, appoints: boolean, books: boolean]>([
  ['somebody of the branch', person('p', branch), false, true],
  ['somebody of a group in it', person('p', `${branch}0001.`), false, true],
  ['somebody of the branch beside', person('p', sibling), false, false],
  ['its mentor', person('m', branch), false, false],
  ['its secretary', person('p', branch, ['secretary', branch]), true, true],
  ['the secretary beside', person('p', sibling, ['secretary', sibling]), false, false],
  ['the organiser above', person('p', college, ['organiser', college]), true, false],
  ['the Party school', person('p', '0001.', ['partySchool', '0001.']), true, false],
  ['the publicity department', person('p', '0001.', ['publicityDepartment', '0001.']), false, false],
  ['somebody who belongs nowhere', person('p', null), false, false],
])('whether %s appoints a mentor of the branch, and books one', (_, actor, appoints, books) => {
  expect([mayAppoint(actor, branch), mayBook(actor, { path: branch, personId: 'm' })]).toEqual([appoints, books])
})

test.each<[untilOn: '2026-12-31' | null, on: '2026-08-31' | '2026-09-01' | '2026-12-31' | '2027-01-01', is: boolean]>([
  [null, '2026-08-31', false],
  [null, '2026-09-01', true],
  ['2026-12-31', '2026-12-31', true],
  ['2026-12-31', '2027-01-01', false],
])('an appointment until %s is in force on %s: %s', (untilOn, on, is) => {
  expect(isInForce({ fromOn: '2026-09-01', untilOn }, on)).toBe(is)
})
