import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { noticesGround, noticesRound } from './notices.ts'

test('a server that is killed while it sends mails sends nothing twice, and tells what may not have gone out', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const round = await noticesRound(await noticesGround(directory, 150), 'node')
    expect(round).toMatchObject({ twice: 0, lost: 0, left: 0 })
    expect(round.uncertain).toBeLessThanOrEqual(4)
  } finally {
    await remove()
  }
})
