import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { s3Access, startS3Server } from '../../../test/s3-server.ts'
import { readSecrets } from '../secrets.ts'
import type { Keeping } from './disk-store.ts'
import { s3Bucket } from './s3-bucket.ts'
import { s3Store } from './s3-store.ts'
import { contentSealing } from './sealing.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
const server = await startS3Server()
afterAll(server.close)
const sealing = contentSealing(await readSecrets(directory, {}))
const drafts = path.join(directory, 'drafts')
const settings = { ...s3Access, endpoint: server.endpoint, bucket: 'archive', prefix: 'zhi bu+党/' }
const limits = { maxBytes: 60_000_000 }
const piece = 65_536

const storeOf = (keeping: Partial<Keeping> = {}, more: Partial<typeof settings> = {}) =>
  s3Store(s3Bucket({ ...settings, ...more }), drafts, { algorithm: 'sha256', sealing, seals: false, ...keeping })

beforeEach(() => {
  server.objects.clear()
  server.uploads.clear()
  server.requests.length = 0
  server.failing.times = 0
})

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_003) yield bytes.subarray(at, at + 100_003)
}

const idOf = (bytes: Uint8Array, algorithm = 'sha256') =>
  `${algorithm}-${createHash(algorithm).update(bytes).digest('hex')}`

describe.each([
  ['plain', { seals: false }],
  ['sealed', { seals: true }],
  ['sealed, named by SM3', { seals: true, algorithm: 'sm3' as const }],
])('%s', (_how, keeping: Partial<Keeping>) => {
  const store = storeOf(keeping)

  test.each([0, 1, piece, piece + 1, 200_000])('a content of %i bytes comes back, whole and in parts', async (size) => {
    const bytes = randomBytes(size)
    const id = idOf(bytes, keeping.algorithm)
    expect(await store.put(inPieces(bytes), limits)).toEqual({ id, size })
    const digest = id.slice(id.indexOf('-') + 1)
    const key = `contents/${digest.slice(0, 2)}/${id}${keeping.seals ? '.sealed' : ''}`
    expect([...server.objects.keys()]).toEqual([`archive/zhi bu+党/${key}`])
    expect(await store.size(id)).toBe(size)
    expect(await store.check(id)).toBe('sound')
    expect(await buffer(await store.read(id))).toEqual(bytes)
    for (const at of [0, 1, piece, size - 1, size, size + 1]) {
      expect(await buffer(await store.read(id, { from: at }))).toEqual(bytes.subarray(Math.max(0, at)))
      expect(await buffer(await store.read(id, { to: at }))).toEqual(bytes.subarray(0, Math.max(0, at)))
    }
    expect(await readdir(drafts)).toEqual([])
    await store.remove(id)
    await store.remove(id)
    expect(await store.has(id)).toBe(false)
    expect(await store.check(id)).toBe('missing')
    await expect(store.read(id)).rejects.toMatchObject({ reason: 'not-found' })
    await expect(store.size(id)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('a large content goes in parts, and no more than a part is held', async () => {
    const bytes = randomBytes(34_000_000)
    const { id } = await store.put(inPieces(bytes), limits)
    expect(server.requests.filter((it) => it.startsWith('PUT'))).toHaveLength(3)
    expect(server.uploads.size).toBe(0)
    expect((await buffer(await store.read(id))).equals(bytes)).toBe(true)
    expect(await buffer(await store.read(id, { from: 16_777_210, to: 16_777_220 }))).toEqual(
      bytes.subarray(16_777_210, 16_777_220),
    )
  })

  test('a changed content is noticed, and mended by whoever brings it once more', async () => {
    const bytes = randomBytes(100_000)
    const { id } = await store.put(inPieces(bytes), limits)
    const object = [...server.objects.values()][0]
    object?.bytes.writeUInt8(1 ^ object.bytes.readUInt8(90_000), 90_000)
    expect(await store.check(id)).toBe('changed')
    await store.put(inPieces(bytes), limits)
    expect(await store.check(id)).toBe('sound')
  })
})

test('the same content is sent once', async () => {
  const store = storeOf()
  const bytes = randomBytes(1_000)
  await store.put(inPieces(bytes), limits)
  await store.put(inPieces(bytes), limits)
  await storeOf({ seals: true }).put(inPieces(bytes), limits)
  expect(server.requests.filter((it) => it.startsWith('PUT'))).toHaveLength(1)
})

test('the list goes on over pages, and holds neither strangers nor contents of other prefixes', async () => {
  const store = storeOf()
  const ids: string[] = []
  for (let at = 0; at < 8; at++) ids.push((await store.put(inPieces(randomBytes(at + 1)), limits)).id)
  await storeOf({}, { prefix: 'other/' }).put(inPieces(randomBytes(5)), limits)
  server.objects.set('archive/zhi bu+党/contents/notes.txt', { bytes: Buffer.from('x'), changedAt: new Date() })
  const listed = await Array.fromAsync(store.list())
  expect(listed.map((it) => it.id).sort()).toEqual(ids.sort())
  expect(listed.map((it) => it.size).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(listed.every((it) => it.storedAt <= new Date())).toBe(true)
})

test('what is refused or breaks off leaves nothing', async () => {
  const store = storeOf()
  await expect(store.put(inPieces(Buffer.alloc(20_001)), { maxBytes: 20_000 })).rejects.toMatchObject({
    reason: 'too-large',
  })
  expect(server.requests).toEqual([])
  expect(await readdir(drafts)).toEqual([])
})

describe('a store that fails', () => {
  test('for a moment is asked again', async () => {
    Object.assign(server.failing, { pattern: /^PUT/, status: 503, times: 2 })
    const { id } = await storeOf().put(inPieces(randomBytes(10)), limits)
    expect(await storeOf().check(id)).toBe('sound')
  })

  test.each([
    ['a single request', 10, /^PUT/],
    ['a part', 17_000_000, /partNumber=2/],
    ['the completion', 17_000_000, /^POST .*\?uploadId/],
  ])('for good in %s: nothing of the content is there', async (_what, size, pattern) => {
    Object.assign(server.failing, { pattern, status: 400, times: 1 })
    await expect(storeOf().put(inPieces(randomBytes(size)), limits)).rejects.toThrow('the store answered 400 SlowDown')
    expect([server.objects.size, server.uploads.size, await readdir(drafts)]).toEqual([0, 0, []])
  })

  test('with other credentials lets nobody in', async () => {
    const stranger = storeOf({}, { secretAccessKey: 'other' })
    await expect(stranger.put(inPieces(randomBytes(10)), limits)).rejects.toThrow('403')
    const elsewhere = storeOf({}, { region: 'us-east-1' })
    await expect(elsewhere.has(`sha256-${'0'.repeat(64)}`)).rejects.toThrow('403')
    expect(server.objects.size).toBe(0)
  })
})

test('what was begun in parts and never completed is given up after a time', async () => {
  const half = (begunAt: string) => ({
    key: 'archive/zhi bu+党/contents/x',
    parts: new Map(),
    begunAt: new Date(begunAt),
  })
  server.uploads.set('old&', half('2026-05-10'))
  server.uploads.set('new', half('2026-05-13'))
  server.uploads.set('other', { ...half('2026-05-10'), key: 'archive/other/x' })
  expect(await storeOf().tidyDrafts(new Date('2026-05-12'))).toBe(1)
  expect([...server.uploads.keys()]).toEqual(['new', 'other'])
})

test.each(['', '../x', `sha256-${'A'.repeat(64)}`, `sha256-${'0'.repeat(64)}/../../x`])(
  '%j is no id, and nobody is asked for it',
  async (id) => {
    const store = storeOf()
    expect(await store.has(id)).toBe(false)
    await expect(store.read(id)).rejects.toMatchObject({ reason: 'not-found' })
    await store.remove(id)
    expect(server.requests).toEqual([])
  },
)
