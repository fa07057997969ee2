import { describe, expect, test } from 'vitest'
import { type Day, dueMeetings, type MeetingBranch, type MeetingKind, type RecordedMeeting } from '../src/index.ts'

const branch: MeetingBranch = { hasCommittee: true, groups: ['第一党小组', '第二党小组'], establishedOn: '2019-09-01' }
const on: Day = '2026-11-23'

/** A register that lacks nothing on that day. Each case takes meetings away. */
const complete: RecordedMeeting[] = [
  { kind: 'assembly', on: '2026-07-01' },
  { kind: 'assembly', on: '2026-10-01' },
  { kind: 'committee', on: '2026-10-31' },
  { kind: 'committee', on: '2026-11-01' },
  ...branch.groups.flatMap((group): RecordedMeeting[] => [
    { kind: 'group', on: '2026-10-12', group },
    { kind: 'group', on: '2026-11-09', group },
  ]),
  { kind: 'themedPartyDay', on: '2026-10-15' },
  { kind: 'themedPartyDay', on: '2026-11-19' },
  { kind: 'orgLifeMeeting', on: '2025-12-30' },
  { kind: 'orgLifeMeeting', on: '2026-11-20' },
  { kind: 'appraisal', on: '2025-12-30' },
  { kind: 'appraisal', on: '2026-11-20' },
  { kind: 'talks', on: '2025-05-08' },
  { kind: 'talks', on: '2026-05-08' },
]

const without = (kind: MeetingKind, since: Day) => complete.filter((it) => it.kind !== kind || it.on < since)

test('a complete register lacks nothing', () => {
  expect(dueMeetings(branch, complete, on)).toEqual([])
})

test('the running quarter without an assembly', () => {
  expect(dueMeetings(branch, without('assembly', '2026-10-01'), on)).toEqual([
    {
      kind: 'assembly',
      from: '2026-10-01',
      until: '2026-12-31',
      standing: 'due',
      text: '2026年第四季度尚无支部党员大会记录，宜安排在2026年12月31日以前（含当日）',
      basis: { regulation: 'ZB-2018', article: '11', cited: '《支部工作条例》第 11 条', toVerify: false },
    },
  ])
})

test('the quarter before without an assembly, in soft words', () => {
  const recorded = complete.filter((it) => it.on !== '2026-07-01')
  expect(dueMeetings(branch, recorded, on)).toEqual([
    {
      kind: 'assembly',
      from: '2026-07-01',
      until: '2026-09-30',
      standing: 'unrecorded',
      text: '2026年第三季度没有支部党员大会记录；如已开展，请补录，如未开展，请说明情况',
      basis: { regulation: 'ZB-2018', article: '11', cited: '《支部工作条例》第 11 条', toVerify: false },
    },
  ])
})

test('each group has its own meeting', () => {
  const recorded = complete.filter((it) => it.group !== '第二党小组' || it.on < '2026-11-01')
  expect(dueMeetings(branch, recorded, on)).toEqual([
    {
      kind: 'group',
      group: '第二党小组',
      from: '2026-11-01',
      until: '2026-11-30',
      standing: 'due',
      text: '2026年11月尚无第二党小组会记录，宜安排在2026年11月30日以前（含当日）',
      basis: { regulation: 'ZB-2018', article: '13', cited: '《支部工作条例》第 13 条', toVerify: true },
    },
  ])
})

test.each([
  ['committee', '2026-11-30', '2026年11月尚无支部委员会会议记录，宜安排在2026年11月30日以前（含当日）'],
  ['themedPartyDay', '2026-11-30', '2026年11月尚无主题党日记录，宜安排在2026年11月30日以前（含当日）'],
  [
    'orgLifeMeeting',
    '2026-12-31',
    '2026年尚无组织生活会记录，宜安排在2026年12月31日以前（含当日），一般安排在第四季度',
  ],
  ['appraisal', '2026-12-31', '2026年尚无民主评议党员记录，宜安排在2026年12月31日以前（含当日）'],
  ['talks', '2026-12-31', '2026年尚无谈心谈话记录，宜安排在2026年12月31日以前（含当日）'],
] as [MeetingKind, Day, string][])('%s until %s', (kind, until, text) => {
  const since = until === '2026-12-31' ? '2026-01-01' : '2026-11-01'
  expect(dueMeetings(branch, without(kind, since), on)).toMatchObject([{ kind, until, standing: 'due', text }])
})

test('without committee and groups nothing is expected of them', () => {
  const kinds = dueMeetings({ hasCommittee: false, groups: [] }, [], on).map((it) => it.kind)
  expect([...new Set(kinds)]).toEqual(['assembly', 'themedPartyDay', 'orgLifeMeeting', 'appraisal', 'talks'])
})

test.each([
  [undefined, []],
  [1, ['2026年10月', '2026年11月']],
  [2, ['2026年9月至10月', '2026年11月至12月']],
  [3, ['2026年第三季度', '2026年第四季度']],
  [6, ['2026年上半年', '2026年下半年']],
  [12, ['2025年', '2026年']],
] as const)('lectures every %s months, as set here, without an article', (lectureEveryMonths, periods) => {
  const settings = lectureEveryMonths === undefined ? {} : { lectureEveryMonths }
  const lectures = dueMeetings(branch, complete, on, settings)
  expect(lectures.map((it) => it.text.split(/没有|尚无/)[0])).toEqual(periods)
  expect(lectures.every((it) => it.kind === 'lecture' && it.basis === undefined)).toBe(true)
})

describe('a new branch', () => {
  const kindsOf = (establishedOn: Day) =>
    dueMeetings({ hasCommittee: false, groups: [], establishedOn }, [], on)
      .filter((it) => it.standing === 'unrecorded')
      .map((it) => it.kind)

  test.each([
    ['2025-01-01', ['assembly', 'themedPartyDay', 'orgLifeMeeting', 'appraisal', 'talks']],
    ['2025-01-02', ['assembly', 'themedPartyDay']],
    ['2026-07-01', ['assembly', 'themedPartyDay']],
    ['2026-07-02', ['themedPartyDay']],
    ['2026-10-01', ['themedPartyDay']],
    ['2026-10-02', []],
  ] as [Day, MeetingKind[]][])('of %s is held only to whole periods', (establishedOn, kinds) => {
    expect(kindsOf(establishedOn)).toEqual(kinds)
  })
})

test('across the turn of the year, and on its last day', () => {
  expect(
    dueMeetings(branch, without('committee', '2026-11-01'), '2026-12-31').filter((it) => it.kind === 'committee'),
  ).toMatchObject([
    { from: '2026-11-01', until: '2026-11-30', standing: 'unrecorded' },
    { from: '2026-12-01', until: '2026-12-31', standing: 'due' },
  ])
  expect(dueMeetings(branch, complete, '2027-01-01').filter((it) => it.kind === 'committee')).toMatchObject([
    { from: '2026-12-01', until: '2026-12-31', standing: 'unrecorded' },
    { from: '2027-01-01', until: '2027-01-31', standing: 'due' },
  ])
})
