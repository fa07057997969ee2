import { expect, test } from 'vitest'
import { together } from './together.ts'

/** What has been asked so far, and a way to answer the oldest of it that is open. */
function asked(patience?: number) {
  const batches: string[][] = []
  const open: { resolve: (answer: number) => void; reject: (error: Error) => void }[] = []
  const ask = together((questions: ReadonlySet<string>) => {
    batches.push([...questions])
    return new Promise<number>((resolve, reject) => open.push({ resolve, reject }))
  }, patience)
  return { ask, batches, answer: () => open.shift() }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what is asked in the same moment is asked once', async () => {
  const { ask, batches, answer } = asked()
  const answers = [ask('a'), ask('b'), ask('a')]
  await turn()
  answer()?.resolve(1)
  expect([await Promise.all(answers), batches]).toEqual([[1, 1, 1], [['a', 'b']]])
})

test('what comes while one is on its way is answered by the next one, which begins afterwards', async () => {
  const { ask, batches, answer } = asked()
  const first = ask('a')
  await turn()
  const later = [ask('a'), ask('c')]
  await turn()
  expect(batches).toEqual([['a']])
  answer()?.resolve(1)
  expect(await first).toBe(1)
  await turn()
  expect(batches).toEqual([['a'], ['a', 'c']])
  answer()?.resolve(2)
  expect(await Promise.all(later)).toEqual([2, 2])
})

test('one that fails fails for those who asked in it and for nobody after them', async () => {
  const { ask, answer } = asked()
  const failing = [ask('a'), ask('b')].map((it) => it.catch((error: Error) => error.message))
  await turn()
  const later = ask('a')
  answer()?.reject(new Error('no database'))
  expect(await Promise.all(failing)).toEqual(['no database', 'no database'])
  await turn()
  answer()?.resolve(2)
  expect(await later).toBe(2)
})

test('one that is never answered fails for those who asked in it, and holds up nobody after them', async () => {
  const { ask, batches, answer } = asked(20)
  const lost = ask('a').catch((error: Error) => error.message)
  await turn()
  const later = ask('b')
  expect(await lost).toBe('no answer for 20 ms')
  await turn()
  expect(batches).toEqual([['a'], ['b']])
  answer()
  answer()?.resolve(2)
  expect(await later).toBe(2)
})
