import { expect, test } from 'vitest'
import { temporaryDirectory } from '../directory.ts'
import { importGround, importRound } from './import.ts'

test('a server that is killed while it writes an import leaves nothing half written, and the import can be committed again', async () => {
  const { directory, remove } = await temporaryDirectory()
  try {
    const filled = await importGround(directory)
    expect(await importRound(filled, 'node', 1_500)).toMatchObject({ left: 0, wrong: 0, problem: null })
  } finally {
    await remove()
  }
})
