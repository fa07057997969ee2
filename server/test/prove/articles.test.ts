import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { articlesGround, articlesRound } from './articles.ts'

test('a server that is killed while pictures are brought in and articles published, also by themselves, keeps what it acknowledged, and nothing half', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const sound = { lost: 0, half: 0, gaps: 0, problem: null }
    expect(await articlesRound(await articlesGround(directory))).toMatchObject(sound)
  } finally {
    await remove()
  }
})
