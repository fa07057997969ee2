import { afterAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { secrets } from '../../../test/factories.ts'
import { rawZip } from '../../../test/raw-zip.ts'
import { manifest12, manifest2004, packed, page, simplePackage } from '../../../test/scorm-packages.ts'
import { readConfig } from '../../platform/config.ts'
import { openContent } from '../../platform/content/content.ts'
import { takePackage } from './unpacking.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
const contents = openContent({ ...readConfig({}), dataDirectory: directory }, secrets)

async function take(bytes: Uint8Array) {
  const id = await contents.uploads.begin()
  const all = async function* () {
    yield bytes
  }
  await contents.uploads.append(id, 0, all(), { maxBytes: bytes.length })
  return takePackage(contents, { id, fileName: '课件.zip', sizeBytes: bytes.length })
}

const list = manifest12([{ id: 'one', title: '第一课', href: 'a.html' }])
const files = { 'imsmanifest.xml': list, 'a.html': page('一') }

test.each<[string, Uint8Array, string]>([
  ['is no zip', Buffer.from('not a zip file at all, but long enough to be looked at'), '不是 zip 文件'],
  ['has no list of contents', packed({ 'a.html': page('一') }), 'imsmanifest.xml'],
  ['leads out of itself', packed(files, [{ name: '../../etc/passwd', content: Buffer.from('x') }]), '不能采用'],
  ['names a place of the system', packed(files, [{ name: '/etc/passwd', content: Buffer.from('x') }]), '不能采用'],
  ['leads out by turned strokes', packed(files, [{ name: '..\\..\\x', content: Buffer.from('x') }]), '不能采用'],
  ['holds a link', packed(files, [{ name: 'l', content: Buffer.from('/etc'), attributes: 0o120777 }]), '链接'],
  ['is locked', packed(files, [{ name: 'l', content: Buffer.from('x'), flags: 0x801 }]), '密码'],
  ['has a name twice', packed(files, [{ name: 'a.html', content: Buffer.from('x') }]), '两个文件都叫'],
  [
    'says less than it holds',
    packed(files, [{ name: 'b', method: 8, content: Buffer.alloc(99), declared: 9 }]),
    '课件包',
  ],
  [
    'starts elsewhere',
    packed({ ...files, 'imsmanifest.xml': manifest12([{ id: 'a', title: '一', href: 'https://example.org/a' }]) }),
    '别的网站',
  ],
  [
    'starts what is not there',
    packed({ ...files, 'imsmanifest.xml': manifest12([{ id: 'a', title: '一', href: 'b.html' }]) }),
    '没有这个文件',
  ],
  ['lists nothing', packed({ 'imsmanifest.xml': '<manifest/>' }), 'imsmanifest.xml'],
])('a package that %s is refused', async (_, bytes, why) => {
  await expect(take(bytes)).rejects.toMatchObject({ message: expect.stringContaining(why) })
})

test('a bomb is refused before it is unpacked', async () => {
  const bomb = rawZip([
    { name: 'imsmanifest.xml', content: Buffer.from(list) },
    { name: 'b', method: 8, content: Buffer.alloc(1), declared: 3_000_000_000 },
  ])
  await expect(take(bomb)).rejects.toMatchObject({ reason: expect.stringMatching(/too-large|unreadable/) })
})

test('entities of a list of contents are not resolved', async () => {
  const evil = list.replace('?>', '?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace('第一课', '&x;课')
  const { scos } = await take(packed({ ...files, 'imsmanifest.xml': evil }))
  expect(scos[0]?.title).toBe('&x;课')
})

test('a package is taken as other programs pack it: a folder deeper, with turned strokes, in the encoding of Windows', async () => {
  const gbk = Buffer.from([0xbf, 0xce, 0x2e, 0x6a, 0x73])
  const {
    standard,
    title,
    scos,
    files: taken,
  } = await take(
    packed(
      {
        'course/imsmanifest.xml': manifest2004([{ id: 'one', title: '一', href: 'sub/a.html' }]),
        'course\\sub\\a.html': page('一'),
        '__MACOSX/x': 'x',
      },
      [{ name: Buffer.concat([Buffer.from('course/'), gbk]), content: Buffer.from('1'), flags: 0 }],
    ),
  )
  expect([standard, title, scos.map((it) => it.href), taken.map((it) => it.name).sort()]).toEqual([
    '2004',
    '党史专题',
    ['sub/a.html'],
    ['imsmanifest.xml', 'sub/a.html', '课.js'],
  ])
  expect((await take(simplePackage())).scos).toHaveLength(1)
})
