import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { trainingGround, trainingRound } from './training.ts'

test('a server that is killed while people are enrolled, trainings closed and certified, and posts given does all of it once and wholly', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const sound = { lost: 0, half: 0, twice: 0, left: 0, problem: null }
    expect(await trainingRound(await trainingGround(directory))).toMatchObject(sound)
  } finally {
    await remove()
  }
}, 900_000)
