import { randomBytes } from 'node:crypto'
import { appendFile, readdir, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { diskUploads } from './uploads.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
const folder = path.join(directory, 'uploads')
const uploads = diskUploads(folder)
const limits = { maxBytes: 1_000_000 }

async function* pieces(...all: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all
}

test('what arrives in pieces is the whole, after another start too', async () => {
  const [first, second] = [randomBytes(100_001), randomBytes(200_002)]
  const id = await uploads.begin()
  expect(await uploads.offsetOf(id)).toBe(0)
  expect(await uploads.append(id, 0, pieces(first.subarray(0, 10), first.subarray(10)), limits)).toBe(100_001)
  const again = diskUploads(folder)
  expect(await again.offsetOf(id)).toBe(100_001)
  expect(await again.append(id, 100_001, pieces(second), limits)).toBe(300_003)
  expect(await buffer(await again.finish(id))).toEqual(Buffer.concat([first, second]))
  const bytes = await again.bytesOf(id)
  expect(bytes.size).toBe(300_003)
  expect(await bytes.read(100_000, 100_003)).toEqual(Buffer.concat([first.subarray(-1), second.subarray(0, 2)]))
  expect(await bytes.read(300_000, 400_000)).toEqual(second.subarray(-3))
  await again.discard(id)
  await expect(again.offsetOf(id)).rejects.toMatchObject({ reason: 'not-found' })
  await again.discard(id)
})

test('an upload of nothing is nothing', async () => {
  const id = await uploads.begin()
  expect(await buffer(await uploads.finish(id))).toEqual(Buffer.alloc(0))
  expect(await uploads.append(id, 0, pieces(), limits)).toBe(0)
})

test.each([1, 99, 101, 200])(
  'an offset of %i is refused where 100 bytes are there, and the right one is said',
  async (offset) => {
    const id = await uploads.begin()
    await uploads.append(id, 0, pieces(Buffer.alloc(100)), limits)
    await expect(uploads.append(id, offset, pieces(Buffer.alloc(1)), limits)).rejects.toMatchObject({
      reason: 'conflict',
      fields: [{ path: 'offset', message: '100' }],
    })
    expect(await uploads.offsetOf(id)).toBe(100)
  },
)

test('what came before a source broke off stays, and it goes on from there', async () => {
  async function* broken() {
    yield Buffer.from('入党')
    throw new Error('the connection has ended')
  }
  const id = await uploads.begin()
  await expect(uploads.append(id, 0, broken(), limits)).rejects.toThrow('the connection has ended')
  expect(await uploads.offsetOf(id)).toBe(6)
  await uploads.append(id, 6, pieces(Buffer.from('申请书')), limits)
  expect(String(await buffer(await uploads.finish(id)))).toBe('入党申请书')
})

test('bytes that were never acknowledged are written anew', async () => {
  const id = await uploads.begin()
  await uploads.append(id, 0, pieces(Buffer.from('入党')), limits)
  await appendFile(path.join(folder, id, 'content'), 'half a piece of a server that died')
  expect(String(await buffer(await uploads.finish(id)))).toBe('入党')
  expect(await uploads.append(id, 6, pieces(Buffer.from('书')), limits)).toBe(9)
  expect((await stat(path.join(folder, id, 'content'))).size).toBe(9)
})

test('a long piece is made safe on the way', async () => {
  const id = await uploads.begin()
  const seen: number[] = []
  async function* long() {
    for (let at = 0; at < 36; at++) {
      yield Buffer.alloc(1_048_576)
      seen.push(await uploads.offsetOf(id))
    }
  }
  expect(await uploads.append(id, 0, long(), { maxBytes: 100_000_000 })).toBe(36 * 1_048_576)
  expect([...new Set(seen)]).toEqual([0, 32 * 1_048_576])
})

test('of two writers at once one is refused, and the other is not disturbed', async () => {
  const id = await uploads.begin()
  const { promise: permission, resolve: goOn } = Promise.withResolvers<void>()
  async function* slow() {
    yield Buffer.from('one')
    await permission
    yield Buffer.from('two')
  }
  const first = uploads.append(id, 0, slow(), limits)
  const refusal = { reason: 'conflict', message: expect.stringContaining('另一个窗口') }
  await expect(uploads.append(id, 0, pieces(Buffer.from('x')), limits)).rejects.toMatchObject(refusal)
  await expect(uploads.finish(id)).rejects.toMatchObject(refusal)
  await expect(uploads.discard(id)).rejects.toMatchObject(refusal)
  goOn()
  expect(await first).toBe(6)
  expect(String(await buffer(await uploads.finish(id)))).toBe('onetwo')
})

test('more than may come is refused, by one byte and over several pieces', async () => {
  const id = await uploads.begin()
  expect(await uploads.append(id, 0, pieces(Buffer.alloc(60)), { maxBytes: 100 })).toBe(60)
  const refusal = { reason: 'too-large' }
  await expect(uploads.append(id, 60, pieces(Buffer.alloc(41)), { maxBytes: 100 })).rejects.toMatchObject(refusal)
  expect(await uploads.append(id, 60, pieces(Buffer.alloc(40)), { maxBytes: 100 })).toBe(100)
})

describe('leads nowhere:', () => {
  test.each(['', '..', '../files', '/etc', `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}/..`, 'x'])(
    '%j',
    async (id) => {
      const refusal = { reason: 'not-found' }
      await expect(uploads.offsetOf(id)).rejects.toMatchObject(refusal)
      await expect(uploads.append(id, 0, pieces(Buffer.alloc(1)), limits)).rejects.toMatchObject(refusal)
      await expect(uploads.discard(id)).rejects.toMatchObject(refusal)
      await expect(uploads.bytesOf(id)).rejects.toMatchObject(refusal)
    },
  )
})

test('uploads that nobody went on with are taken away, others stay; only the owner reads them', async () => {
  await rm(folder, { recursive: true })
  expect(await uploads.tidy(new Date())).toBe(0)
  const [old, recent] = [await uploads.begin(), await uploads.begin()]
  expect((await stat(path.join(folder, old))).mode & 0o777).toBe(0o700)
  expect((await stat(path.join(folder, old, 'content'))).mode & 0o777).toBe(0o600)
  await utimes(path.join(folder, old), new Date('2026-05-11'), new Date('2026-05-11'))
  expect(await uploads.tidy(new Date('2026-05-12'))).toBe(1)
  expect(await readdir(folder)).toEqual([recent])
})
