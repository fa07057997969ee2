import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AddedPlace,
  actKinds,
  contentKinds,
  deliverers,
  type FilingAdjustment,
  type FilingPlace,
  filingTemplate,
  filingTemplateOf,
  placeOrigins,
  refusedInAdjustment,
  requirements,
  retentionPeriods,
  whenAsked,
} from '../../src/index.ts'

const { person, organization } = filingTemplate
const all: readonly FilingPlace[] = [...person, ...organization]

/** Printed cover sheets and stored documents carry these codes: none is renamed, taken away or given another meaning. */
test('the codes and numbers of the shipped list', () => {
  expect(person.map((it) => `${it.number} ${it.code}`)).toEqual([
    '0 catalogue',
    '1-1 application',
    '1-2 identityProof',
    '2 applicantTalkRecord',
    '3 recommendation',
    '4 activistDecisionMinutes',
    '5 activistFiling',
    '6 observationRegister',
    '7 thoughtReport',
    '8 activistTrainingProof',
    '9 opinionsRecord',
    '10 prospectProposalMinutes',
    '11 prospectConsentReply',
    '12 publicNotice',
    '13 autobiography',
    '14-1 politicalReviewTalk',
    '14-2 letterEnquiry',
    '14-3 onsiteEnquiry',
    '14-4 politicalReviewConclusion',
    '15 intensiveTrainingProof',
    '16-1 committeeExaminationMinutes',
    '16-2 preReviewRequest',
    '17 preReviewResult',
    '18 admissionForm',
    '19-1 admissionMinutes',
    '19-2 admissionBallots',
    '19-3 admissionResolution',
    '20 admissionTalkRecord',
    '21-1 admissionCommitteeMinutes',
    '21-2 admissionReply',
    '22 admissionFiling',
    '23 oathRecord',
    '24-1 probationRegister',
    '24-2 probationReviewOpinions',
    '25 confirmationRequest',
    '26-1 confirmationOpinionsRecord',
    '26-2 confirmationExaminationMinutes',
    '26-3 confirmationNotice',
    '27-1 confirmationMinutes',
    '27-2 confirmationBallots',
    '27-3 confirmationResolution',
    '28-1 confirmationReply',
    '28-2 confirmationTalkRecord',
    '29-1 extensionPapers',
    '29-2 cancellationPapers',
    '30 handoverList',
  ])
  expect(organization.map((it) => `${it.number} ${it.code}`)).toEqual([
    '1 assemblyMinutes',
    '2 branchCommitteeMinutes',
    '3 partyCommitteeMinutes',
    '4 ballots',
    '5 noticePapers',
    '6 filingReports',
    '7 replies',
    '8 memberRoster',
    '9 developmentRoster',
    '10 activistAnalysis',
    '11 organizationPapers',
    '12 transferLetterStubs',
    '13 handoverReceipts',
    '14 activityRecords',
  ])
})

test('what goes into the personnel file, by the edition', () => {
  const codesUnder = (book: 'XZ-2014' | 'XZ-2026') =>
    person.filter((it) => it.personnelFile.includes(book)).map((it) => it.code)
  const under2014 = [
    'application',
    'observationRegister',
    'politicalReviewTalk',
    'letterEnquiry',
    'onsiteEnquiry',
    'politicalReviewConclusion',
    'admissionForm',
    'confirmationRequest',
  ]
  expect(codesUnder('XZ-2014')).toEqual(under2014)
  expect(codesUnder('XZ-2026')).toEqual(under2014.toSpliced(-1, 0, 'probationRegister'))
  expect(person.filter((it) => it.personnelFile.length > 0).every((it) => it.articles.includes('36'))).toBe(true)
})

test('which papers are read only with a trace, and which the person concerned does not read', () => {
  expect(all.filter((it) => it.sensitive).map((it) => it.code)).toEqual([
    'identityProof',
    'politicalReviewTalk',
    'letterEnquiry',
    'onsiteEnquiry',
    'politicalReviewConclusion',
  ])
  expect(all.filter((it) => it.closedToPerson).map((it) => it.code)).toEqual([
    'opinionsRecord',
    'letterEnquiry',
    'onsiteEnquiry',
    'admissionBallots',
    'confirmationOpinionsRecord',
    'confirmationBallots',
    'ballots',
  ])
})

test('codes are unique, local practice is asked of nobody, and a paper without an article is not said to have one', () => {
  expect(new Set(all.map((it) => it.code)).size).toBe(all.length)
  expect(all.filter((it) => it.code.startsWith('own'))).toEqual([])
  expect(all.filter((it) => it.origin === 'local' && it.requirement === 'required')).toEqual([])
  expect(all.filter((it) => it.origin === 'article' && it.articles.length === 0)).toEqual([])
  expect(all.filter((it) => it.origin === 'local' && it.articles.length > 0)).toEqual([])
})

test('only the signature under a resolution is named by an article, nobody signs twice, and lists need no signature', () => {
  expect(
    all.flatMap(({ code, signatures }) =>
      signatures.flatMap(({ by, article }) => (article === undefined ? [] : [`${code} ${by} ${article}`])),
    ),
  ).toEqual(['admissionForm secretary 21', 'admissionResolution secretary 21'])
  expect(all.filter(({ signatures }) => new Set(signatures.map((it) => it.by)).size < signatures.length)).toEqual([])
  expect(all.filter(({ signatures }) => signatures.length === 0).map((it) => it.code)).toEqual([
    'catalogue',
    'identityProof',
    'oathRecord',
    'handoverList',
    'memberRoster',
    'developmentRoster',
    'transferLetterStubs',
    'handoverReceipts',
    'activityRecords',
  ])
})

test('no class of retention was compared with an official text yet, and each says so', () => {
  const said = new Set(all.map((it) => `${it.retention.period} ${it.retention.source} ${it.retention.toVerify}`))
  expect([...said].sort()).toEqual([
    'permanent 《文书档案保管期限规定》保管期限（条款号待核实） true',
    'personnelFile 《干部人事档案工作条例》党团材料（条款号待核实） true',
    'years10 《文书档案保管期限规定》保管期限（条款号待核实） true',
    'years30 《文书档案保管期限规定》保管期限（条款号待核实） true',
  ])
})

test.each([
  ['application', '“递交入党申请书”以后'],
  ['admissionForm', '“上级党委审批预备党员”以后'],
  ['thoughtReport', '有“思想汇报”的'],
  ['extensionPapers', '决定延长预备期的'],
  ['cancellationPapers', '决定取消预备党员资格的'],
  ['letterEnquiry', '有则归档'],
  ['assemblyMinutes', '每次会议后'],
])('%s is asked for: %s', (code, when) => {
  expect(all.filter((it) => it.code === code).map(whenAsked)).toEqual([when])
})

const ownPlace: AddedPlace = {
  subject: 'person',
  code: 'ownVolunteerProof',
  label: '志愿服务证明',
  after: 'autobiography',
  from: 'prospectListing',
  deliveredBy: 'person',
  requirement: 'required',
  form: 'either',
  several: true,
  sensitive: false,
  closedToPerson: false,
  contents: ['pdf', 'word'],
  retention: 'years10',
}

const ownList: AddedPlace = {
  ...ownPlace,
  subject: 'organization',
  code: 'ownLectureNotes',
  after: 'branchCommitteeMinutes',
  occasion: '每次党课后',
}

describe('a university', () => {
  test('adds a place behind another one, whose section it shares', () => {
    const { person: places } = filingTemplateOf({ added: [ownPlace] })
    expect(places.filter((it) => it.section === 13)).toEqual([
      { ...person.find((it) => it.code === 'autobiography'), number: '13-1' },
      {
        subject: 'person',
        code: 'ownVolunteerProof',
        label: '志愿服务证明',
        section: 13,
        number: '13-2',
        from: 'prospectListing',
        evidences: [],
        deliveredBy: 'person',
        requirement: 'required',
        origin: 'local',
        articles: [],
        form: 'either',
        several: true,
        signatures: [],
        sensitive: false,
        closedToPerson: false,
        contents: ['pdf', 'word'],
        personnelFile: [],
        retention: { period: 'years10', source: '本校归档范围和保管期限表', toVerify: false },
      },
    ])
  })

  test('adds a place to the files of organisations', () => {
    const template = filingTemplateOf({ added: [ownList] })
    expect(template.person).toEqual(person)
    expect(template.organization.map((it) => it.number).slice(0, 4)).toEqual(['1', '2-1', '2-2', '3'])
  })

  test('renames, asks for, keeps longer, moves and switches off', () => {
    const { person: places, outOfUse } = filingTemplateOf({
      changed: [
        { code: 'autobiography', label: '本人自传', requirement: 'required' },
        { code: 'thoughtReport', off: true },
        { code: 'oathRecord', retention: 'permanent', after: 'admissionReply' },
      ],
    })
    expect(places.some((it) => it.code === 'thoughtReport')).toBe(false)
    expect(outOfUse).toEqual(person.filter((it) => it.code === 'thoughtReport'))
    expect(places.find((it) => it.code === 'autobiography')).toMatchObject({
      label: '本人自传',
      requirement: 'required',
    })
    expect(places.filter((it) => it.section === 21).map((it) => [it.number, it.code, it.retention.period])).toEqual([
      ['21-1', 'admissionCommitteeMinutes', 'permanent'],
      ['21-2', 'admissionReply', 'permanent'],
      ['21-3', 'oathRecord', 'permanent'],
    ])
  })

  test('changes a place that it added, which stays where it is though the one before is out of use', () => {
    const { person: places, outOfUse } = filingTemplateOf({
      added: [ownPlace],
      changed: [
        { code: 'autobiography', off: true },
        { code: 'ownVolunteerProof', label: '志愿服务时长证明', after: 'autobiography' },
      ],
    })
    expect(places.filter((it) => it.section === 13)).toMatchObject([
      { code: 'ownVolunteerProof', label: '志愿服务时长证明', number: '13' },
    ])
    expect(outOfUse.map((it) => `${it.number} ${it.code}`)).toEqual(['13-1 autobiography'])
  })

  test('confirms a class of retention by its own table', () => {
    const { person: places } = filingTemplateOf({ changed: [{ code: 'oathRecord', retention: 'years10' }] })
    expect(places.find((it) => it.code === 'oathRecord')?.retention).toEqual({
      period: 'years10',
      source: '本校归档范围和保管期限表',
      toVerify: false,
    })
  })
})

const ownPlaces = (count: number): AddedPlace[] =>
  Array.from({ length: count }, (_, at) => ({ ...ownPlace, code: `ownPlace${at + 1}` }))

const changedWith = (change: Partial<AddedPlace>): FilingAdjustment => ({
  added: [{ ...ownPlace, ...change } as AddedPlace],
})

const refused: [why: string, FilingAdjustment, reasons: string[]][] = [
  ['nothing', {}, []],
  ['a place of its own', { added: [ownPlace] }, []],
  ['a code of 4 letters', changedWith({ code: 'ownA' }), []],
  [
    'a code of 3 letters',
    changedWith({ code: 'own' }),
    ['增加的“志愿服务证明”：代码“own”应以 own 开头，后接大写英文字母，共 4 至 40 个英文字母或数字，请改写'],
  ],
  ['a code of 40 letters', changedWith({ code: `own${'A'.repeat(37)}` }), []],
  [
    'a code of 41 letters',
    changedWith({ code: `own${'A'.repeat(38)}` }),
    [
      `增加的“志愿服务证明”：代码“own${'A'.repeat(38)}”应以 own 开头，后接大写英文字母，共 4 至 40 个英文字母或数字，请改写`,
    ],
  ],
  [
    'a code that leads out of an address',
    changedWith({ code: '../etc' }),
    ['增加的“志愿服务证明”：代码“../etc”应以 own 开头，后接大写英文字母，共 4 至 40 个英文字母或数字，请改写'],
  ],
  [
    'a code of the shipped list',
    changedWith({ code: 'oathRecord' }),
    ['增加的“志愿服务证明”：代码“oathRecord”应以 own 开头，后接大写英文字母，共 4 至 40 个英文字母或数字，请改写'],
  ],
  [
    'a code twice',
    { added: [ownPlace, ownPlace] },
    ['增加的“志愿服务证明”：代码“ownVolunteerProof”已有位置使用，请换一个'],
  ],
  ['a label of 60', changedWith({ label: '证'.repeat(60) }), []],
  [
    'a label of 61',
    changedWith({ label: '证'.repeat(61) }),
    ['代码为“ownVolunteerProof”的位置：名称应为 1 至 60 个字，前后不留空格，请改写'],
  ],
  [
    'no label',
    { changed: [{ code: 'oathRecord', label: '' }] },
    ['“入党宣誓记录”：名称应为 1 至 60 个字，前后不留空格，请改写'],
  ],
  [
    'a label with a blank behind it',
    { changed: [{ code: 'oathRecord', label: '宣誓记录 ' }] },
    ['“入党宣誓记录”：名称应为 1 至 60 个字，前后不留空格，请改写'],
  ],
  [
    'an organisation’s place that never comes about',
    { added: [{ ...ownList, occasion: '' } as AddedPlace] },
    ['增加的“志愿服务证明”：没有写明何时形成，请填写'],
  ],
  [
    'behind nothing that there is',
    changedWith({ after: 'nowhere' }),
    ['增加的“志愿服务证明”：没有代码为“nowhere”的位置可以排在其后，请核对代码'],
  ],
  [
    'a person’s place behind an organisation’s',
    changedWith({ after: 'ballots' }),
    ['增加的“志愿服务证明”：没有代码为“ballots”的位置可以排在其后，请核对代码'],
  ],
  [
    'an unknown code',
    { changed: [{ code: 'nowhere', label: '某处' }] },
    ['归档清单中没有代码为“nowhere”的位置，请核对代码，或先增加这个位置'],
  ],
  [
    'a place twice',
    {
      changed: [
        { code: 'oathRecord', label: '宣誓' },
        { code: 'oathRecord', off: true },
      ],
    },
    ['代码为“oathRecord”的位置调整了两次，请合并为一项'],
  ],
  ['custom switched off', { changed: [{ code: 'oathRecord', off: true }] }, []],
  [
    'what an article names switched off',
    { changed: [{ code: 'admissionForm', off: true }] },
    ['“中国共产党入党志愿书”是《发展党员工作细则》写明的材料，不能停用，请保留'],
  ],
  ['custom made optional', { changed: [{ code: 'oathRecord', requirement: 'optional' }] }, []],
  [
    'what an article names made optional',
    { changed: [{ code: 'application', requirement: 'optional' }] },
    ['“入党申请书”是《发展党员工作细则》写明的材料，归档要求不能放宽，请保持“必备”'],
  ],
  ['what an article leaves open made required', { changed: [{ code: 'letterEnquiry', requirement: 'required' }] }, []],
  ['the branch’s own paper for 10 years', { changed: [{ code: 'admissionMinutes', retention: 'years10' }] }, []],
  [
    'the personnel file for 10 years',
    { changed: [{ code: 'application', retention: 'years10' }] },
    ['“入党申请书”归入人事档案，保管期限随人事档案，不能另定，请删去这一项'],
  ],
  [
    'the personnel file for a paper that Art. 36 does not send there',
    { changed: [{ code: 'oathRecord', retention: 'personnelFile' }] },
    ['“入党宣誓记录”：不归入人事档案，保管期限不能随人事档案，请选择永久、30年或10年'],
  ],
  [
    'the personnel file for an own paper',
    changedWith({ retention: 'personnelFile' }),
    ['增加的“志愿服务证明”：不归入人事档案，保管期限不能随人事档案，请选择永久、30年或10年'],
  ],
  [
    'no kind of file',
    changedWith({ contents: [] }),
    ['增加的“志愿服务证明”：没有选择可以归入的文件类型，请至少选择一种'],
  ],
  ['100 places', { added: ownPlaces(100) }, []],
  ['101 places', { added: ownPlaces(101) }, ['本校增加的位置已有100个，不能再增加，请修改或恢复使用已有的位置']],
  [
    'behind itself',
    { changed: [{ code: 'oathRecord', after: 'oathRecord' }] },
    ['“入党宣誓记录”：不能排在自己后面，请另选一个位置'],
  ],
]

test.each(refused)('%s', (_why, adjustment, reasons) => {
  expect(refusedInAdjustment(adjustment)).toEqual(reasons)
  if (reasons.length > 0) expect(() => filingTemplateOf(adjustment)).toThrow(new RangeError(reasons.join('；')))
  else expect(filingTemplateOf(adjustment).version).toBe(filingTemplate.version)
})

const anyCode = fc.constantFrom('ownVolunteerProof', 'ownLectureNotes', 'nowhere', ...all.map((it) => it.code))
const anyAdjustment: fc.Arbitrary<FilingAdjustment> = fc.record({
  added: fc.array(
    fc.record({
      subject: fc.constant('person'),
      code: fc.constantFrom('ownVolunteerProof', 'oathRecord', 'ownPaper'),
      label: fc.constantFrom('志愿服务证明', ''),
      after: anyCode,
      from: fc.constantFrom(...actKinds),
      deliveredBy: fc.constantFrom(...deliverers),
      requirement: fc.constantFrom(...requirements),
      form: fc.constantFrom('original', 'either'),
      several: fc.boolean(),
      sensitive: fc.boolean(),
      closedToPerson: fc.boolean(),
      contents: fc.subarray([...contentKinds]),
      retention: fc.constantFrom(...retentionPeriods),
    }),
    { maxLength: 2 },
  ),
  changed: fc.array(
    fc.record(
      {
        code: anyCode,
        label: fc.constantFrom('新名称', ''),
        requirement: fc.constantFrom(...requirements),
        retention: fc.constantFrom(...retentionPeriods),
        after: anyCode,
        off: fc.constant(true),
      },
      { requiredKeys: ['code'] },
    ),
    { maxLength: 3 },
  ),
})

test('whatever is adjusted: it is refused with reasons, or codes and numbers stay unique and the personnel file whole', () => {
  const inPersonnelFile = (places: readonly FilingPlace[]) =>
    places.filter((it) => it.subject === 'person' && it.personnelFile.length > 0).map((it) => it.code)
  fc.assert(
    fc.property(anyAdjustment, (adjustment) => {
      const reasons = refusedInAdjustment(adjustment)
      if (reasons.length > 0) return reasons.every((it) => /\p{Script=Han}/u.test(it))
      const template = filingTemplateOf(adjustment)
      for (const places of [template.person, template.organization])
        expect(new Set(places.map((it) => it.number)).size).toBe(places.length)
      const codes = [...template.person, ...template.organization].map((it) => it.code)
      expect(new Set(codes).size).toBe(codes.length)
      expect(new Set(inPersonnelFile(template.person))).toEqual(new Set(inPersonnelFile(person)))
      return template.person.every((it) => placeOrigins.includes(it.origin))
    }),
    { numRuns: 500 },
  )
})
