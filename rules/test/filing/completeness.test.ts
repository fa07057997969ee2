import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Act,
  completeness,
  type Day,
  type DevelopmentFacts,
  type FiledDocument,
  filingTemplate,
  filingTemplateOf,
  type PlaceRemark,
} from '../../src/index.ts'
import { completeActs, fileWith, today, underFirstEdition } from '../development/complete-file.ts'

const required = filingTemplate.person.filter((it) => it.requirement === 'required').map((it) => it.code)

/** The original in each place where one is asked for. */
const wholeFile: readonly FiledDocument[] = required.map((place) => ({
  id: place,
  place,
  title: place,
  nature: 'original',
}))

const without = (...places: string[]) => wholeFile.filter((it) => !places.includes(it.place))
const also = (place: string, about: Partial<FiledDocument> = {}): FiledDocument[] => [
  ...wholeFile,
  { id: 'more', place, title: '材料', nature: 'original', ...about },
]

const remarksOn = (facts: DevelopmentFacts, documents: readonly FiledDocument[], on: Day = today) =>
  completeness(filingTemplate, { facts, documents }, on)
const codesOf = (remarks: readonly PlaceRemark[]) => remarks.map((it) => it.code)

test('a whole file of a finished way is spoken of with no word', () => {
  expect(remarksOn(fileWith(), wholeFile)).toEqual([])
})

test('without any document everything required is missing, once, in the order of the list', () => {
  expect(codesOf(remarksOn(fileWith(), []))).toEqual(required.map((it) => `${it}.missing`))
})

test('under the first edition no consent, no notice and no register of the probation is missed', () => {
  const only2026 = ['prospectConsentReply', 'publicNotice', 'probationRegister']
  expect(codesOf(remarksOn({ acts: underFirstEdition }, []))).toEqual(
    required.filter((it) => !only2026.includes(it)).map((it) => `${it}.missing`),
  )
  expect(remarksOn({ acts: underFirstEdition }, without(...only2026))).toEqual([])
})

const applicationLacking: FiledDocument = {
  id: 'application-1',
  place: 'application',
  title: '入党申请书',
  nature: 'original',
  lacks: ['person'],
}
const extended: Act = { kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'extend', until: '2028-03-20' }
const oath: Act = { kind: 'oath', on: '2026-10-20' }

/** What the confirmation and the handing over leave, and the ways of those who have not come that far. */
const later = required.slice(required.indexOf('probationRegister'))
const beforeLater = [
  'confirmationRequest',
  'confirmationOpinions',
  'confirmationAssembly',
  'confirmationApproval',
  'archiving',
] as const
const onProbation = fileWith([oath], beforeLater)
const withoutOath = fileWith([], ['oath', ...beforeLater])
const notDue = (places: readonly string[]) => places.map((it) => `${it}.notDue`)

const cases: [
  why: string,
  facts: DevelopmentFacts,
  documents: readonly FiledDocument[],
  on: Day,
  remarks: readonly string[],
][] = [
  [
    'the day before the act',
    onProbation,
    without('oathRecord', ...later),
    '2026-10-19',
    ['oathRecord.notDue', ...notDue(later)],
  ],
  [
    'the day of the act',
    onProbation,
    without('oathRecord', ...later),
    '2026-10-20',
    ['oathRecord.missing', ...notDue(later)],
  ],
  [
    'an act that is not recorded, which the way has not gone past',
    withoutOath,
    without('oathRecord', ...later),
    today,
    ['oathRecord.notDue', ...notDue(later)],
  ],
  [
    'a paper of an act that is not recorded',
    withoutOath,
    without(...later),
    today,
    ['oathRecord.unexpected', ...notDue(later)],
  ],
  [
    'a paper of an act of a later day',
    onProbation,
    without(...later),
    '2026-10-19',
    ['oathRecord.unexpected', ...notDue(later)],
  ],
  [
    'an act that is not recorded, which the way has gone past',
    fileWith([], ['oath']),
    without('oathRecord'),
    today,
    ['oathRecord.missing'],
  ],
  ['an act without a day', fileWith([{ kind: 'oath' }]), without('oathRecord'), today, ['oathRecord.missing']],
  ['nothing recorded', { acts: [] }, [], today, notDue(required)],
  [
    'of an act before 2014 no paper is asked',
    { acts: [{ kind: 'application', on: '2014-05-27' }] },
    [],
    '2014-05-27',
    required.filter((it) => it !== 'application').map((it) => `${it}.notDue`),
  ],
  [
    'of an act of the first day of the first edition it is',
    { acts: [{ kind: 'application', on: '2014-05-28' }] },
    [],
    '2014-05-28',
    required.map((it) => (it === 'application' ? 'application.missing' : `${it}.notDue`)),
  ],
  ['local practice without the act', fileWith(), wholeFile, today, []],
  [
    'local practice with the act',
    fileWith([{ kind: 'thoughtReport', on: '2025-09-20' }]),
    wholeFile,
    today,
    ['thoughtReport.missing'],
  ],
  ['local practice filed without the act', fileWith(), also('thoughtReport'), today, []],
  ['two thought reports', fileWith(), [...also('thoughtReport'), ...also('thoughtReport').slice(-1)], today, []],
  ['an extension without its papers', fileWith([extended]), wholeFile, today, ['extensionPapers.missing']],
  ['an extension with its papers', fileWith([extended]), also('extensionPapers'), today, []],
  [
    'papers of an extension that was not decided',
    fileWith(),
    also('extensionPapers'),
    today,
    ['extensionPapers.unexpected'],
  ],
  [
    'papers of a cancellation where the probation was extended',
    fileWith([extended]),
    [...also('extensionPapers'), ...also('cancellationPapers').slice(-1)],
    today,
    ['cancellationPapers.unexpected'],
  ],
  [
    'a meeting that only put the discussion off',
    fileWith(
      [{ kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'postpone' }],
      ['confirmationApproval', 'archiving'],
    ),
    without(
      'confirmationMinutes',
      'confirmationBallots',
      'probationRegister',
      'confirmationReply',
      'catalogue',
      'handoverList',
    ),
    today,
    [
      'catalogue.notDue',
      'probationRegister.notDue',
      'confirmationMinutes.notDue',
      'confirmationBallots.notDue',
      'confirmationReply.notDue',
      'handoverList.notDue',
    ],
  ],
  ['a list of contents before the file is handed over', fileWith([], ['archiving']), wholeFile, today, []],
  ['a second application', fileWith(), also('application'), today, ['application.surplus']],
  ['a second filing report', fileWith(), also('activistFiling'), today, []],
  [
    'a copy of the application',
    fileWith(),
    [...without('application'), { place: 'application', title: '申请书', nature: 'copy' }],
    today,
    ['application.notOriginal'],
  ],
  [
    'only an electronic application',
    fileWith(),
    [...without('application'), { place: 'application', title: '申请书', nature: 'electronic' }],
    today,
    ['application.notOriginal'],
  ],
  [
    'a copy beside the original is one too many',
    fileWith(),
    also('application', { nature: 'copy' }),
    today,
    ['application.surplus'],
  ],
  [
    'a copy of the minutes',
    fileWith(),
    [...without('admissionMinutes'), { place: 'admissionMinutes', title: '记录', nature: 'copy' }],
    today,
    [],
  ],
  [
    'an enquiry by letter in copy',
    fileWith(),
    also('letterEnquiry', { nature: 'copy' }),
    today,
    ['letterEnquiry.notOriginal'],
  ],
  ['a paper that nobody has looked at', fileWith(), wholeFile, today, []],
  [
    'a paper that was looked at and found signed',
    fileWith(),
    [...without('application'), { ...applicationLacking, lacks: [] }],
    today,
    [],
  ],
  [
    'a paper that lacks a signature',
    fileWith(),
    [...without('application'), applicationLacking],
    today,
    ['application.unsigned'],
  ],
  [
    'two papers of a place of which one lacks a signature',
    fileWith(),
    [...also('recommendation', { lacks: ['recommender'] })],
    today,
    ['recommendation.unsigned'],
  ],
  ['a place that is not in use', fileWith(), also('volunteerProof'), today, ['volunteerProof.outOfUse']],
]

test.each(cases)('%s', (_why, facts, documents, on, codes) => {
  expect(codesOf(remarksOn(facts, documents, on))).toEqual(codes)
})

describe('a remark names the place, the act and its day, the article of the edition, and with whom it lies', () => {
  const oathOf2023 = { ...oath, id: 'act-1', on: '2023-10-20' } as const
  const rows: [why: string, facts: DevelopmentFacts, documents: readonly FiledDocument[], PlaceRemark][] = [
    [
      'missing',
      { acts: [...underFirstEdition.filter((it) => it.kind !== 'oath'), oathOf2023] },
      without('oathRecord'),
      {
        code: 'oathRecord.missing',
        place: 'oathRecord',
        label: '入党宣誓记录',
        state: 'missing',
        deliveredBy: 'partyCommittee',
        ruleBook: 'XZ-2014',
        article: '30',
        message:
          '“入党宣誓”（2023年10月20日）已登记，缺“入党宣誓记录”。请上级党委交来原件或复印件归档；确实没有形成的写明情况，不得补造材料。',
        facts: [{ label: '入党宣誓', value: '2023-10-20', kind: 'oath', actId: 'act-1' }],
        documentIds: [],
      },
    ],
    [
      'missing, because a later act is there',
      fileWith([], ['oath']),
      without('oathRecord'),
      {
        code: 'oathRecord.missing',
        place: 'oathRecord',
        label: '入党宣誓记录',
        state: 'missing',
        deliveredBy: 'partyCommittee',
        ruleBook: 'XZ-2026',
        article: '29',
        message:
          '已有“支部党员大会讨论转正”（2027年9月22日），缺“入党宣誓记录”。请上级党委交来原件或复印件归档；确实没有形成的写明情况，不得补造材料。',
        facts: [{ label: '支部党员大会讨论转正', value: '2027-09-22', kind: 'confirmationAssembly' }],
        documentIds: [],
      },
    ],
    [
      'not due',
      fileWith([], ['archiving']),
      without('catalogue'),
      {
        code: 'catalogue.notDue',
        place: 'catalogue',
        label: '目录',
        state: 'notDue',
        deliveredBy: 'branch',
        message: '“目录”在“材料归档”以后归档，现在还不需要。',
        facts: [],
        documentIds: [],
      },
    ],
    [
      'unexpected',
      fileWith(),
      also('extensionPapers'),
      {
        code: 'extensionPapers.unexpected',
        place: 'extensionPapers',
        label: '延长预备期材料',
        state: 'unexpected',
        deliveredBy: 'branch',
        ruleBook: 'XZ-2026',
        article: '31',
        message:
          '“延长预备期材料”中已有材料，但没有登记延长预备期的决定。请核对：放错的移到相应位置；确已办理的，对照原件补录。',
        facts: [],
        documentIds: ['more'],
      },
    ],
    [
      'surplus',
      fileWith(),
      also('confirmationRequest'),
      {
        code: 'confirmationRequest.surplus',
        place: 'confirmationRequest',
        label: '转正申请书',
        state: 'surplus',
        deliveredBy: 'person',
        ruleBook: 'XZ-2026',
        article: '36',
        message: '“转正申请书”只归一份，现有2份。请核对：同一材料的新扫描件用“替换”办理，放错的移到相应位置。',
        facts: [],
        documentIds: ['confirmationRequest', 'more'],
      },
    ],
    [
      'not the original',
      fileWith(),
      [...without('admissionForm'), { id: 'copy', place: 'admissionForm', title: '志愿书', nature: 'copy' }],
      {
        code: 'admissionForm.notOriginal',
        place: 'admissionForm',
        label: '中国共产党入党志愿书',
        state: 'notOriginal',
        deliveredBy: 'partyCommittee',
        ruleBook: 'XZ-2026',
        article: '36',
        message: '“中国共产党入党志愿书”应归原件，现在只有复印件。请上级党委交来原件；原件存放在别处的，写明存放地点。',
        facts: [],
        documentIds: ['copy'],
      },
    ],
    [
      'unsigned',
      fileWith(),
      [...without('application'), applicationLacking],
      {
        code: 'application.unsigned',
        place: 'application',
        label: '入党申请书',
        state: 'unsigned',
        deliveredBy: 'person',
        ruleBook: 'XZ-2026',
        article: '36',
        message:
          '“入党申请书”未签字、盖章：缺本人签名。请本人补办，写补办当天的日期，不得倒签；补办后重新扫描，用“更换文件”归档。',
        facts: [],
        documentIds: ['application-1'],
      },
    ],
    [
      'one of several unsigned',
      fileWith(),
      also('recommendation', { title: '推优表', lacks: ['recommender', 'branchSeal'] }),
      {
        code: 'recommendation.unsigned',
        place: 'recommendation',
        label: '党员推荐或群团推优材料',
        state: 'unsigned',
        deliveredBy: 'recommender',
        ruleBook: 'XZ-2026',
        article: '8',
        message:
          '“党员推荐或群团推优材料”未签字、盖章：“推优表”缺推荐人签名或推荐组织盖章、党支部盖章。请推荐的党员或群团组织补办，写补办当天的日期，不得倒签；补办后重新扫描，用“更换文件”归档。',
        facts: [],
        documentIds: ['more'],
      },
    ],
    [
      'out of use',
      fileWith(),
      also('volunteerProof', { title: '志愿服务证明' }),
      {
        code: 'volunteerProof.outOfUse',
        place: 'volunteerProof',
        label: '志愿服务证明',
        state: 'outOfUse',
        message: '“志愿服务证明”所在的位置不在现行归档清单中。请移到清单中相应的位置。',
        facts: [],
        documentIds: ['more'],
      },
    ],
  ]
  test.each(rows)('%s', (_why, facts, documents, remark) => {
    expect(remarksOn(facts, documents)).toContainEqual(remark)
  })
})

test('a university’s own place is missed where it is required, and rests on no article', () => {
  const template = filingTemplateOf({
    changed: [
      { code: 'autobiography', requirement: 'required' },
      { code: 'oathRecord', off: true },
    ],
  })
  const remarks = completeness(template, { facts: fileWith(), documents: without('oathRecord') }, today)
  expect(remarks.map((it) => [it.code, it.article])).toEqual([['autobiography.missing', undefined]])
})

const anyFile: fc.Arbitrary<DevelopmentFacts> = fc
  .subarray([...completeActs, extended, { kind: 'thoughtReport', on: '2025-09-20' }, { kind: 'oath' }] as Act[])
  .map((acts) => ({ acts }))
const anyDocument: fc.Arbitrary<FiledDocument> = fc.record({
  place: fc.constantFrom('volunteerProof', ...filingTemplate.person.map((it) => it.code)),
  title: fc.constant('材料'),
  nature: fc.constantFrom('original', 'copy', 'electronic'),
})
const anyDay: fc.Arbitrary<Day> = fc.constantFrom('2014-05-27', '2025-06-25', '2026-07-14', '2026-10-20', today)
const missingIn = (remarks: readonly PlaceRemark[]) =>
  remarks.filter((it) => it.state === 'missing' || it.state === 'notDue').map((it) => it.place)

test('another document never makes more places missing, and takes at most its own off the list', () => {
  fc.assert(
    fc.property(anyFile, fc.array(anyDocument, { maxLength: 8 }), anyDocument, anyDay, (facts, documents, more, on) => {
      const before = missingIn(remarksOn(facts, documents, on))
      const after = missingIn(remarksOn(facts, [...documents, more], on))
      expect(after).toEqual(before.filter((it) => it !== more.place))
    }),
    { numRuns: 300 },
  )
})

test('an act of a later day changes nothing', () => {
  fc.assert(
    fc.property(anyFile, fc.array(anyDocument, { maxLength: 8 }), anyDay, (facts, documents, on) => {
      const acts = facts.acts.filter((it) => it.on === undefined || it.on <= on)
      expect(remarksOn(facts, documents, on)).toEqual(remarksOn({ acts }, documents, on))
    }),
    { numRuns: 300 },
  )
})

test('a further recorded act never takes a missing place off the list', () => {
  fc.assert(
    fc.property(
      anyFile,
      fc.constantFrom(...completeActs),
      fc.array(anyDocument, { maxLength: 8 }),
      (facts, act, documents) => {
        const missed = (acts: readonly Act[]) =>
          remarksOn({ acts }, documents)
            .filter((it) => it.state === 'missing')
            .map((it) => it.place)
        expect(missed([...facts.acts, act])).toEqual(expect.arrayContaining(missed(facts.acts)))
      },
    ),
    { numRuns: 300 },
  )
})
