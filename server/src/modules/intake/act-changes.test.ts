import type { Act } from '@zhibu/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf, nothing } from './act-changes.ts'

const application: Act = { kind: 'application', on: '2023-09-20' }
const received: Act = { kind: 'application', receivedOn: '2023-09-21' }
const review: Act = { kind: 'review', on: '2024-06-30' }
const laterReview: Act = { kind: 'review', on: '2024-12-31' }
const training: Act = { kind: 'activistTraining', on: '2024-05-01' }
const hours: Act = { kind: 'activistTraining', trainingHours: 24 }

test.each<[said: string, imported: Act[], written: Act[]]>([
  ['acts of different kinds are written as they are', [application, review, training], [application, review, training]],
  [
    'a kind that happens once is written once, with all that is said of it',
    [application, received],
    [{ ...application, ...received }],
  ],
  ['reports of different days are different reports', [review, laterReview], [review, laterReview]],
  ['the same report is written once', [review, review], [review]],
])('of somebody who is not registered %s', (_, imported, written) => {
  expect(
    changesOf(
      nothing,
      imported.map((act) => ({ ...act })),
      '更正',
    ),
  ).toEqual({
    writes: written.map((act) => ({ act })),
    changes: [],
    after: written,
  })
})

test('for somebody who is not registered the same is written as into an empty file, and no change is told', () => {
  const acts = [application, received, review, laterReview, training, hours]
  const imported = fc.array(fc.constantFrom(...acts), { maxLength: 6 })
  fc.assert(
    fc.property(imported, (some) => {
      const copies = () => some.map((act) => ({ ...act }))
      expect(changesOf(nothing, copies(), '更正')).toEqual({ ...changesOf([], copies(), '更正'), changes: [] })
    }),
  )
})

const on = '2026-01-08'
const day = '2026-02-03'

test.each<[Act, string]>([
  [{ kind: 'recommendation', on, by: 'league' }, '团组织推优'],
  [{ kind: 'opinions', on, from: ['group', 'masses'] }, '党小组，群众'],
  [{ kind: 'politicalReview', on, lastReplyOn: day, conclusion: 'qualified' }, '最后回复 2026-02-03，合格'],
  [{ kind: 'preReview', on, passed: true }, '通过'],
  [{ kind: 'confirmationAssembly', on, outcome: 'extend', until: day }, '延长预备期，截至 2026-02-03'],
  [{ kind: 'introducers', on, members: [{ name: '沈知远' }, { name: '陈知微', fullOn: day }] }, '沈知远、陈知微'],
  [{ kind: 'applicantTalk', on, talkers: [{ name: '沈知远' }], reason: '补谈' }, '沈知远，说明 补谈'],
  [{ kind: 'archiving', on, alsoDated: [{ source: '登记表', on: day }] }, '登记表 2026-02-03'],
  [{ kind: 'oath', on, signatures: [{ by: '沈知远', on: day, office: 'secretary' }] }, '沈知远签名 2026-02-03'],
  [{ kind: 'admissionAssembly', on, resolution: { on: day }, attendees: [{ name: '沈知远' }] }, '到会 沈知远'],
])('what a row changes is told in the words of the file: %j', (act, text) => {
  const { changes } = changesOf([{ ...act, id: '1' }], [{ ...act, on: day }], '核对原件')
  expect(changes).toEqual([{ kind: act.kind, old: `2026-01-08，${text}`, new: `2026-02-03，${text}` }])
})
