import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { exampleContents, exampleFile } from '../../../test/sealed-file.ts'
import { makeOne } from '../papers/made.ts'
import type { Paper } from '../papers/official-paper.ts'
import { startPrinting } from '../papers/printing.ts'
import { openWorkbook } from '../spreadsheet/workbook.ts'
import { examine } from './four-properties.ts'
import { packFile } from './pack-file.ts'
import { digestOfMetadata, writeSealedFile } from './sealed-file-xml.ts'
import { verifyBag } from './verify-bag.ts'
import { verifyPackage } from './verify-package.ts'
import { writeBagFile } from './write-bag.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
let serial = 0
const place = () => path.join(directory, `${serial++}.zip`)

const metadata = writeSealedFile(exampleFile())
const printing = startPrinting(null)
afterAll(() => printing.close())
const print = (paper: Paper) => makeOne(printing, paper)
const report = examine({
  moment: 'filing',
  file: exampleFile(),
  contents: new Map(),
  packageProblems: null,
  delivery: null,
  seal: null,
  isJournalWhole: null,
})
const open = (it: { path: string }) => Readable.from([Buffer.from(exampleContents[it.path] ?? '')])

test('a closed file goes into a package and comes out of it the same, with its catalogue and its report', async () => {
  const file = place()
  const { sha256 } = await packFile({ metadata, report, open, print }, file)
  expect(await verifyPackage(file, { sha256, count: { items: 2, bytes: 48 } })).toMatchObject({
    name: 'GCXY-DY-2026-0001',
    sha256,
    file: exampleFile(),
    metadataDigest: digestOfMetadata(metadata),
    problems: [],
    labels: [
      ['Source-Organization', '工程学院党委'],
      ['External-Identifier', 'GCXY-DY-2026-0001'],
      ['External-Description', '张三发展党员材料'],
      ['Bagging-Date', '2026-11-20'],
      ['Bag-Software-Agent', '支部工作台 0.1.0'],
      ['Tag-Manifests', 'sha256 sha512'],
      ['Payload-Oxum', '48.2'],
    ],
  })
  const { kept } = await verifyBag(file, ['metadata/目录.xlsx', 'metadata/目录.pdf', 'metadata/四性检测.json'])
  const catalogue = kept.get('metadata/目录.pdf') ?? Buffer.alloc(0)
  expect(catalogue.toString('latin1')).toMatch(/pdfaid:part>2<[\s\S]*pdfaid:conformance>B</)
  expect(textOfPages(catalogue).join('')).toContain('入党志愿书<甲&乙>')
  const workbook = await openWorkbook(kept.get('metadata/目录.xlsx') ?? Buffer.alloc(0))
  const [sheet] = workbook.sheets
  expect(sheet?.name).toBe('归档文件目录')
  expect(JSON.parse(String(kept.get('metadata/四性检测.json'))).检测项目[0]).toEqual({
    编号: 'Z1',
    属性: '真实性',
    项目: '固化信息有效',
    结果: '未能检查',
    依据: '没有读到内容。',
  })
  const again = place()
  await packFile({ metadata, report, open, print }, again)
  expect((await readFile(again)).equals(await readFile(file))).toBe(true)
})

test('a later seal has a folder of its own', async () => {
  const file = place()
  const seal = {
    version: 2,
    at: '2026-11-21T08:00:00.000Z',
    by: '王老师',
    reason: '补正页',
    previous: digestOfMetadata(metadata),
  }
  await packFile({ metadata: writeSealedFile(exampleFile({ seal })), report, open, print }, file)
  expect(await verifyPackage(file)).toMatchObject({ name: 'GCXY-DY-2026-0001-2', problems: [], file: { seal } })
})

test('a content that is not the sealed one is not packed', async () => {
  const other = () => Readable.from([Buffer.from('%PDF-1.7 入党申请者')])
  await expect(packFile({ metadata, report, open: other, print }, place())).rejects.toThrow('与登记的校验值不符')
})

test('a package whose manifests agree, and whose metadata say something else, is not sound', async () => {
  const file = place()
  const bytes = Buffer.from('%PDF-1.7 另一份')
  const { createHash } = await import('node:crypto')
  await writeBagFile(
    {
      name: 'b',
      madeAt: new Date('2026-11-20T08:00:00Z'),
      labels: [],
      payload: ['01 入党申请书.pdf', '03 别的.pdf'].map((it) => ({
        path: it,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        mediaType: 'application/pdf',
        open: () => Readable.from([bytes]),
      })),
      tags: [{ path: 'metadata/metadata.xml', content: metadata }],
    },
    file,
  )
  const { problems, fourProperties } = await verifyPackage(file)
  expect(problems).toEqual([
    { kind: 'metadata', path: 'data/01 入党申请书.pdf', message: '与元数据中第 1 件的校验值不符。' },
    { kind: 'metadata', path: 'data/02 志愿书.pdf', message: '元数据登记为第 2 件，包内没有。' },
    { kind: 'metadata', path: 'data/03 别的.pdf', message: '元数据中没有登记。' },
  ])
  expect(fourProperties.checks.filter((it) => it.result === 'unmet').map((it) => it.code)).toEqual([
    'Z1',
    'Z3',
    'Z4',
    'Z5',
    'W4',
  ])
})

test('a package whose metadata say another length of a content is not sound', async () => {
  const file = place()
  const [first, second] = exampleFile().items
  if (!first || !second) throw new Error('the example has two items')
  const longer = { ...first, content: { ...first.content, bytes: first.content.bytes + 1 } }
  const said = writeSealedFile(exampleFile({ items: [longer, second] }))
  const payload = [first, second].map(({ path: at, content: { bytes, sha256, mediaType } }) => ({
    ...{ path: at, bytes, sha256, mediaType },
    open: () => open({ path: at }),
  }))
  const tags = [{ path: 'metadata/metadata.xml', content: said }]
  await writeBagFile({ name: 'b', madeAt: new Date(), labels: [], payload, tags }, file)
  const { bytes } = first.content
  expect((await verifyPackage(file)).problems).toEqual([
    {
      kind: 'metadata',
      path: `data/${first.path}`,
      message: `有 ${bytes} 字节，元数据登记第 1 件为 ${bytes + 1} 字节。`,
    },
  ])
})

test.each([
  ['no metadata', [], '没有这个文件，不是本系统封存的档案，只核对了包本身。'],
  [
    'metadata that are none',
    [{ path: 'metadata/metadata.xml', content: '<a>' }],
    '元数据第 1 行不是 UTF-8 编码的元数据 XML，没有读取。',
  ],
  [
    'metadata with bytes that are no characters',
    [{ path: 'metadata/metadata.xml', content: Buffer.concat([Buffer.from(metadata), Buffer.from([0xd5])]) }],
    '不是 UTF-8 文字。',
  ],
])('%s: said, and the package is verified all the same', async (_, tags, message) => {
  const file = place()
  await writeBagFile({ name: 'b', madeAt: new Date(), labels: [], payload: [], tags }, file)
  expect(await verifyPackage(file)).toMatchObject({
    file: null,
    problems: [{ kind: 'metadata', path: 'metadata/metadata.xml', message }],
  })
})

test('a package that was written before there was a printed catalogue is sound', async () => {
  const file = place()
  const payload = exampleFile().items.map(({ path: at, content: { bytes, sha256, mediaType } }) => ({
    ...{ path: at, bytes, sha256, mediaType },
    open: () => open({ path: at }),
  }))
  const tags = [{ path: 'metadata/metadata.xml', content: metadata }]
  await writeBagFile({ name: 'b', madeAt: new Date(), labels: [], payload, tags }, file)
  expect(await verifyPackage(file)).toMatchObject({ problems: [], file: exampleFile() })
})
