import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { tellingGround, tellingRound } from './telling.ts'

test('a server that is killed while people are told of a lecture tells each of them once of all that was done', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const sound = { lost: 0, twice: 0, half: 0, left: 0, problem: null }
    expect(await tellingRound(await tellingGround(directory))).toMatchObject(sound)
  } finally {
    await remove()
  }
}, 900_000)
