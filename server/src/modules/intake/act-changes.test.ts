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
