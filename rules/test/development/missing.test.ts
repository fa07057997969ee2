import { describe, expect, test } from 'vitest'
import {
  type Act,
  assess,
  contradictions,
  type DevelopmentFacts,
  due,
  missing,
  nationalPractice,
  nationalSetting,
} from '../../src/index.ts'
import { completeActs, fileWith, today, underFirstEdition } from './complete-file.ts'

const inShort = (facts: DevelopmentFacts): string[] =>
  missing(facts, today).map((it) => [it.code, it.ruleBook, it.article].join(' '))

test.each<[what: string, facts: DevelopmentFacts, missing: string[]]>([
  ['a complete file', fileWith(), []],
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
  ['the month of the first dues is all that is asked', fileWith([{ kind: 'duesStart' }]), ['duesStart.day XZ-2026 28']],
  ['nothing yet', { acts: [] }, []],
  ['an application: what comes next is due, not missing', { acts: completeActs.slice(0, 1) }, []],
  ['no talk, but a decision', fileWith([], ['applicantTalk']), ['applicantTalk.act XZ-2014 7']],
  [
    'no consent and no notice under the revision',
    fileWith([], ['prospectConsent', 'publicNotice']),
    ['prospectConsent.act XZ-2026 13', 'publicNotice.act XZ-2026 13'],
  ],
  ['no review', fileWith([], ['review']), ['review.act XZ-2026 11']],
  ['no oath', fileWith([], ['oath']), ['oath.act XZ-2026 29']],
  ['only “done”', fileWith([{ kind: 'politicalReview', conclusion: 'qualified' }]), ['politicalReview.day XZ-2026 16']],
  [
    'no names, no tally, no dates of probation',
    fileWith([
      { kind: 'introducers', on: '2026-07-15' },
      { kind: 'admissionAssembly', on: '2026-09-20' },
      { kind: 'admissionApproval', on: '2026-10-10' },
    ]),
    ['introducers.detail XZ-2026 14', 'admissionAssembly.detail XZ-2026 21', 'admissionApproval.detail XZ-2026 24'],
  ],
  [
    'approved as full without an assembly',
    fileWith([], ['confirmationAssembly']),
    ['confirmationAssembly.act XZ-2026 32'],
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

describe('a member admitted long ago', () => {
  const former: Act[] = [
    { kind: 'application', on: '2014-09-10', id: 'a' },
    { kind: 'admissionAssembly', on: '2016-10-20', id: 'b' },
    { kind: 'confirmationAssembly', on: '2017-10-25', outcome: 'confirm', id: 'c' },
    { kind: 'confirmationApproval', on: '2017-11-10', fullOn: '2017-10-20' },
    { kind: 'archiving' },
  ]

  test('of whom less is recorded than missing: said once, and the act without a day beside it', () => {
    const [whole, ...others] = missing({ acts: former }, today)
    expect(others.map((it) => it.code)).toEqual(['archiving.day'])
    expect(whole).toMatchObject({
      code: 'file.file',
      kind: 'applicantTalk',
      step: 2,
      lacks: 'file',
      ruleBook: 'XZ-2014',
    })
    expect(whole?.message).toBe(
      '早年档案未录入，缺23项（“派人同入党申请人谈话”、“推荐（推优）”、“确定为入党积极分子”等）。请对照纸质档案择要补录；纸质档案中也没有的写明情况，不得补造材料。',
    )
    expect(whole?.covers).toHaveLength(23)
    expect(whole?.facts.map((it) => it.kind)).toEqual(former.map((it) => it.kind))
  })

  test('is told item by item while on the way, and once as much is recorded as missing', () => {
    const onTheWay = missing({ acts: former.slice(0, 2) }, today)
    expect(onTheWay.map((it) => it.lacks)).not.toContain('file')
    expect(onTheWay.length).toBeGreaterThan(former.length)
    const half = completeActs.filter((_, at) => at % 2 === 0 || at > 26)
    expect(missing({ acts: half }, today).map((it) => it.lacks)).not.toContain('file')
  })
})

test('assess says the same as the three together', () => {
  const setting = { ...nationalSetting, practice: { ...nationalPractice, stricter: { activistYears: 2 } } }
  for (const facts of [fileWith(), fileWith([], ['oath']), { acts: completeActs.slice(0, 9) }, { acts: [] }])
    for (const on of ['2026-07-02', today] as const)
      expect(assess(facts, on, setting)).toEqual({
        stage: due(facts, on, setting).stage,
        findings: contradictions(facts, on, setting),
        due: due(facts, on, setting).acts,
        missing: missing(facts, on, setting),
      })
})
