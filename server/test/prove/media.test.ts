import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { mediaGround, mediaRound } from './media.ts'

test('a server that is killed while media are sent in pieces takes each of them once, from where it was, and nothing half', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const sound = { lost: 0, twice: 0, half: 0, left: 0, problem: null }
    expect(await mediaRound(await mediaGround(directory))).toMatchObject(sound)
  } finally {
    await remove()
  }
}, 300_000)
