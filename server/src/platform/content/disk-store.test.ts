import { createHash, randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { readSecrets } from '../secrets.ts'
import type { ContentStore } from './content-store.ts'
import { diskStore, type Keeping } from './disk-store.ts'
import { contentSealing } from './sealing.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
const secrets = await readSecrets(directory, {})
const sealing = contentSealing(secrets)
const limits = { maxBytes: 10_000_000 }
let stores = 0

/** A store in a folder of its own. */
function newStore(keeping: Partial<Keeping> = {}): { store: ContentStore; folder: string } {
  const folder = path.join(directory, `store-${++stores}`)
  return { folder, store: diskStore(folder, { algorithm: 'sha256', sealing, seals: false, ...keeping }) }
}

async function* inPieces(bytes: Uint8Array, pieceBytes = 10_007): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

const idOf = (bytes: Uint8Array, algorithm = 'sha256') =>
  `${algorithm}-${createHash(algorithm).update(bytes).digest('hex')}`

/** All files below a folder, by their path. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((it) => it.isFile())
    .map((it) => path.relative(folder, path.join(it.parentPath, it.name)))
    .sort()
}

const absent = `sha256-${'0'.repeat(64)}`
const piece = 65_536
const sizes = [0, 1, piece - 1, piece, piece + 1, 3 * piece, 300_001]

describe.each([
  ['plain', { seals: false }],
  ['sealed', { seals: true }],
  ['plain, named by SM3', { seals: false, algorithm: 'sm3' as const }],
  ['sealed, named by SM3', { seals: true, algorithm: 'sm3' as const }],
])('%s', (_how, keeping: Partial<Keeping>) => {
  const { store, folder } = newStore(keeping)

  test.each(sizes)('a content of %i bytes comes back, whole and in parts', async (size) => {
    const bytes = randomBytes(size)
    const id = idOf(bytes, keeping.algorithm)
    expect(await store.put(inPieces(bytes), limits)).toEqual({ id, size })
    expect(await store.size(id)).toBe(size)
    expect(await store.has(id)).toBe(true)
    expect(await store.check(id)).toBe('sound')
    expect(await buffer(await store.read(id))).toEqual(bytes)
    for (const at of [0, 1, piece - 1, piece, piece + 1, size - 1, size, size + 1]) {
      expect(await buffer(await store.read(id, { from: at }))).toEqual(bytes.subarray(Math.max(0, at)))
      expect(await buffer(await store.read(id, { to: at }))).toEqual(bytes.subarray(0, Math.max(0, at)))
      expect(await buffer(await store.read(id, { from: at, to: at + 1 }))).toEqual(
        bytes.subarray(Math.max(0, at), Math.max(0, at + 1)),
      )
    }
  })

  test('any part of a content is that part', async () => {
    const bytes = randomBytes(200_000)
    const { id } = await store.put(inPieces(bytes), limits)
    await fc.assert(
      fc.asyncProperty(fc.nat(210_000), fc.nat(210_000), async (from, to) => {
        expect(
          (await buffer(await store.read(id, { from, to }))).equals(bytes.subarray(from, Math.max(from, to))),
        ).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('the list has each content once, with its size', async () => {
    const listed = await Array.fromAsync(store.list())
    expect(listed.map((it) => it.size).sort((a, b) => a - b)).toEqual([...sizes, 200_000].sort((a, b) => a - b))
    for (const { id, size, storedAt } of listed) {
      expect({ id, size, isTime: storedAt <= new Date() }).toEqual({ id, size: await store.size(id), isTime: true })
    }
  })

  test('only the owner reads what is kept', async () => {
    for (const file of await filesBelow(folder)) {
      expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600)
      expect((await stat(path.dirname(path.join(folder, file)))).mode & 0o777).toBe(0o700)
    }
    expect(await readdir(path.join(folder, '.drafts'))).toEqual([])
  })

  test('what is removed is gone, also when it is removed again', async () => {
    const { id } = await store.put(inPieces(Buffer.from('gone')), limits)
    await store.remove(id)
    await store.remove(id)
    expect(await store.has(id)).toBe(false)
    expect(await store.check(id)).toBe('missing')
    await expect(store.read(id)).rejects.toMatchObject({ reason: 'not-found' })
    await expect(store.size(id)).rejects.toMatchObject({ reason: 'not-found' })
  })
})

test('the same content lies once, though it is stored twice, and by several at a time', async () => {
  const { store, folder } = newStore()
  const bytes = randomBytes(100_000)
  const stored = await Promise.all(Array.from({ length: 8 }, () => store.put(inPieces(bytes), limits)))
  expect(stored).toEqual(stored.map(() => ({ id: idOf(bytes), size: 100_000 })))
  await store.put(inPieces(bytes), limits)
  const id = idOf(bytes)
  expect(await filesBelow(folder)).toEqual([`contents/${id.slice(7, 9)}/${id}`])
})

test('plain and sealed contents, and those of both digests, lie side by side', async () => {
  const { store, folder } = newStore()
  const sealed = diskStore(folder, { algorithm: 'sm3', sealing, seals: true })
  const [first, second] = [randomBytes(70_000), randomBytes(70_000)]
  const { id } = await store.put(inPieces(first), limits)
  const { id: secondId } = await sealed.put(inPieces(second), limits)
  for (const it of [store, sealed]) {
    expect(await buffer(await it.read(id))).toEqual(first)
    expect(await buffer(await it.read(secondId))).toEqual(second)
    expect(await Array.fromAsync(it.list())).toHaveLength(2)
  }
  expect(await diskStore(folder, { algorithm: 'sha256', sealing, seals: true }).put(inPieces(first), limits)).toEqual({
    id,
    size: 70_000,
  })
  expect(await filesBelow(folder)).toHaveLength(2)
})

describe('is refused, and nothing of it is kept:', () => {
  const { store, folder } = newStore()
  test('more than may come, by one byte', async () => {
    await store.put(inPieces(Buffer.alloc(20_000)), { maxBytes: 20_000 })
    await expect(store.put(inPieces(Buffer.alloc(20_001)), { maxBytes: 20_000 })).rejects.toMatchObject({
      reason: 'too-large',
      message: '文件超过 19.5 KB，没有保存。请压缩、降低扫描分辨率或拆成几个文件后再上传。',
    })
    expect(await filesBelow(folder)).toHaveLength(1)
  })

  test('a source that never ends', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(65_536)
    }
    await expect(store.put(endless(), limits)).rejects.toMatchObject({ reason: 'too-large' })
    expect(await filesBelow(folder)).toHaveLength(1)
  })

  test('a source that breaks off', async () => {
    async function* broken() {
      yield Buffer.alloc(65_536)
      throw new Error('the connection has ended')
    }
    await expect(store.put(broken(), limits)).rejects.toThrow('the connection has ended')
    expect(await filesBelow(folder)).toHaveLength(1)
  })
})

test.each([
  '',
  '../../secrets.json',
  'sha256-../../../../etc/passwd',
  `sha256-${'0'.repeat(63)}`,
  `sha256-${'0'.repeat(65)}`,
  `sha256-${'A'.repeat(64)}`,
  `md5-${'0'.repeat(64)}`,
  `sm3-${'0'.repeat(64)}/..`,
  `sha256-${'0'.repeat(64)}\n`,
  `sha256-${'0'.repeat(64)}\0`,
])('%j is no id, and leads nowhere', async (id) => {
  const { store } = newStore()
  expect(await store.has(id)).toBe(false)
  expect(await store.check(id)).toBe('missing')
  await expect(store.read(id)).rejects.toMatchObject({ reason: 'not-found' })
  await expect(store.size(id)).rejects.toMatchObject({ reason: 'not-found' })
  await store.remove(id)
})

describe('a change on the disk is noticed:', () => {
  const bytes = Buffer.concat([randomBytes(3 * piece), Buffer.from('the end')])
  const other = Buffer.concat([randomBytes(3 * piece), Buffer.from('not yet')])
  const flip = (at: number) => async (file: string) => {
    const found = await readFile(file)
    found[at < 0 ? found.length + at : at] = (found.at(at) ?? 0) ^ 1
    await writeFile(file, found)
  }
  const exchange = (one: number, another: number) => async (file: string) => {
    const found = await readFile(file)
    const [first, second] = [one, another].map((at) => Buffer.from(found.subarray(at, at + piece + 16)))
    found.set(second ?? [], one)
    found.set(first ?? [], another)
    await writeFile(file, found)
  }
  const cutTo = (length: (now: number) => number) => async (file: string) =>
    truncate(file, length((await stat(file)).size))
  const replaced = async (file: string, otherFile: string) => copyFile(otherFile, file)

  test.each<[string, boolean, (file: string, otherFile: string) => Promise<void>]>([
    ['a bit of a plain content', false, flip(70_000)],
    ['a plain content cut off', false, cutTo((it) => it - 1)],
    ['a plain content in the place of another', false, replaced],
    ['the mark of a sealed content', true, flip(0)],
    ['the salt', true, flip(30)],
    ['the size', true, flip(60)],
    ['the authentication of the header', true, flip(70)],
    ['a bit of the first piece', true, flip(100)],
    ['a bit of the last piece', true, flip(-20)],
    ['the last tag', true, flip(-1)],
    ['one byte cut off', true, cutTo((it) => it - 1)],
    ['the last piece cut off', true, cutTo((it) => it - 7 - 16)],
    ['all pieces cut off', true, cutTo(() => 96)],
    ['the header cut off', true, cutTo(() => 50)],
    ['nothing left', true, cutTo(() => 0)],
    ['a byte appended', true, cutTo((it) => it + 1)],
    ['two pieces exchanged', true, exchange(96, 96 + piece + 16)],
    ['a sealed content in the place of another', true, replaced],
  ])('%s', async (_what, seals, change) => {
    const { store, folder } = newStore({ seals })
    const fileOf = (id: string) => path.join(folder, 'contents', id.slice(7, 9), seals ? `${id}.sealed` : id)
    const { id } = await store.put(inPieces(bytes), limits)
    const { id: otherId } = await store.put(inPieces(other), limits)
    await change(fileOf(id), fileOf(otherId))
    expect(await store.check(id)).toBe('changed')
    expect(await store.check(otherId)).toBe('sound')
    if (seals) {
      const reading = store.read(id).then((it) => buffer(it))
      await expect(reading).rejects.toMatchObject({ reason: 'unreadable' })
    }
    // Whoever brings the content once more mends it.
    await store.put(inPieces(bytes), limits)
    expect(await store.check(id)).toBe('sound')
    expect(await buffer(await store.read(id))).toEqual(bytes)
  })
})

test('a part is read without the pieces that it does not need', async () => {
  const { store, folder } = newStore({ seals: true })
  const bytes = randomBytes(4 * piece)
  const { id } = await store.put(inPieces(bytes), limits)
  const file = path.join(folder, 'contents', id.slice(7, 9), `${id}.sealed`)
  const found = await readFile(file)
  found.fill(0, 96 + piece + 16, 96 + 2 * (piece + 16))
  await writeFile(file, found)
  expect(await buffer(await store.read(id, { to: piece }))).toEqual(bytes.subarray(0, piece))
  expect(await buffer(await store.read(id, { from: 2 * piece }))).toEqual(bytes.subarray(2 * piece))
  await expect(buffer(await store.read(id, { from: piece, to: piece + 1 }))).rejects.toMatchObject({
    reason: 'unreadable',
  })
})

test('two sealed forms of one content have nothing in common, and nothing of the content is in them', async () => {
  const bytes = Buffer.alloc(piece, '入党申请书')
  const forms = await Promise.all(
    [1, 2].map(async () => {
      const { store, folder } = newStore({ seals: true })
      await store.put(inPieces(bytes), limits)
      const [file = ''] = await filesBelow(folder)
      return readFile(path.join(folder, file))
    }),
  )
  for (const form of forms) expect(form.includes('入党')).toBe(false)
  expect(forms[0]?.subarray(96, 112)).not.toEqual(forms[1]?.subarray(96, 112))
})

test('what an older key sealed opens after a new one was added, and with another key it does not open', async () => {
  const { store, folder } = newStore({ seals: true })
  const { id } = await store.put(inPieces(Buffer.from('text')), limits)
  const key = { id: 'k2', key: randomBytes(32).toString('base64') }
  const storeWith = (fieldKeys: typeof secrets.fieldKeys) =>
    diskStore(folder, { algorithm: 'sha256', seals: true, sealing: contentSealing({ ...secrets, fieldKeys }) })
  const turned = storeWith([...secrets.fieldKeys, key])
  const { id: newer } = await turned.put(inPieces(Buffer.from('newer')), limits)
  expect(await buffer(await turned.read(id))).toEqual(Buffer.from('text'))
  expect(await buffer(await turned.read(newer))).toEqual(Buffer.from('newer'))
  await expect(store.read(newer)).rejects.toThrow('the key k2')
  await expect(store.check(newer)).rejects.toThrow('the key k2')
  await expect(storeWith([{ ...key, id: 'k1' }]).read(id)).rejects.toMatchObject({ reason: 'unreadable' })
})

test('a stream that is left before its end closes its file', async () => {
  const openFiles = async () => (await readdir('/proc/self/fd')).length
  for (const seals of [false, true]) {
    const { store } = newStore({ seals })
    const { id } = await store.put(inPieces(randomBytes(2_000_000)), limits)
    const before = await openFiles()
    for (let round = 0; round < 20; round++) {
      const stream = await store.read(id)
      if (round % 2 === 0) await stream.iterator().next()
      await new Promise((resolve) => stream.once('close', resolve).destroy())
    }
    await expect.poll(openFiles).toBeLessThanOrEqual(before)
  }
})

test('drafts of the past are taken away, others stay', async () => {
  const { store, folder } = newStore()
  const { id } = await store.put(inPieces(Buffer.from('whole')), limits)
  const drafts = path.join(folder, '.drafts')
  await writeFile(path.join(drafts, 'old'), 'half')
  await writeFile(path.join(drafts, 'new'), 'half')
  await utimes(path.join(drafts, 'old'), new Date('2026-05-11'), new Date('2026-05-11'))
  expect(await store.tidyDrafts(new Date('2026-05-12'))).toBe(1)
  expect(await readdir(drafts)).toEqual(['new'])
  expect(await store.check(id)).toBe('sound')
  expect(await newStore().store.tidyDrafts(new Date())).toBe(0)
})

test('what lies about among the contents is no content', async () => {
  const { store, folder } = newStore()
  const { id } = await store.put(inPieces(Buffer.from('whole')), limits)
  await mkdir(path.join(folder, 'contents', 'zz'))
  await writeFile(path.join(folder, 'contents', 'zz', 'notes.txt'), 'x')
  await writeFile(path.join(folder, 'contents', '.DS_Store'), 'x')
  expect((await Array.fromAsync(store.list())).map((it) => it.id)).toEqual([id])
  expect(await Array.fromAsync(newStore().store.list())).toEqual([])
  expect(await store.has(absent)).toBe(false)
})
