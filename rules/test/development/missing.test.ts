import { expect, test } from 'vitest'
import { type Act, type DevelopmentFacts, missing } from '../../src/index.ts'
import { completeActs, fileWith, today, underFirstEdition } from './complete-file.ts'

const inShort = (facts: DevelopmentFacts): string[] =>
  missing(facts, today).map((it) => [it.code, it.ruleBook, it.article].join(' '))

/** The complete file has all but the day of the first dues, which is a month. */
const complete = ['duesStart.day XZ-2026 28']

test.each<[what: string, facts: DevelopmentFacts, missing: string[]]>([
  ['a complete file', fileWith(), complete],
  [
    'a complete file of the first edition needs neither consent nor notice',
    { acts: underFirstEdition.filter((it) => it.kind !== 'admissionAssembly' && it.kind !== 'duesStart') },
    ['admissionAssembly.act XZ-2014 20'],
  ],
  [
    'a member admitted before the first edition: its papers are not asked for',
    { acts: [{ kind: 'admissionAssembly', on: '2014-05-27' }] },
    [],
  ],
  [
    'admitted on the first day of the first edition',
    { acts: [{ kind: 'preReview', on: '2014-05-28' }] },
    [
      'application.act XZ-2014 5',
      'applicantTalk.act XZ-2014 7',
      'recommendation.act XZ-2014 8',
      'activistDecision.act XZ-2014 8',
      'activistFiling.act XZ-2014 8',
      'contactPersons.act XZ-2014 9',
      'opinions.act XZ-2014 13',
      'prospectProposal.act XZ-2014 13',
      'prospectListing.act XZ-2014 13',
      'politicalReview.act XZ-2014 16',
      'committeeExamination.act XZ-2014 19',
    ],
  ],
  ['nothing yet', { acts: [] }, []],
  ['an application: what comes next is due, not missing', { acts: completeActs.slice(0, 1) }, []],
  ['no talk, but a decision', fileWith([], ['applicantTalk']), ['applicantTalk.act XZ-2014 7', ...complete]],
  [
    'no consent and no notice under the revision',
    fileWith([], ['prospectConsent', 'publicNotice']),
    ['prospectConsent.act XZ-2026 13', 'publicNotice.act XZ-2026 13', ...complete],
  ],
  ['no review', fileWith([], ['review']), ['review.act XZ-2026 11', ...complete]],
  ['no oath', fileWith([], ['oath']), [...complete, 'oath.act XZ-2026 29']],
  [
    'only “done”',
    fileWith([{ kind: 'politicalReview', conclusion: 'qualified' }]),
    ['politicalReview.day XZ-2026 16', ...complete],
  ],
  [
    'no names, no tally, no dates of probation',
    fileWith([
      { kind: 'introducers', on: '2026-07-15' },
      { kind: 'admissionAssembly', on: '2026-09-20' },
      { kind: 'admissionApproval', on: '2026-10-10' },
    ]),
    [
      'introducers.detail XZ-2026 14',
      'admissionAssembly.detail XZ-2026 21',
      'admissionApproval.detail XZ-2026 24',
      ...complete,
    ],
  ],
  [
    'approved as full without an assembly',
    fileWith([], ['confirmationAssembly']),
    [...complete, 'confirmationAssembly.act XZ-2026 32'],
  ],
])('%s', (_what, facts, expected) => {
  expect(inShort(facts)).toEqual(expected)
})

test('says what shows that it should be there, and never asks for a made-up paper', () => {
  const acts: Act[] = [
    { kind: 'application', on: '2026-06-01' },
    { kind: 'recommendation', on: '2026-07-01' },
    { kind: 'activistDecision', on: '2026-07-10', id: 'd' },
  ]
  expect(missing({ acts }, today)).toEqual([
    {
      code: 'applicantTalk.act',
      kind: 'applicantTalk',
      step: 2,
      lacks: 'act',
      ruleBook: 'XZ-2026',
      article: '7',
      message:
        '已有“确定为入党积极分子”，缺“派人同入党申请人谈话”的记录。请按原件（入党申请人谈话记录）补录；确实没有办理的写明情况，不得补造材料。',
      facts: [{ label: '确定为入党积极分子', value: '2026-07-10', kind: 'activistDecision', actId: 'd' }],
    },
  ])
})
