import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { archiveGround, archiveRound } from './archive.ts'

test('a server that is killed while papers are filed, read, sealed and packed keeps what it acknowledged, nothing half, and reads the rest', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const sound = { lost: 0, half: 0, unread: 0, gaps: 0, orphans: 0, problem: null }
    expect(await archiveRound(await archiveGround(directory))).toMatchObject(sound)
  } finally {
    await remove()
  }
})
