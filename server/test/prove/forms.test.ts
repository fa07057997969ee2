import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { formsGround, formsRound } from './forms.ts'

test('a server that is killed while forms are made, packed and filed keeps what it acknowledged, and nothing half', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const sound = { lost: 0, half: 0, left: 0, problem: null }
    expect(await formsRound(await formsGround(directory))).toMatchObject(sound)
  } finally {
    await remove()
  }
})
