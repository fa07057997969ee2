import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { type RawEntry, rawZip } from '../../../test/raw-zip.ts'
import { verifyBag } from './verify-bag.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
let serial = 0
const place = () => path.join(directory, `${serial++}.zip`)
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const problemsOf = async (file: string) => (await verifyBag(file)).problems

/** The files of a small sound package, to which a test adds one that is not. */
function soundEntries(extra: readonly { name: string; content: Buffer }[] = []): RawEntry[] {
  const data = [{ name: 'data/a.txt', content: Buffer.from('one') }, ...extra]
  const octets = data.reduce((sum, it) => sum + it.content.length, 0)
  const tags = [
    { name: 'bagit.txt', content: Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n') },
    { name: 'bag-info.txt', content: Buffer.from(`Payload-Oxum: ${octets}.${data.length}\n`) },
    {
      name: 'manifest-sha256.txt',
      content: Buffer.from(data.map((it) => `${sha256(it.content)}  ${it.name}\n`).join('')),
    },
  ]
  const manifest = tags.map((it) => `${sha256(it.content)}  ${it.name}\n`).join('')
  const all = [...data, ...tags, { name: 'tagmanifest-sha256.txt', content: Buffer.from(manifest) }]
  return all.map((it) => ({ ...it, name: `b/${it.name}` }))
}

/** The field in which some programs keep a name once more. */
function secondName(name: string): Buffer {
  const head = Buffer.alloc(9)
  head.writeUInt16LE(0x7075, 0)
  head.writeUInt16LE(5 + Buffer.byteLength(name), 2)
  head.writeUInt8(1, 4)
  return Buffer.concat([head, Buffer.from(name)])
}

describe('hostile packages are read to the end, and what is wrong is named', () => {
  const zeros = Buffer.alloc(100 * 1024 * 1024)
  test.each<[string, RawEntry[], { comment?: string }, readonly (readonly [string, string | null])[]]>([
    ['nothing is wrong', soundEntries(), {}, []],
    [
      'a way out of the package',
      [...soundEntries(), { name: 'b/../../etc/cron.d/x', content: Buffer.from('x') }],
      {},
      [
        ['name', 'b/../../etc/cron.d/x'],
        ['added', '../../etc/cron.d/x'],
      ],
    ],
    [
      'an absolute path',
      [...soundEntries(), { name: '/etc/passwd' }],
      {},
      [
        ['name', '/etc/passwd'],
        ['added', '/etc/passwd'],
      ],
    ],
    ['a file beside the folder', [...soundEntries(), { name: 'autorun.inf' }], {}, [['added', 'autorun.inf']]],
    [
      'the same name twice, the second with another content',
      [...soundEntries(), { name: 'b/data/a.txt', content: Buffer.from('two') }],
      {},
      [['duplicate', 'data/a.txt']],
    ],
    [
      'names that differ in capitals only',
      [...soundEntries(), { name: 'b/data/A.TXT', content: Buffer.from('one') }],
      {},
      [
        ['duplicate', 'data/A.TXT'],
        ['added', 'data/A.TXT'],
      ],
    ],
    [
      'a symbolic link',
      [...soundEntries(), { name: 'b/data/link', content: Buffer.from('/etc/passwd'), attributes: 0o120777 }],
      {},
      [
        ['link', 'b/data/link'],
        ['added', 'data/link'],
      ],
    ],
    [
      'a file with a password',
      soundEntries().map((it, at) => (at === 0 ? { ...it, flags: 0x801 } : it)),
      {},
      [['encrypted', 'b/data/a.txt']],
    ],
    [
      'a compression that nobody knows',
      soundEntries().map((it, at) => (at === 0 ? { ...it, method: 99 } : it)),
      {},
      [['compression', 'b/data/a.txt']],
    ],
    [
      'a wrong CRC',
      soundEntries().map((it, at) => (at === 0 ? { ...it, crc: 1 } : it)),
      {},
      [['damaged', 'data/a.txt']],
    ],
    [
      'compressed bytes that are none',
      soundEntries().map((it, at) => (at === 0 ? { ...it, method: 8, packed: Buffer.from([0xff, 0xff]) } : it)),
      {},
      [['damaged', 'data/a.txt']],
    ],
    [
      'more than it declares',
      soundEntries().map((it, at) => (at === 0 ? { ...it, method: 8, packed: deflateRawSync(zeros) } : it)),
      {},
      [['damaged', 'data/a.txt']],
    ],
    [
      'bytes behind the compressed ones',
      soundEntries().map((it, at) =>
        at === 0 ? { ...it, method: 8, packed: Buffer.concat([deflateRawSync('one'), Buffer.from('secret')]) } : it,
      ),
      {},
      [['damaged', 'data/a.txt']],
    ],
    [
      'another name in the file than in its directory',
      soundEntries().map((it, at) => (at === 0 ? { ...it, localName: 'b/data/b.exe' } : it)),
      {},
      [['damaged', 'b/data/a.txt']],
    ],
    [
      'another size in the file than in its directory',
      soundEntries().map((it, at) => (at === 0 ? { ...it, localDeclared: 4 } : it)),
      {},
      [['damaged', 'b/data/a.txt']],
    ],
    [
      'another name in a field of the file that the directory does not have',
      soundEntries().map((it, at) => (at === 0 ? { ...it, localExtra: secondName('b/data/a.exe') } : it)),
      {},
      [['damaged', 'b/data/a.txt']],
    ],
    [
      'the same name in such a field',
      soundEntries().map((it, at) => (at === 0 ? { ...it, localExtra: secondName('b/data/a.txt') } : it)),
      {},
      [],
    ],
    [
      'a field of the file that is cut off',
      soundEntries().map((it, at) => (at === 0 ? { ...it, localExtra: Buffer.from([0x75, 0x70, 9, 0, 1]) } : it)),
      {},
      [['damaged', 'b/data/a.txt']],
    ],
    [
      'a name with a mark that turns the writing round',
      [...soundEntries(), { name: 'b/data/\u202efdp.exe' }],
      {},
      [
        ['name', 'b/data/\u202efdp.exe'],
        ['added', 'data/\u202efdp.exe'],
      ],
    ],
    [
      'a folder with a content',
      [...soundEntries(), { name: 'b/data/x/', content: Buffer.from('x') }],
      {},
      [['hidden', 'b/data/x/']],
    ],
    [
      'bytes between two files',
      soundEntries().map((it, at) => (at === 1 ? { ...it, before: Buffer.from('hidden') } : it)),
      {},
      [['hidden', 'b/data/a.txt']],
    ],
    [
      'a program before the first file',
      soundEntries().map((it, at) => (at === 0 ? { ...it, before: Buffer.from('#!/bin/sh') } : it)),
      {},
      [['hidden', null]],
    ],
    ['a comment', soundEntries(), { comment: 'hello' }, [['hidden', null]]],
    [
      'a name that is not UTF-8',
      [...soundEntries(), { name: Buffer.concat([Buffer.from('b/data/'), Buffer.from([0xd5, 0xc5])]) }],
      {},
      [
        ['name', 'b/data/ÕÅ'],
        ['added', 'data/ÕÅ'],
      ],
    ],
    [
      'a bomb: 100 MB of nothing in 100 KB',
      [...soundEntries(), { name: 'b/data/zeros', content: zeros, method: 8 }],
      {},
      [
        ['bomb', null],
        ['missing', 'manifest-sha256.txt'],
        ['missing', 'tagmanifest-sha256.txt'],
      ],
    ],
    [
      'a bomb of entries that share their bytes',
      [
        ...soundEntries([{ name: 'data/b.txt', content: Buffer.from('one') }]).map((it, at) =>
          at === 1 ? { ...it, localName: 'b/data/a.txt', sharedWith: 0 } : it,
        ),
      ],
      {},
      [
        ['damaged', 'b/data/b.txt'],
        ['hidden', 'b/data/a.txt'],
      ],
    ],
  ])('%s', async (_, entries, options, expected) => {
    const file = place()
    await writeFile(file, rawZip(entries, options))
    const problems = await problemsOf(file)
    expect(problems.filter((it) => it.kind !== 'size').map(({ kind, path: at }) => [kind, at])).toEqual(expected)
  })

  test.each([
    ['a picture', Buffer.from('\x89PNG'), '无法核验'],
    ['nothing', Buffer.alloc(0), '无法核验'],
  ])('%s is refused', async (_, bytes, message) => {
    const file = place()
    await writeFile(file, bytes)
    await expect(verifyBag(file)).rejects.toThrow(message)
  })
})
