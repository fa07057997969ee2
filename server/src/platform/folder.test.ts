import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/directory.ts'
import { makeFolder } from './folder.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)

test('several who need the same folders at a time all get them', async () => {
  for (let round = 0; round < 20; round++) {
    const folder = path.join(directory, String(round), 'a/b')
    await Promise.all(['x', 'y', 'x/z', '.'].map((it) => makeFolder(path.join(folder, it), 0o700)))
    expect((await stat(path.join(folder, 'x/z'))).mode & 0o777).toBe(0o700)
  }
})

test('what stands in the way is named', async () => {
  await writeFile(path.join(directory, 'file'), '')
  await expect(makeFolder(path.join(directory, 'file'), 0o700)).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(path.join(directory, 'file/below'), 0o700)).rejects.toMatchObject({ code: 'ENOTDIR' })
  await expect(makeFolder('/proc/zhibu/below', 0o700)).rejects.toMatchObject({ code: 'ENOENT' })
})
