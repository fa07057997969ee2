import { addDays, assess } from '@zhibu/rules'
import { expect, test } from 'vitest'
import { diceOf } from './dice.ts'
import { wayFrom, withMistake } from './way.ts'

const companions = { contacts: ['马致远', '罗素心'], talker: '何其正', members: 12 }
const dice = diceOf(1)
const ways = Array.from({ length: 500 }, () => {
  const on = addDays('2026-11-23', dice.between(-1_000, 1_000))
  return { on, acts: wayFrom(addDays(on, -dice.between(1, 3_500)), on, dice, companions) }
})

test('a lawful way contradicts nothing and lacks nothing, wherever it has come to', () => {
  const wrong = ways.flatMap(({ on, acts }) => {
    const { findings, missing } = assess({ acts }, on)
    return [...findings, ...missing].map((it) => it.message)
  })
  expect(wrong).toEqual([])
})

test('each of the usual mistakes is found', () => {
  const unseen = ways.filter(({ on, acts }) => {
    const mistaken = withMistake(acts, on, dice)
    return mistaken !== acts && assess({ acts: mistaken }, on).findings.length === 0
  })
  expect(unseen).toEqual([])
})
