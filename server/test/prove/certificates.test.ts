import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { certificatesGround, certificatesRound } from './certificates.ts'

test('a server that is killed while certificates are issued and printed leaves no gap in the numbers, none twice, and makes every paper', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const sound = { lost: 0, half: 0, gaps: 0, unprinted: 0, problem: null }
    expect(await certificatesRound(await certificatesGround(directory))).toMatchObject(sound)
  } finally {
    await remove()
  }
}, 300_000)
