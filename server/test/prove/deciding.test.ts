import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { decidingGround, decidingRound } from './deciding.ts'

test('a server that is killed while entries are decided and rooms played keeps what it acknowledged, and nothing half', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const sound = { lost: 0, half: 0, problem: null }
    expect(await decidingRound(await decidingGround(directory))).toMatchObject(sound)
  } finally {
    await remove()
  }
})
