import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compoundFile,
  objectStream,
  officePackage,
  pdfOf,
  pictureOf,
  relationTo,
  wordStream,
  workbookStream,
} from '../../../test/hostile-files.ts'
import { packageOf } from '../../../test/workbooks.ts'
import { type ByteSource, bytesIn } from './byte-source.ts'
import { examine } from './content-type.ts'
import { takenTypes } from './taken-types.ts'

const samples = path.join(import.meta.dirname, '../../../test/samples')
const wordSamples = path.join(
  path.dirname(createRequire(import.meta.url).resolve('mammoth/package.json')),
  'test/test-data',
)
const page = '<html><script>alert(1)</script></html>'
const zip = packageOf([{ name: 'a.class', content: 'x' }])
const [jpeg, png, webp, tiff, gif, avif] = await Promise.all([
  pictureOf('jpeg'),
  pictureOf('png'),
  pictureOf('webp'),
  pictureOf('tiff'),
  pictureOf('gif'),
  pictureOf('avif'),
])

/** A workbook of 97–2003 by a library that other offices read. */
function legacyWorkbook(rows: number): Buffer {
  const book = utils.book_new()
  const lines = Array.from({ length: rows }, (_, at) => [`张三${at}`, at])
  utils.book_append_sheet(book, utils.aoa_to_sheet([['姓名', '学号'], ...lines]), '名单')
  return Buffer.from(write(book, { type: 'buffer', bookType: 'biff8' }))
}

const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(64)])
const boundSheet = (kind: number) => Buffer.from([0, 0, 0, 0, 0, kind, 1, 0, 65])

describe('is taken:', () => {
  test.each<[what: string, name: string, bytes: Buffer, type: keyof typeof takenTypes]>([
    ['a PDF', 'a.pdf', pdfOf(), 'pdf'],
    ['a PDF with compressed objects', 'a.pdf', pdfOf([objectStream('7 0 << /Type /Font >>')]), 'pdf'],
    ['a PDF followed by blanks', 'a.pdf', Buffer.concat([pdfOf(), Buffer.alloc(2_000)]), 'pdf'],
    ['a PDF that only names encryption of metadata', 'a.pdf', pdfOf(['<< /EncryptMetadata false >>']), 'pdf'],
    ['a JPEG', 'a.jpeg', jpeg, 'jpeg'],
    [
      'a JPEG with a film behind it',
      'a.jpg',
      Buffer.concat([jpeg, Buffer.from('\0\0\0\x18ftypmp42'), Buffer.alloc(9_999)]),
      'jpeg',
    ],
    ['a PNG', 'a.png', png, 'png'],
    ['a WebP', 'a.webp', webp, 'webp'],
    ['a TIFF', 'a.tiff', tiff, 'tiff'],
    ['a Word document', 'a.docx', officePackage('docx'), 'docx'],
    [
      'a Word document that links to a page',
      'a.docx',
      officePackage('docx', [relationTo('hyperlink', 'https://www.example.edu.cn/')]),
      'docx',
    ],
    [
      'a Word document with a template on the disk of who wrote it',
      'a.docx',
      officePackage('docx', [relationTo('attachedTemplate', 'file:///C:\\Users\\li\\公文.dotx')]),
      'docx',
    ],
    ['an old Word document', 'a.doc', compoundFile({ WordDocument: wordStream() }), 'doc'],
    ['an old document of WPS', 'a.wps', compoundFile({ WordDocument: wordStream() }), 'doc'],
    ['an old, long Word document', 'a.doc', compoundFile({ WordDocument: wordStream(0, 9_000_000) }), 'doc'],
    ['a workbook', 'a.xlsx', officePackage('xlsx'), 'xlsx'],
    ['an old workbook', 'a.xls', legacyWorkbook(10), 'xls'],
    ['an old, long workbook', 'a.xls', legacyWorkbook(20_000), 'xls'],
    [
      'an old, short workbook',
      'a.xls',
      compoundFile({
        Workbook: workbookStream(
          [
            [0x809, Buffer.alloc(16)],
            [0x85, boundSheet(0)],
          ],
          0,
        ),
      }),
      'xls',
    ],
    ['an OFD', 'a.ofd', packageOf([{ name: 'OFD.xml', content: '<ofd:OFD/>' }]), 'ofd'],
    ['columns', 'a.csv', Buffer.from('姓名,学号\n张三,1\n李四,2\n'), 'csv'],
    [
      'columns by tabs in GB 18030',
      'a.txt',
      Buffer.concat([
        Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]),
        Buffer.from('\t1\n'),
        Buffer.from([0xd0, 0xd5]),
        Buffer.from('\t2\n'),
      ]),
      'csv',
    ],
    ['one column, by its name', 'a.csv', Buffer.from('姓名\n张三\n'), 'csv'],
    ['text', 'a.txt', Buffer.from('今天学习了党章，\n体会很深，\r\n1 < 2。'), 'text'],
    ['text in UTF-16', 'a.txt', Buffer.from('\ufeff今天学习了党章。', 'utf16le'), 'text'],
    ['text without a name', '', Buffer.from('今天学习了党章。'), 'text'],
  ])('%s', async (_what, name, bytes, type) => {
    expect(await examine(bytesIn(bytes), name)).toEqual({ type: takenTypes[type], refused: [], noted: [] })
  })

  test.each(['动态信息表.xlsx', '可转正预备党员名单.xlsx', '积极分子培训报名表.xlsx'])('%s', async (name) => {
    const bytes = await readFile(path.join(samples, name))
    expect(await examine(bytesIn(bytes), name)).toEqual({ type: takenTypes.xlsx, refused: [], noted: [] })
  })

  test.each(['single-paragraph', 'tiny-picture', 'strict-format', 'text-box', 'comments', 'empty'])(
    '%s.docx',
    async (name) => {
      const bytes = await readFile(path.join(wordSamples, `${name}.docx`))
      expect(await examine(bytesIn(bytes), `${name}.docx`)).toEqual({ type: takenTypes.docx, refused: [], noted: [] })
    },
  )
})

describe('is taken by its content, with a note:', () => {
  test.each<[what: string, name: string, bytes: Buffer, type: keyof typeof takenTypes, note: string]>([
    ['another name', '申请书.pdf', jpeg, 'jpeg', '文件名以 .pdf 结尾，内容却是 .jpg，已按内容归为 .jpg。'],
    ['a page that is none', 'a.html', Buffer.from('今天学习了党章。'), 'text', '文件名以 .html 结尾'],
    ['embedded files in a PDF', 'a.pdf', pdfOf(['<< /Type /EmbeddedFile >>']), 'pdf', '附件不会单独归档'],
    [
      'a file embedded in a Word document',
      'a.docx',
      officePackage('docx', [{ name: 'word/embeddings/a.xlsx', content: 'x' }]),
      'docx',
      '嵌入',
    ],
    [
      'a picture elsewhere',
      'a.docx',
      officePackage('docx', [relationTo('image', 'https://example.com/a.png')]),
      'docx',
      '外部的图片',
    ],
    [
      'a linked workbook',
      'a.xlsx',
      officePackage('xlsx', [relationTo('externalLinkPath', 'file:///D:\\名单.xlsx')]),
      'xlsx',
      '工作簿',
    ],
    [
      'an object in an old Word document',
      'a.doc',
      compoundFile({ WordDocument: wordStream(), '\x01Ole10Native': Buffer.alloc(5_000) }),
      'doc',
      '嵌入',
    ],
  ])('%s', async (_what, name, bytes, type, note) => {
    expect(await examine(bytesIn(bytes), name)).toEqual({
      type: takenTypes[type],
      refused: [],
      noted: [expect.stringContaining(note)],
    })
  })
})

describe('is refused:', () => {
  const attached = (target: string) => officePackage('docx', [relationTo('attachedTemplate', target)])
  test.each<[what: string, name: string, bytes: Buffer, reason: string]>([
    ['nothing', 'a.pdf', Buffer.alloc(0), '空'],
    ['bytes of no kind', 'a.pdf', Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 0, 9]), '认不出'],
    ['zeros', 'a.txt', Buffer.alloc(5_000), '认不出'],
    ['a program', 'a.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), '程序'],
    ['a program of Linux', 'a.pdf', Buffer.from('7f454c4602010100', 'hex'), '程序'],
    ['a script', 'a.txt', Buffer.from('#!/bin/sh\nrm -rf /\n'), '脚本'],
    ['a program by its name', '入党申请书.pdf.exe', pdfOf(), '程序'],
    ['a script by its name', 'a.bat', Buffer.from('dir'), '程序'],
    ['a link of Windows', 'a.pdf', Buffer.from('4c0000000114020000000000c000000000000046', 'hex'), '程序'],
    ['a page', 'a.html', Buffer.from('<!DOCTYPE html><p>x</p>'), '网页'],
    ['a page behind text', 'a.txt', Buffer.from(`你好${page}`), '网页'],
    ['a page in UTF-16', 'a.txt', Buffer.from(`\ufeff${page}`, 'utf16le'), '网页'],
    ['an SVG', 'a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'SVG'],
    ['an SVG behind a declaration', 'a.png', Buffer.from('<?xml version="1.0"?><svg/>'), 'SVG'],
    ['a saved mail', 'a.doc', Buffer.from('MIME-Version: 1.0\nContent-Type: multipart/related\n'), '网页'],
    ['RTF', 'a.doc', Buffer.from('{\\rtf1 x}'), 'RTF'],
    ['HEIC', 'a.heic', heic, '兼容性最佳'],
    ['HEIC under another name', 'a.jpg', heic, '兼容性最佳'],
    ['AVIF', 'a.avif', avif, 'JPEG'],
    ['GIF', 'a.gif', gif, '另存为 JPEG 或 PNG'],
    ['a zip', 'a.zip', zip, '压缩包'],
    ['a Java archive', 'a.docx', packageOf([{ name: 'META-INF/MANIFEST.MF', content: 'x' }]), 'Java'],
    ['RAR', 'a.rar', Buffer.from('Rar!\x1a\x07\x01\0\0\0\0\0', 'latin1'), '压缩包'],
    ['a presentation', 'a.pptx', officePackage('pptx'), '演示文稿'],
    [
      'an OpenDocument',
      'a.odt',
      packageOf([
        { name: 'mimetype', content: 'x' },
        { name: 'content.xml', content: 'x' },
      ]),
      'OpenDocument',
    ],

    ['macros by type', 'a.docx', officePackage('docm'), '宏'],
    ['macros of Excel by type', 'a.xlsx', officePackage('xlsm'), '宏'],
    ['macros in a part', 'a.docx', officePackage('docx', [{ name: 'word/vbaProject.bin', content: 'x' }]), '宏'],
    ['old macro sheets', 'a.xlsx', officePackage('xlsx', [{ name: 'xl/macrosheets/sheet1.xml', content: 'x' }]), '宏'],
    ['a binary workbook', 'a.xlsb', officePackage('xlsb'), 'xlsb'],
    ['a template', 'a.docx', officePackage('dotx'), '模板'],
    ['ActiveX', 'a.docx', officePackage('docx', [{ name: 'word/activeX/activeX1.xml', content: 'x' }]), 'ActiveX'],
    ['a template from a page', 'a.docx', attached('https://example.com/a.dotm'), '外部地址'],
    ['a template from a share', 'a.docx', attached('\\\\server\\a.dotm'), '外部地址'],
    ['a template from a share, as an address', 'a.docx', attached('file://server/a.dotm'), '外部地址'],
    ['a template with a written-out letter', 'a.docx', attached('htt&#112;s://example.com/a'), '外部地址'],
    [
      'an object from a page',
      'a.docx',
      officePackage('docx', [relationTo('oleObject', 'mhtml:http://example.com!x')]),
      '外部地址',
    ],
    [
      'calls of other programs',
      'a.xlsx',
      officePackage('xlsx', [
        {
          name: 'xl/externalLinks/externalLink1.xml',
          content: '<externalLink><ddeLink ddeService="cmd"/></externalLink>',
        },
      ]),
      'DDE',
    ],
    [
      'declared entities',
      'a.docx',
      officePackage('docx', [{ name: '_rels/.rels', content: '<!DOCTYPE a [<!ENTITY b "c">]>' }]),
      '结构异常',
    ],
    ['a bomb', 'a.docx', officePackage('docx', [{ name: 'a', content: Buffer.alloc(8_000_000) }]), '压缩比'],
    [
      'more than it may unpack to',
      'a.docx',
      officePackage('docx', [{ name: 'a', content: 'x', declaredBytes: 0x7fff_ffff }]),
      '解压后',
    ],
    [
      'more entries than allowed',
      'a.docx',
      packageOf(Array.from({ length: 10_001 }, (_, at) => ({ name: `${at}`, content: '' }))),
      '10001',
    ],
    ['an entry with a password', 'a.docx', officePackage('docx', [{ name: 'a', content: 'x', flags: 1 }]), '密码'],
    ['a way out of the package', 'a.docx', officePackage('docx', [{ name: '../../a', content: 'x' }]), '夹带'],
    ['something behind a package', 'a.docx', Buffer.concat([officePackage('docx'), Buffer.from(page)]), '夹带'],
    [
      'something between entries and directory',
      'a.docx',
      Buffer.concat([Buffer.from('PK\x03\x04'), officePackage('docx')]),
      '夹带',
    ],
    ['half a package', 'a.docx', officePackage('docx').subarray(0, 300), '损坏'],

    [
      'macros in an old Word document',
      'a.doc',
      compoundFile({ WordDocument: wordStream(), 'Macros/VBA/dir': Buffer.alloc(5_000) }),
      '宏',
    ],
    ['a password of an old Word document', 'a.doc', compoundFile({ WordDocument: wordStream(0x0100) }), '密码'],
    ['an old template', 'a.doc', compoundFile({ WordDocument: wordStream(1) }), '模板'],
    ['an old Word document that is none', 'a.doc', compoundFile({ WordDocument: Buffer.alloc(5_000) }), '损坏'],
    [
      'macros in an old workbook',
      'a.xls',
      compoundFile({
        Workbook: workbookStream([
          [0x809, Buffer.alloc(16)],
          [0x0a, Buffer.alloc(0)],
        ]),
        '_VBA_PROJECT_CUR/VBA/dir': Buffer.alloc(5_000),
      }),
      '宏',
    ],
    [
      'a macro sheet in an old workbook',
      'a.xls',
      compoundFile({
        Workbook: workbookStream([
          [0x809, Buffer.alloc(16)],
          [0x85, boundSheet(1)],
        ]),
      }),
      'Excel 4.0',
    ],
    [
      'a macro sheet in an old, short workbook',
      'a.xls',
      compoundFile({
        Workbook: workbookStream(
          [
            [0x809, Buffer.alloc(16)],
            [0x85, boundSheet(1)],
          ],
          0,
        ),
      }),
      'Excel 4.0',
    ],
    [
      'a password of an old workbook',
      'a.xls',
      compoundFile({
        Workbook: workbookStream([
          [0x809, Buffer.alloc(16)],
          [0x2f, Buffer.alloc(54)],
        ]),
      }),
      '密码',
    ],
    [
      'a password of a new document',
      'a.docx',
      compoundFile({ EncryptedPackage: Buffer.alloc(5_000), EncryptionInfo: Buffer.alloc(200) }),
      '密码',
    ],
    ['an old presentation', 'a.ppt', compoundFile({ 'PowerPoint Document': Buffer.alloc(5_000) }), '演示文稿'],
    ['another compound file', 'a.doc', compoundFile({ Other: Buffer.alloc(5_000) }), '认不出'],
    ['half a compound file', 'a.doc', compoundFile({ WordDocument: wordStream() }).subarray(0, 600), '损坏'],

    ['a script in a PDF', 'a.pdf', pdfOf(['<< /S /JavaScript /JS (app.alert\\(1\\)) >>']), 'JavaScript'],
    ['a script by a written-out name', 'a.pdf', pdfOf(['<< /S /J#61vaScript /JS (1) >>']), 'JavaScript'],
    [
      'a script in a compressed object',
      'a.pdf',
      pdfOf([objectStream('7 0 << /S /JavaScript /JS (1) >>')]),
      'JavaScript',
    ],
    [
      'a script by a written-out name in a compressed object',
      'a.pdf',
      pdfOf([
        Buffer.from(
          objectStream('7 0 << /S /JavaScrip#74 >>').toString('latin1').replace('/ObjStm', '/Obj#53tm'),
          'latin1',
        ),
      ]),
      'JavaScript',
    ],
    ['a start of a program', 'a.pdf', pdfOf(['<< /S /Launch /F (cmd.exe) >>']), '启动其他程序'],
    ['encryption', 'a.pdf', pdfOf(['<< /Filter /Standard >>'], '/Encrypt 4 0 R'), '密码'],
    [
      'objects packed in another way',
      'a.pdf',
      pdfOf([Buffer.from('<< /Type /ObjStm /Filter /LZWDecode >>\nstream\n\x80\x0b\x60\x50\nendstream', 'latin1')]),
      '无法检查',
    ],
    [
      'objects behind a long description',
      'a.pdf',
      pdfOf([`<< /Type /ObjStm ${' '.repeat(5_000)} >>\nstream\n`]),
      '无法检查',
    ],
    ['a bomb of objects', 'a.pdf', pdfOf([objectStream(Buffer.alloc(20_000_000))]), '无法检查'],
    ['a PDF that does not begin as one', 'a.pdf', Buffer.concat([Buffer.from('GARBAGE\n'), pdfOf()]), '开头夹带'],
    ['half a PDF', 'a.pdf', pdfOf().subarray(0, 100), '不完整'],
    ['a page behind a PDF', 'a.pdf', Buffer.concat([pdfOf(), Buffer.from(page)]), '尾部夹带'],
    ['a zip behind a PDF', 'a.pdf', Buffer.concat([pdfOf(), zip]), '尾部夹带'],

    ['a zip behind a JPEG', 'a.jpg', Buffer.concat([jpeg, zip]), '夹带'],
    ['a zip behind a JPEG, with a remark', 'a.jpg', Buffer.concat([jpeg, zip, Buffer.alloc(500)]), '夹带'],
    [
      'a RAR behind a PNG',
      'a.png',
      Buffer.concat([png, Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), Buffer.alloc(90_000)]),
      '夹带',
    ],
    ['a 7z behind a WebP', 'a.webp', Buffer.concat([webp, Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1')]), '夹带'],
    ['a page behind a JPEG', 'a.jpg', Buffer.concat([jpeg, Buffer.from(page)]), '夹带'],
    [
      'a page in the remarks of a JPEG',
      'a.jpg',
      Buffer.concat([jpeg.subarray(0, 2), Buffer.from('\xff\xfe\0\x0f<?php echo 1;', 'latin1'), jpeg.subarray(2)]),
      '夹带',
    ],
    ['a PDF in a TIFF', 'a.tif', Buffer.concat([tiff, pdfOf()]), '夹带'],
  ])('%s', async (_what, name, bytes, reason) => {
    const { refused } = await examine(bytesIn(bytes), name)
    expect(refused.join()).toContain(reason)
    expect(refused.join()).toMatch(/请/)
  })
})

test('everything that is wrong with a file is said at once', async () => {
  const bytes = officePackage('docm', [
    { name: 'word/activeX/activeX1.xml', content: 'x' },
    relationTo('attachedTemplate', 'https://example.com/a.dotm'),
  ])
  expect(await examine(bytesIn(bytes), 'a.docx')).toMatchObject({ type: takenTypes.docx, refused: { length: 3 } })
})

test('a PDF of nothing but object streams, or with more of them than any has, ends soon', async () => {
  const hollow = Buffer.alloc(2_000_000, '/ObjStm stream\n')
  expect((await examine(bytesIn(pdfOf([hollow])), 'a.pdf')).refused.join()).toContain('无法检查')
  const numbered = Buffer.alloc(600_000, '/ObjStm stream\n1 0 \n        ')
  expect((await examine(bytesIn(pdfOf([numbered])), 'a.pdf')).refused.join()).toContain('无法检查')
})

test('a script behind much that is compressed is found', async () => {
  const long = Buffer.concat([randomBytes(900_000), Buffer.from(' << /S /JavaScript >>')])
  expect((await examine(bytesIn(pdfOf([objectStream(long)])), 'a.pdf')).refused.join()).toContain('JavaScript')
})

test('an old file that is larger than any was is refused before it is looked through', async () => {
  const { read } = bytesIn(compoundFile({ WordDocument: wordStream() }))
  const { refused } = await examine({ size: 536_870_913, read }, 'a.doc')
  expect(refused.join()).toContain('512 MB')
})

test('a file is never held as a whole, and a script at any place of it is found', async () => {
  const bytes = pdfOf([Buffer.alloc(7_000_000, 'x')])
  for (const at of [1_048_576 - 5, 1_048_576, 4_000_000, 6_900_000]) {
    const changed = Buffer.from(bytes)
    changed.write('/JavaScript ', at)
    let most = 0
    const { size, read } = bytesIn(changed)
    const watched: ByteSource = {
      size,
      read: (from, to) => {
        most = Math.max(most, Math.min(to, size) - from)
        return read(from, to)
      },
    }
    expect((await examine(watched, 'a.pdf')).refused.join()).toContain('JavaScript')
    expect(most).toBeLessThan(2_000_000)
  }
})

test('no bytes bring it down, and whatever is changed of a file it ends with an answer', async () => {
  const files = [
    pdfOf([objectStream('7 0 << /Type /Font >>')]),
    officePackage('docx', [relationTo('image', 'https://example.com/a.png')]),
    compoundFile({ WordDocument: wordStream(), Small: Buffer.alloc(100) }),
    legacyWorkbook(3),
    jpeg,
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }),
      fc.nat(3),
      async (file, changes, cut) => {
        const bytes = Buffer.from(cut === 0 ? file.subarray(0, (changes[0]?.[0] ?? 0) % file.length) : file)
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % Math.min(bytes.length, 2_048)] = value
        const found = await examine(bytesIn(bytes), 'a')
        expect(found.type !== null || found.refused.length > 0).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
