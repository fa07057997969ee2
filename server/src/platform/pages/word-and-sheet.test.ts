import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Part, packageOf, workbookParts } from '../../../test/workbooks.ts'
import { writeTable } from '../spreadsheet/export-table.ts'
import { openPageReader, type PageReader } from './page-reader.ts'

let folder: string
let reader: PageReader

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-pages-'))
  reader = await openPageReader(folder, () => {})
})
afterAll(async () => {
  await reader.close()
  await rm(folder, { recursive: true })
})

let made = 0
const source = (bytes: Uint8Array) => ({ key: `made ${made++}`, contents: () => [bytes] })

const office = 'http://schemas.openxmlformats.org/officeDocument/2006'
const packages = 'http://schemas.openxmlformats.org/package/2006'

/** A Word document with this XML in its body; `relations` says what pictures and links are meant. */
function wordParts(body: string, { relations = '', before = '' } = {}): Part[] {
  const words = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const list = `xmlns="${packages}/relationships"`
  return [
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `<Relationships ${list}><Relationship Id="r1" Type="${office}/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    { name: 'word/_rels/document.xml.rels', content: `<Relationships ${list}>${relations}</Relationships>` },
    {
      name: 'word/document.xml',
      content: `${before}<w:document xmlns:w="${words}" xmlns:r="${office}/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>${body}</w:body></w:document>`,
    },
  ]
}

const paragraph = (inside: string) => `<w:p>${inside}</w:p>`
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const picture = (relation: string) =>
  `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip ${relation}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
const relation = (id: string, kind: string, target: string, mode = '') =>
  `<Relationship Id="${id}" Type="${office}/relationships/${kind}" Target="${target}"${mode && ` TargetMode="${mode}"`}/>`

describe('a Word document', () => {
  test('gives its text, its tables and the pictures that are in it', async () => {
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const table = `<w:tbl><w:tr><w:tc>${paragraph(run('姓名'))}</w:tc><w:tc>${paragraph(run('沈知微'))}</w:tc></w:tr></w:tbl>`
    const body = paragraph(run('入党申请书')) + table + paragraph(picture('r:embed="r1"'))
    const parts = wordParts(body, { relations: relation('r1', 'image', 'media/dot.png') })
    const document = packageOf([...parts, { name: 'word/media/dot.png', content: dot }])
    expect(await reader.word(source(document))).toEqual({
      html: `<p>入党申请书</p><table><tr><td><p>姓名</p></td><td><p>沈知微</p></td></tr></table><p><img src="data:image/png;base64,${dot.toString('base64')}" /></p>`,
      text: '入党申请书\n\n姓名\n\n沈知微',
    })
  })

  test.each<[string, () => Part[], string]>([
    [
      'a script as text',
      () => wordParts(paragraph(run('&lt;script&gt;alert(1)&lt;/script&gt;'))),
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    ],
    [
      'a link that runs something',
      () =>
        wordParts(paragraph(`<w:hyperlink r:id="r1">${run('点击')}</w:hyperlink>`), {
          relations: relation('r1', 'hyperlink', 'javascript:alert(1)', 'External'),
        }),
      '<p>点击</p>',
    ],
    [
      'a picture from elsewhere',
      () =>
        wordParts(paragraph(run('前') + picture('r:link="r1"') + run('后')), {
          relations: relation('r1', 'image', 'https://example.com/seen.png', 'External'),
        }),
      '<p>前后</p>',
    ],
    [
      'a picture from the disk of the server',
      () =>
        wordParts(paragraph(run('前') + picture('r:link="r1"')), {
          relations: relation('r1', 'image', 'file:///etc/hostname', 'External'),
        }),
      '<p>前</p>',
    ],
    [
      'a drawing with a script',
      () => [
        ...wordParts(paragraph(run('前') + picture('r:embed="r1"')), {
          relations: relation('r1', 'image', 'media/a.svg'),
        }),
        { name: 'word/media/a.svg', content: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' },
      ],
      '<p>前</p>',
    ],
    [
      'macros',
      () => [...wordParts(paragraph(run('正文'))), { name: 'word/vbaProject.bin', content: 'Sub AutoOpen()' }],
      '<p>正文</p>',
    ],
  ])('is shown without %s', async (_, parts, html) => {
    expect((await reader.word(source(packageOf(parts())))).html).toBe(html)
  })

  test.each<[string, () => Buffer, RegExp]>([
    ['nothing', () => Buffer.alloc(0), /已损坏/],
    ['garbage', () => Buffer.from('PK\x03\x04garbage'), /已损坏/],
    ['a workbook', () => packageOf(workbookParts('')), /已损坏/],
    ['half a document', () => packageOf(wordParts(paragraph(run('正文')))).subarray(0, 500), /已损坏/],
    ['an old document', () => Buffer.concat([container, Buffer.from('WordDocument\0', 'utf16le')]), /\.doc/],
    ['a locked one', () => Buffer.concat([container, Buffer.from('EncryptedPackage\0', 'utf16le')]), /密码/],
    ['a bomb', () => packageOf(wordParts(paragraph(run('党'.repeat(9_000_000))))), /过大/],
    [
      'a bomb that hides its size',
      () => packageOf(hidden(wordParts(paragraph(run('党'.repeat(9_000_000)))))),
      /已损坏|过大/,
    ],
    [
      'entities that grow',
      () =>
        packageOf(
          wordParts(paragraph(run('&b;')), {
            before: `<!DOCTYPE w [<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "&a;&a;">]>`,
          }),
        ),
      /已损坏/,
    ],
  ])('is refused where it is %s', async (_, bytes, message) => {
    await expect(reader.word(source(bytes()))).rejects.toMatchObject({ message: expect.stringMatching(message) })
    expect((await reader.word(source(packageOf(wordParts(paragraph(run('正文'))))))).text).toBe('正文')
  })

  test('shows a picture again and again only as long as there is room', async () => {
    const noise = await sharp({
      create: {
        width: 600,
        height: 600,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png()
      .toBuffer()
    const parts = wordParts(paragraph(picture('r:embed="r1"')).repeat(1_000), {
      relations: relation('r1', 'image', 'media/n.png'),
    })
    const { html } = await reader.word(source(packageOf([...parts, { name: 'word/media/n.png', content: noise }])))
    expect(html.length).toBeLessThan(13_000_000)
    expect(html.match(/<img/g)?.length).toBe(Math.floor((12 * 1024 * 1024) / Math.ceil(noise.length / 3) / 4))
  })
})

describe('a Word document for the editor', () => {
  const note = (number: number) =>
    `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="${number}"/></w:r>`
  const footnotes = (...texts: string[]): Part => ({
    name: 'word/footnotes.xml',
    content: `<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${texts
      .map((it, at) => `<w:footnote w:id="${at + 1}">${paragraph(run(it))}</w:footnote>`)
      .join('')}</w:footnotes>`,
  })
  const styled = (style: string, text: string) => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${run(text)}</w:p>`
  const styles: Part = {
    name: 'word/styles.xml',
    content: `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${[1, 2, 3, 4, 5]
      .map((it) => `<w:style w:type="paragraph" w:styleId="h${it}"><w:name w:val="heading ${it}"/></w:style>`)
      .join('')}</w:styles>`,
  }
  const withParts = (body: string, more: Part[], relations = '') =>
    packageOf([
      ...wordParts(body, {
        relations: `${relation('s', 'styles', 'styles.xml')}${relation('f', 'footnotes', 'footnotes.xml')}${relations}`,
      }),
      styles,
      ...more,
    ])

  test('gives headings, footnotes in their places, links and tables', async () => {
    const hyperlink = (id: string, text: string) => `<w:hyperlink r:id="${id}">${run(text)}</w:hyperlink>`
    const body = [
      styled('h1', '一、总体情况'),
      styled('h2', '（一）党员'),
      styled('h5', '小节'),
      paragraph(run('应到') + note(1) + run('党员') + note(2)),
      paragraph(hyperlink('r1', '共产党员网') + hyperlink('r2', '点击')),
      paragraph(`<w:r><w:rPr><w:u w:val="single"/><w:b/></w:rPr><w:t>划线</w:t></w:r>`),
      `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="60"/></w:tcPr>${paragraph(run('格'))}</w:tc></w:tr></w:tbl>`,
    ].join('')
    const document = withParts(
      body,
      [footnotes('说 "明" &lt;img src=x onerror=alert(1)&gt;', '另一条')],
      relation('r1', 'hyperlink', 'https://www.12371.cn/', 'External') +
        relation('r2', 'hyperlink', 'javascript:alert(1)', 'External'),
    )
    expect(await reader.article(source(document))).toEqual({
      html: [
        '<h2>一、总体情况</h2><h3>（一）党员</h3><h4>小节</h4>',
        '<p>应到<span data-footnote="说 &quot;明&quot; &lt;img src=x onerror=alert(1)&gt;"></span>党员<span data-footnote="另一条"></span></p>',
        '<p><a href="https://www.12371.cn/">共产党员网</a>点击</p>',
        '<p><strong><u>划线</u></strong></p>',
        '<table><tr><td colspan="20"><p>格</p></td></tr></table>',
      ].join(''),
      pictures: [],
      remarks: [],
    })
  })

  test('gives each picture once, and says which it leaves out', async () => {
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const body = paragraph(['r1', 'r1', 'r2', 'r3'].map((it) => picture(`r:embed="${it}"`)).join(run('与')))
    const document = withParts(
      body,
      [
        footnotes(),
        { name: 'word/media/dot.png', content: dot },
        { name: 'word/media/a.svg', content: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' },
      ],
      relation('r1', 'image', 'media/dot.png') +
        relation('r2', 'image', 'media/a.svg') +
        relation('r3', 'image', 'media/dot.png'),
    )
    expect(await reader.article(source(document))).toEqual({
      html: '<p><img data-picture="0" alt="" />与<img data-picture="0" alt="" />与与<img data-picture="0" alt="" /></p>',
      pictures: [{ name: '图片1.png', type: 'image/png', bytes: new Uint8Array(dot) }],
      remarks: ['有 1 张图片的格式无法在网页中显示（如 EMF、WMF），没有导入。请另存为 PNG 后插入。'],
    })
  })

  test.each<[string, Buffer, RegExp]>([
    ['garbage', Buffer.from('PK\x03\x04garbage'), /已损坏/],
    ['a bomb', packageOf(wordParts(paragraph(run('党'.repeat(9_000_000))))), /过大/],
  ])('is refused where it is %s', async (_, bytes, message) => {
    await expect(reader.article(source(bytes))).rejects.toMatchObject({ message: expect.stringMatching(message) })
  })
})

const container = Buffer.from('d0cf11e0a1b11ae1', 'hex')

const hidden = (parts: Part[]): Part[] => parts.map((it) => ({ ...it, declaredBytes: 100 }))

describe('a workbook', () => {
  test('gives the upper rows of its sheets as they are shown', async () => {
    const rows = Array.from({ length: 2_500 }, (_, at) => [`人员${at}`, '2019-09-20'])
    const table = await writeTable([{ header: '姓名' }, { header: '入党日期', holdsDays: true }], rows, '名册')
    const [sheet, ...others] = await reader.sheets(source(table))
    expect(others).toEqual([])
    expect({ ...sheet, rows: sheet?.rows.slice(0, 3) }).toEqual({
      name: '名册',
      rows: [
        ['姓名', '入党日期'],
        ['人员0', '2019-09-20'],
        ['人员1', '2019-09-20'],
      ],
      isCut: true,
    })
    expect(sheet?.rows.length).toBe(2_000)
  })

  test.each<[string, string, string[][], boolean]>([
    [
      'of text',
      '姓名,学号\n沈知微,2023110204\n\n',
      [
        ['姓名', '学号'],
        ['沈知微', '2023110204'],
      ],
      false,
    ],
    [
      'too wide',
      Array.from({ length: 61 }, (_, at) => at).join(),
      [Array.from({ length: 60 }, (_, at) => String(at))],
      true,
    ],
    ['with a cell too long', 'x'.repeat(3_000), [['x'.repeat(2_000)]], false],
  ])('%s', async (_, csv, rows, isCut) => {
    expect(await reader.sheets(source(Buffer.from(csv)))).toEqual([{ name: 'CSV', rows, isCut }])
  })

  test('is refused where the importer would refuse it', async () => {
    await expect(reader.sheets(source(packageOf(wordParts(''))))).rejects.toMatchObject({ reason: 'unreadable' })
    await expect(reader.sheets(source(Buffer.alloc(0)))).rejects.toMatchObject({ message: '文件是空的，请重新选择。' })
  })
})
