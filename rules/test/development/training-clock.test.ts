import { describe, expect, test } from 'vitest'
import type { Day } from '../../src/kernel/day.ts'
import type { Act } from '../../src/procedures/development/facts.ts'
import { nationalSetting } from '../../src/procedures/development/setting.ts'
import { trainingClock } from '../../src/procedures/development/training-clock.ts'

const application: Act = { kind: 'application', on: '2024-09-10' }
const activist: Act = { kind: 'activistDecision', on: '2025-05-28' }
const filing: Act = { kind: 'activistFiling', on: '2025-06-01', repliedOn: '2025-06-10' }
const prospect: Act = { kind: 'prospectListing', on: '2026-06-20' }
const assembly: Act = { kind: 'admissionAssembly', on: '2026-09-01' }
const approval: Act = { kind: 'admissionApproval', on: '2026-10-08' }
const confirmed: Act = { kind: 'confirmationApproval', on: '2027-10-08' }
const fromReply = {
  ...nationalSetting,
  practice: { ...nationalSetting.practice, activistClockStart: 'filingReply' as const },
}

describe('the clock that a move does not stop', () => {
  test.each<[string, readonly Act[], Day, object | undefined]>([
    ['nobody has begun', [], '2026-11-23', undefined],
    ['an applicant is not in training yet', [application], '2026-11-23', undefined],
    [
      'an activist from the decision on',
      [application, activist],
      '2025-05-29',
      { kind: 'training', sinceOn: '2025-05-28', days: 1, cited: '《发展党员工作细则》（2014年）第12条（条号待核实）' },
    ],
    [
      'on the day of the decision',
      [application, activist],
      '2025-05-28',
      { kind: 'training', sinceOn: '2025-05-28', days: 0, cited: '《发展党员工作细则》（2014年）第12条（条号待核实）' },
    ],
    ['not the day before it', [application, activist], '2025-05-27', undefined],
    [
      'a prospect all the same, by the edition of the day',
      [application, activist, prospect],
      '2026-11-23',
      { kind: 'training', sinceOn: '2025-05-28', days: 544, cited: '《发展党员工作细则》（2026年修订）第12条' },
    ],
    [
      'not where the day of the decision is not known',
      [application, { kind: 'activistDecision' }],
      '2026-11-23',
      undefined,
    ],
    [
      'a probationary member from the assembly on, not from its approval',
      [application, activist, prospect, assembly, approval],
      '2026-11-23',
      { kind: 'probation', sinceOn: '2026-09-01', days: 83, cited: '《发展党员工作细则》（2026年修订）第31条' },
    ],
    [
      'a full member no more',
      [application, activist, prospect, assembly, approval, confirmed],
      '2027-11-23',
      undefined,
    ],
  ])('%s', (_, acts, on, expected) => {
    expect(trainingClock({ acts }, on)).toEqual(expected)
  })

  test('from the reply to the filing where the university counts so', () => {
    expect(trainingClock({ acts: [application, activist, filing] }, '2026-11-23', fromReply)?.sinceOn).toBe(
      '2025-06-10',
    )
    expect(trainingClock({ acts: [application, activist, filing] }, '2026-11-23')?.sinceOn).toBe('2025-05-28')
  })
})
