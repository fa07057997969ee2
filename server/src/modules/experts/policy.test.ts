import type { Day } from '@zhibu/rules'
import { expect, test } from 'vitest'
import { Actor } from '../../platform/context.ts'
import { type InvitationFacts, invitationStateOf, mayWith } from './policy.ts'

const today: Day = '2026-11-23'
const at = new Date('2026-11-01T02:00:00Z')
const asked: InvitationFacts = {
  ...{ path: '1.2', personId: 'expert', agreement: null, declinedAt: null, withdrawnAt: null, evaluatedAt: null },
  lecture: null,
}
const agreedOn = (on: Day): InvitationFacts => ({ ...asked, agreement: { on } })
const begun = (fromOn: Day | null, cancelledAt: Date | null = null): InvitationFacts => ({
  ...agreedOn(today),
  lecture: { fromOn, cancelledAt },
})

const runner = new Actor({
  ...{ accountId: 'a', personId: 'p', name: '某同志' },
  grants: [{ rights: ['keep-trainings'], path: '1.2' }],
})
const expert = new Actor({ accountId: 'b', personId: 'expert', name: '专家' })
const stranger = new Actor({
  ...{ accountId: 'c', personId: 'q', name: '别人' },
  grants: [{ rights: ['keep-trainings'], path: '1.3' }],
})
const auditor = new Actor({ accountId: 'd', personId: 'expert', name: '审计员', administrator: 'auditor' })

const allowed = (actor: Actor, it: InvitationFacts) =>
  Object.entries(mayWith(actor, it, today)).flatMap(([what, may]) => (may ? [what] : []))

test.each<[what: string, it: InvitationFacts, state: string, runs: string[], own: string[]]>([
  ['asked', asked, 'asked', ['read', 'change', 'agree', 'decline', 'withdraw'], ['read', 'agree', 'decline']],
  ['declined', { ...asked, declinedAt: at }, 'declined', ['read'], ['read']],
  ['taken back', { ...asked, withdrawnAt: at }, 'withdrawn', ['read'], ['read']],
  ['agreed for tomorrow', agreedOn('2026-11-24'), 'agreed', ['read', 'agree', 'withdraw', 'begin'], ['read', 'agree']],
  [
    'agreed for today',
    agreedOn(today),
    'agreed',
    ['read', 'agree', 'withdraw', 'begin', 'evaluate'],
    ['read', 'agree'],
  ],
  ['agreed for yesterday', agreedOn('2026-11-22'), 'over', ['read', 'agree', 'begin', 'evaluate'], ['read', 'agree']],
  ['begun, without a day by now', begun(null), 'agreed', ['read', 'evaluate'], ['read']],
  ['begun, and moved to tomorrow', begun('2026-11-24'), 'agreed', ['read'], ['read']],
  ['begun, and moved to yesterday', begun('2026-11-22'), 'over', ['read', 'evaluate'], ['read']],
  ['begun, and cancelled', begun(today, at), 'cancelled', ['read'], ['read']],
  ['spoken of', { ...begun(today), evaluatedAt: at }, 'evaluated', ['read', 'evaluate'], ['read']],
])('of an invitation that is %s', (_, it, state, runs, own) => {
  expect(invitationStateOf(it, today)).toBe(state)
  expect(allowed(runner, it)).toEqual(runs)
  expect(allowed(expert, it)).toEqual(own)
  expect(allowed(stranger, it)).toEqual([])
  expect(allowed(auditor, it)).toEqual([])
})
