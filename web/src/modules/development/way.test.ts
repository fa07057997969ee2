import { contradictions, type DevelopmentFacts, due, missing } from '@zhibu/rules'
import type { RecordedAct } from '@zhibu/server/modules/development/schema'
import { expect, test } from 'vitest'
import { wayOf } from './way.ts'

const on = '2026-11-24'

/** The file of these acts, as the server would answer. */
function fileOf(acts: (RecordedAct['act'] & Partial<Pick<RecordedAct, 'correctedBy'>>)[]) {
  const recorded = acts.map(({ correctedBy, ...act }): RecordedAct => {
    const it = { act, recordedBy: '沈知远', recordedAt: '2026-11-24T01:00:00Z' }
    return correctedBy ? { ...it, correctedBy } : it
  })
  const facts: DevelopmentFacts = { acts: recorded.filter((it) => !it.correctedBy).map((it) => it.act) }
  return {
    acts: recorded,
    due: [...due(facts, on).acts],
    missing: [...missing(facts, on)],
    findings: [...contradictions(facts, on)],
    isWhole: true,
  }
}

const drawn = (file: ReturnType<typeof fileOf>, upTo = 6) =>
  wayOf(file)
    .parts.flatMap((it) => it.entries)
    .filter((it) => it.step.number <= upTo)
    .map((it) => `${it.step.number} ${it.kind} ${it.state}`)

test('nothing is done: the first act is next, all others are still to come', () => {
  expect(drawn(fileOf([]), 3)).toEqual([
    '1 application next',
    '2 applicantTalk later',
    '3 recommendation later',
    '3 activistDecision later',
  ])
})

test.each([
  ['in time', '2026-11-10', 'next'],
  ['on the last day', '2026-10-24', 'next'],
  ['a day late', '2026-10-23', 'overdue'],
] as const)('the talk after an application %s', (_, applied, state) => {
  expect(drawn(fileOf([{ id: 'a', kind: 'application', on: applied }]), 2)).toEqual([
    '1 application done',
    `2 applicantTalk ${state}`,
  ])
})

test('an act without a day is done on an unknown day; one that was passed over is missing', () => {
  const file = fileOf([
    { id: 'a', kind: 'application' },
    { id: 'd', kind: 'activistDecision', on: '2026-10-10' },
  ])
  expect(drawn(file, 3)).toEqual([
    '1 application unknownDay',
    '2 applicantTalk missing',
    '3 recommendation missing',
    '3 activistDecision done',
  ])
})

test('reviews stand one after another, and the next one after them', () => {
  const file = fileOf([
    { id: 'd', kind: 'activistDecision', on: '2025-10-10' },
    { id: 'r1', kind: 'review', on: '2026-04-08' },
    { id: 'r2', kind: 'review', on: '2026-10-08' },
  ])
  const reviews = wayOf(file)
    .parts.flatMap((it) => it.entries)
    .filter((it) => it.kind === 'review')
  expect(reviews.map((it) => [it.id, it.due?.latestOn])).toEqual([
    ['r1', undefined],
    ['r2', undefined],
    ['review', '2027-04-08'],
  ])
})

test('a finding stands at the first act it compares, once; what is corrected is not on the way', () => {
  const file = fileOf([
    { id: 'a', kind: 'application', on: '2026-06-01' },
    { id: 't', kind: 'applicantTalk', on: '2026-05-20' },
    {
      id: 'old',
      kind: 'applicantTalk',
      on: '2026-06-20',
      correctedBy: { id: 't', reason: '看错', at: '2026-11-24T01:00:00Z', by: '沈知远', struckOut: false },
    },
  ])
  const way = wayOf(file)
  const entries = way.parts.flatMap((it) => it.entries)
  expect(entries.map((it) => it.id)).not.toContain('old')
  expect(entries.flatMap((it) => it.findings)).toHaveLength(file.findings.length)
  expect(file.findings.length).toBeGreaterThan(0)
  expect(way.unplaced).toEqual([])
})

test('every paper of a step stands once', () => {
  const papers = wayOf(fileOf([]))
    .parts.flatMap((it) => it.entries)
    .filter((it) => it.step.number === 8)
    .map((it) => it.documents.length)
  expect(papers).toEqual([0, 0, 4])
})

test('of a file that is seen in part nothing is said of acts that are not shown', () => {
  const seen = { ...fileOf([{ id: 'p', kind: 'preReview', on: '2026-10-10' }]), due: [], missing: [], isWhole: false }
  expect(drawn(seen, 25)).toEqual(['13 preReview done'])
})

test('a member admitted long ago: what was not entered is said once and stands at no act', () => {
  const file = fileOf([
    { kind: 'application', on: '2014-09-10', id: 'a' },
    { kind: 'admissionAssembly', on: '2016-10-20', id: 'b' },
    { kind: 'confirmationAssembly', on: '2017-10-25', outcome: 'confirm', id: 'c' },
    { kind: 'confirmationApproval', on: '2017-11-10', fullOn: '2017-10-20', id: 'd' },
    { kind: 'archiving', on: '2017-12-01', id: 'e' },
  ])
  const { parts, early } = wayOf(file)
  expect(parts.flatMap((it) => it.entries).map((it) => [it.id, it.missing.length])).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map((id) => [id, 0]),
  )
  expect(early.map((it) => it.message.split('，')[0])).toEqual(['早年档案未录入'])
})
