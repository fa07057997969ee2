import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { contentRound } from './content.ts'

test('a process that is killed while it stores contents leaves nothing half, and all that it acknowledged', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    for (let round = 0; round < 5; round++) {
      expect(await contentRound(directory)).toMatchObject({ lost: 0, half: 0, strangers: 0 })
    }
  } finally {
    await remove()
  }
})
