import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { turns } from './turns.ts'

test('so many run at a time, one of each owner; the others wait in their order; a place is free again after a failure', async () => {
  const take = turns(2)
  const begun: string[] = []
  const ends = new Map<string, (isSound: boolean) => void>()
  const begin = (owner: string) =>
    take(owner, async () => {
      begun.push(owner)
      const isSound = await new Promise<boolean>((resolve) => ends.set(owner, resolve))
      if (!isSound) throw new Error(owner)
      return owner
    })
  const [a, b, c, d] = [begin('a'), begin('b'), begin('c'), begin('d')]
  expect([await begin('a'), await begin('c'), begun]).toEqual([null, null, ['a', 'b']])

  ends.get('b')?.(false)
  await expect(b).rejects.toThrow('b')
  await setImmediate()
  expect(begun).toEqual(['a', 'b', 'c'])

  const again = begin('b')
  ends.get('a')?.(true)
  await setImmediate()
  ends.get('c')?.(true)
  await setImmediate()
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'b'])
  for (const owner of ['d', 'b']) ends.get(owner)?.(true)
  expect(await Promise.all([a, c, d, again])).toEqual(['a', 'c', 'd', 'b'])
})
