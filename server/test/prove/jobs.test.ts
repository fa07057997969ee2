import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { jobsRound } from './jobs.ts'

test('one server after another that is killed over the same jobs loses none of them, and a job that ends them all is given up', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    expect(await jobsRound(directory, { kills: 4, hurries: true })).toEqual({
      ...{ killed: 4, ended: 10, lost: 0, twice: 0, left: 0, failed: [] },
      givenUp: ['given up prove.deadly 10'],
    })
  } finally {
    await remove()
  }
}, 900_000)
