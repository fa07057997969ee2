import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allot, type EntryToReview, isInConflict, type ReviewerToAllot } from './allotment.ts'

const entry = (id: string, more: Partial<EntryToReview> = {}): EntryToReview => ({
  ...{ id, personIds: [`author-${id}`], homes: ['0001.0009.'], recusedIds: [], allottedIds: [] },
  ...more,
})
const reviewer = (id: string, home = '0001.0001.'): ReviewerToAllot => ({ id, home })

describe('who reviews what', () => {
  const three = [reviewer('a'), reviewer('b'), reviewer('c')]

  test.each<[string, EntryToReview, readonly ReviewerToAllot[], string[], number]>([
    ['as many as are wanted', entry('1'), three, ['a', 'b'], 0],
    ['not the own work', entry('1', { personIds: ['x', 'a'] }), three, ['b', 'c'], 0],
    ['not a work of the own branch', entry('1', { homes: ['0001.0001.'] }), three, [], 2],
    ['not after a recusal', entry('1', { recusedIds: ['b'] }), three, ['a', 'c'], 0],
    ['only who is missing besides those who have it', entry('1', { allottedIds: ['c'] }), three, ['a'], 0],
    ['nobody more where there are enough', entry('1', { allottedIds: ['b', 'c'] }), three, [], 0],
    ['and says how many are missing', entry('1'), [reviewer('a')], ['a'], 1],
  ])('%s', (_, it, reviewers, given, missing) => {
    expect(allot([it], reviewers, 2)).toEqual({
      given: given.map((reviewerId) => ({ entryId: '1', reviewerId })),
      lacking: missing > 0 ? [{ entryId: '1', missing }] : [],
    })
  })

  const someone: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const home = fc.constantFrom('0001.0001.', '0001.0002.', '0001.0003.')
  const cases = fc.record({
    reviewers: fc.uniqueArray(fc.record({ id: someone, home }), { selector: (it) => it.id }),
    perEntry: fc.integer({ min: 1, max: 4 }),
    entries: fc
      .array(
        fc.record({
          personIds: fc.array(someone, { maxLength: 2 }),
          homes: fc.array(home, { maxLength: 1 }),
          recusedIds: fc.array(someone, { maxLength: 1 }),
        }),
        { maxLength: 12 },
      )
      .map((all) => all.map((it, at) => ({ ...it, id: `e${at}`, allottedIds: [] }))),
  })

  test('none in conflict, none twice, nobody left out who could, and the loads even as far as conflicts let them', () => {
    fc.assert(
      fc.property(cases, ({ entries, reviewers, perEntry }) => {
        const { given, lacking } = allot(entries, reviewers, perEntry)
        const load = (id: string) => given.filter((it) => it.reviewerId === id).length
        for (const it of entries) {
          const own = given.filter((one) => one.entryId === it.id).map((one) => one.reviewerId)
          const fit = reviewers.filter((one) => !isInConflict(it, one)).map((one) => one.id)
          expect(new Set(own).size).toBe(own.length)
          expect(own.filter((id) => !fit.includes(id))).toEqual([])
          expect(own.length).toBe(Math.min(perEntry, fit.length))
          expect(lacking.find((one) => one.entryId === it.id)?.missing ?? 0).toBe(perEntry - own.length)
          for (const from of own)
            for (const to of fit) if (!own.includes(to)) expect(load(from) - load(to)).toBeLessThan(2)
        }
      }),
    )
  })

  test('the same in whatever order they are asked about', () => {
    fc.assert(
      fc.property(cases, ({ entries, reviewers, perEntry }) => {
        const sorted = (it: ReturnType<typeof allot>) =>
          it.given.map((one) => `${one.entryId} ${one.reviewerId}`).sort()
        expect(sorted(allot([...entries].reverse(), [...reviewers].reverse(), perEntry))).toEqual(
          sorted(allot(entries, reviewers, perEntry)),
        )
      }),
    )
  })

  test('what was given stays when it is asked again', () => {
    fc.assert(
      fc.property(cases, ({ entries, reviewers, perEntry }) => {
        const first = allot(entries, reviewers, perEntry)
        const again = entries.map((it) => ({
          ...it,
          allottedIds: first.given.filter((one) => one.entryId === it.id).map((one) => one.reviewerId),
        }))
        expect(allot(again, reviewers, perEntry).given).toEqual([])
      }),
    )
  })
})
