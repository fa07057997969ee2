import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPromise } from 'yauzl'
import { temporaryDirectory } from '../../../test/directory.ts'
import { verifyBag } from './verify-bag.ts'
import { type Bag, type PayloadFile, writeBagFile } from './write-bag.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
let serial = 0
const place = (name = 'bag.zip') => path.join(directory, `${serial++}-${name}`)
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

function content(name: string, bytes: string | Uint8Array, mediaType = 'application/pdf'): PayloadFile {
  const buffer = Buffer.from(bytes)
  return { path: name, bytes: buffer.length, sha256: sha256(buffer), mediaType, open: () => Readable.from([buffer]) }
}

const bag = (more: Partial<Bag> = {}): Bag => ({
  name: 'GCXY-2026-0001',
  madeAt: new Date('2026-11-20T08:00:00Z'),
  labels: [['Source-Organization', '工程学院党委']],
  payload: [
    content('02 入党志愿书/志愿书.pdf', '%PDF-1.7 志愿书'),
    content('01 入党申请书/申请书 100%.txt', '申请书\n'.repeat(50), 'text/plain'),
    content('03 空.bin', ''),
  ],
  tags: [{ path: 'metadata/metadata.xml', content: '<档案/>' }],
  ...more,
})

async function written(more: Partial<Bag> = {}): Promise<string> {
  const file = place()
  await writeBagFile(bag(more), file)
  return file
}

/** Unpacks a sound package, as another program would. */
async function unpacked(file: string): Promise<{ folder: string; files: string[] }> {
  const folder = place('folder')
  const files: string[] = []
  const zip = await openPromise(file, { autoClose: false })
  for await (const entry of zip.eachEntry()) {
    const target = path.join(folder, entry.fileName)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, await zip.openReadStreamPromise(entry))
    files.push(entry.fileName.slice(entry.fileName.indexOf('/') + 1))
  }
  zip.close()
  return { folder: path.join(folder, 'GCXY-2026-0001'), files }
}

const problemsOf = async (file: string) => (await verifyBag(file)).problems

describe('what is written', () => {
  test('verifies as sound, as one file and unpacked, and says what it holds', async () => {
    const file = await written()
    const report = await verifyBag(file, ['metadata/metadata.xml'])
    expect(report).toEqual({
      name: 'GCXY-2026-0001',
      sha256: sha256(await readFile(file)),
      labels: [
        ['Source-Organization', '工程学院党委'],
        ['Tag-Manifests', 'sha256 sha512'],
        ['Payload-Oxum', '518.3'],
      ],
      payload: [
        { path: 'data/01 入党申请书/申请书 100%.txt', bytes: 500, sha256: sha256('申请书\n'.repeat(50)) },
        { path: 'data/02 入党志愿书/志愿书.pdf', bytes: 18, sha256: sha256('%PDF-1.7 志愿书') },
        { path: 'data/03 空.bin', bytes: 0, sha256: sha256('') },
      ].map((it) => expect.objectContaining(it)),
      bytes: 518,
      comparisons: 11,
      kept: new Map([['metadata/metadata.xml', Buffer.from('<档案/>')]]),
      problems: [],
    })
    const { folder, files } = await unpacked(file)
    expect(files).toEqual([
      'bagit.txt',
      'data/01 入党申请书/申请书 100%.txt',
      'data/02 入党志愿书/志愿书.pdf',
      'data/03 空.bin',
      'bag-info.txt',
      'manifest-sha256.txt',
      'metadata/metadata.xml',
      'tagmanifest-sha256.txt',
      'tagmanifest-sha512.txt',
    ])
    expect(await readFile(path.join(folder, 'manifest-sha256.txt'), 'utf8')).toBe(
      `${sha256('申请书\n'.repeat(50))}  data/01 入党申请书/申请书 100%25.txt\n${sha256('%PDF-1.7 志愿书')}  data/02 入党志愿书/志愿书.pdf\n${sha256('')}  data/03 空.bin\n`,
    )
    expect(await verifyBag(folder)).toMatchObject({ name: null, sha256: null, comparisons: 11, problems: [] })
    expect(await problemsOf(path.dirname(folder))).toEqual([])
  })

  test('the same facts give the same bytes, in any order and on a machine in any zone', async () => {
    const { payload } = bag()
    const first = await readFile(await written())
    const zone = process.env.TZ
    process.env.TZ = 'America/New_York'
    const second = await readFile(await written({ payload: payload.toReversed() }))
    process.env.TZ = zone
    expect(second.equals(first)).toBe(true)
  })

  test.each([
    ['another content', { ...content('a', 'one'), sha256: sha256('two') }, 'data/a 的内容与登记的校验值不符'],
    ['a shorter content', { ...content('a', 'one'), bytes: 4 }, 'data/a 的内容与登记的校验值不符'],
    ['a longer content', { ...content('a', 'one'), bytes: 2 }, 'data/a 的内容与登记的校验值不符'],
    [
      'a content that cannot be opened',
      { ...content('a', 'one'), open: () => Promise.reject(new Error('gone')) },
      'gone',
    ],
    [
      'a content that ends half way',
      {
        ...content('a', 'one'),
        open: () =>
          Readable.from(
            (async function* () {
              yield 'o'
              throw new Error('torn')
            })(),
          ),
      },
      'torn',
    ],
  ])('%s ends the writing, and nothing is left', async (_, wrong, message) => {
    const file = place()
    await expect(
      writeBagFile(bag({ payload: [content('0', 'zero'), wrong, content('z', 'last')] }), file),
    ).rejects.toThrow(message)
    await expect(readFile(file)).rejects.toThrow('ENOENT')
    await expect(readFile(`${file}.part`)).rejects.toThrow('ENOENT')
  })

  test('a folder that is not there is named, and no content stays open', async () => {
    await expect(writeBagFile(bag(), path.join(directory, 'none/bag.zip'))).rejects.toThrow('ENOENT')
  })

  test.each([
    [['../a'], '路径指向包外'],
    [['a\nb'], '不能使用的字符'],
    [['a', 'a'], '重复，或只有大小写不同'],
    [['a.pdf', 'A.PDF'], '重复，或只有大小写不同'],
  ])('names such as %j are refused', async (names, message) => {
    const payload = names.map((it) => content(it, it))
    await expect(writeBagFile(bag({ payload }), place())).rejects.toThrow(message)
  })
})

describe('every changed byte is found', () => {
  let sound: { folder: string; files: string[] }
  let file = ''
  beforeAll(async () => {
    file = await written()
    sound = await unpacked(file)
  })

  test('in a file of an unpacked package, and the file is named', async () => {
    const sizes = await Promise.all(
      sound.files.map(async (name) => ({ name, bytes: await readFile(path.join(sound.folder, name)) })),
    )
    const nonEmpty = sizes.filter((it) => it.bytes.length > 0)
    const flip = fc
      .constantFrom(...nonEmpty)
      .chain(({ name, bytes }) =>
        fc.record({ name: fc.constant(name), at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) }),
      )
    await fc.assert(
      fc.asyncProperty(flip, async ({ name, at, by }) => {
        const target = path.join(sound.folder, name)
        const before = await readFile(target)
        await writeFile(
          target,
          before.map((byte, place) => (place === at ? byte ^ by : byte)),
        )
        const problems = await problemsOf(sound.folder)
        await writeFile(target, before)
        expect(problems.map((it) => it.path)).toContain(name)
      }),
      { numRuns: 300 },
    )
    expect(await problemsOf(sound.folder)).toEqual([])
  })

  test('in the zip file: a problem, or no zip file any more, unless only a time or a program version differs', async () => {
    const before = await readFile(file)
    const { payload } = await verifyBag(file)
    const changed = place()
    await fc.assert(
      fc.asyncProperty(fc.nat(before.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        await writeFile(
          changed,
          before.map((byte, place) => (place === at ? byte ^ by : byte)),
        )
        const report = await verifyBag(changed).catch(() => null)
        if (report === null || report.problems.length > 0) return
        expect(report.payload).toEqual(payload)
        expect(report.sha256).not.toBe(sha256(before))
      }),
      { numRuns: 400 },
    )
  })

  test('cut off anywhere it is no package any more', async () => {
    const before = await readFile(file)
    const cut = place()
    await fc.assert(
      fc.asyncProperty(fc.nat(before.length - 1), async (length) => {
        await writeFile(cut, before.subarray(0, length))
        await expect(verifyBag(cut)).rejects.toThrow('无法核验')
      }),
      { numRuns: 60 },
    )
  })

  test.each<[string, (folder: string) => Promise<void>, readonly (readonly [string, string | null])[]]>([
    ['a file is gone', (at) => rm(path.join(at, 'data/03 空.bin')), [['missing', 'data/03 空.bin']]],
    ['a file is new', (at) => writeFile(path.join(at, 'data/new.pdf'), '1'), [['added', 'data/new.pdf']]],
    ['a file about the payload is new', (at) => writeFile(path.join(at, 'note.txt'), '1'), [['added', 'note.txt']]],
    [
      'a file has another name',
      (at) => rename(path.join(at, 'data/03 空.bin'), path.join(at, 'data/04 空.bin')),
      [
        ['added', 'data/04 空.bin'],
        ['missing', 'data/03 空.bin'],
      ],
    ],
    [
      'the metadata are gone',
      (at) => rm(path.join(at, 'metadata/metadata.xml')),
      [['missing', 'metadata/metadata.xml']],
    ],
    [
      'a manifest is gone',
      (at) => rm(path.join(at, 'tagmanifest-sha256.txt')),
      [['missing', 'tagmanifest-sha256.txt']],
    ],
    [
      'all manifests over the files about the payload are gone',
      async (at) => {
        await rm(path.join(at, 'tagmanifest-sha256.txt'))
        await rm(path.join(at, 'tagmanifest-sha512.txt'))
      },
      [
        ['missing', 'tagmanifest-sha256.txt'],
        ['missing', 'tagmanifest-sha512.txt'],
      ],
    ],
    ['the manifest is gone', (at) => rm(path.join(at, 'manifest-sha256.txt')), [['missing', 'manifest-sha256.txt']]],
    ['a link', (at) => symlink('/etc/passwd', path.join(at, 'data/link')), [['link', 'data/link']]],
    [
      'what is to be fetched',
      (at) => writeFile(path.join(at, 'fetch.txt'), ''),
      [
        ['structure', 'fetch.txt'],
        ['added', 'fetch.txt'],
      ],
    ],
  ])('%s', async (_, change, expected) => {
    const { folder } = await unpacked(file)
    await change(folder)
    const problems = await problemsOf(folder)
    const told = problems.filter((it) => it.kind !== 'size')
    expect(told.map(({ kind, path: at }) => [kind, at])).toEqual(expected)
  })
})

test('more files than are read are refused, packed and unpacked', async () => {
  const limits = { maxEntries: 4, maxTagBytes: 1000 }
  const file = await written()
  await expect(verifyBag(file, [], limits)).rejects.toThrow('包内文件超过 4 个')
  await expect(verifyBag((await unpacked(file)).folder, [], limits)).rejects.toThrow('包内文件超过 4 个')
})

test('what unpacks to more than is taken in is refused before anything of it is read', async () => {
  const file = await written()
  const { bytes } = await verifyBag(file)
  const limits = { maxEntries: 100, maxTagBytes: 1000 }
  await expect(verifyBag(file, [], { ...limits, maxBytes: bytes })).rejects.toThrow('过大，没有核验')
  expect((await verifyBag(file, [], { ...limits, maxBytes: bytes + 100_000 })).bytes).toBe(bytes)
})

test('a manifest that is too large to read is left unread, and said', async () => {
  const problems = (await verifyBag(await written(), [], { maxEntries: 100, maxTagBytes: 200 })).problems
  expect(problems.map((it) => [it.kind, it.path])).toContainEqual(['structure', 'manifest-sha256.txt'])
})

test('10,000 files go through memory one at a time', async () => {
  const payload = Array.from({ length: 10_000 }, (_, n): PayloadFile => {
    const bytes = () => Buffer.alloc(20_000, `${n} `)
    return {
      path: `${n % 100}/${n}.jpg`,
      bytes: 20_000,
      sha256: sha256(bytes()),
      mediaType: 'image/jpeg',
      open: () => Readable.from([bytes()]),
    }
  })
  const file = place()
  const { bytes } = await writeBagFile(bag({ payload }), file)
  expect(bytes).toBeGreaterThan(200_000_000)
  const before = process.memoryUsage().rss
  const report = await verifyBag(file)
  expect([report.payload.length, report.problems]).toEqual([10_000, []])
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})
