import PizZip from 'pizzip'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import type { Values } from './tags.ts'
import { fillTemplate, inspectTemplate, missingFields, written } from './word-template.ts'

const values: Values = {
  姓名: '赵喆<&>',
  出生日期: '2004-02-29',
  入学年月: '2022-09',
  入党申请书: { 日期: '2023-10-31' },
  思想汇报: [{ 日期: '2024-03-01' }, { 日期: '2024-06-11' }],
  名单: [
    { 序号: 1, 姓名: '赵喆' },
    { 序号: 2, 姓名: '钱堃' },
  ],
  接收大会: { 应到: 21, 赞成: 20 },
  是否流动党员: false,
}

describe('what is written for a tag', () => {
  test.each<[runs: string[], text: string]>([
    [['申请人{姓名}。'], '申请人赵喆<&>。'],
    [['{ 姓', ' 名 }'], '赵喆<&>'],
    [['｛', '入党申请书．日期', '｝'], '2023年10月31日'],
    [['{入党申请书.日期|大写日期}'], '二〇二三年十月三十一日'],
    [['{出生日期｜点号日期}'], '2004.02.29'],
    [['{出生日期|短横日期}，{出生日期|年}、{出生日期|月}、{出生日期|日}'], '2004-02-29，2004、2、29'],
    [['{入学年月}与{出生日期|年月}'], '2022年9月与2004年2月'],
    [['{＃思想汇报}{日期};{／思想汇报}'], '2024年3月1日;2024年6月11日;'],
    [['{#接收大会}应到{应到}赞成{赞成}{/}'], '应到21赞成20'],
    [['{^奖惩}无{/奖惩}'], '无'],
    [['{是否流动党员}'], '否'],
    [['{#是否流动党员}流动{/是否流动党员}{电话}'], ''],
    [['{constructor}{姓名.length}{__proto__}{toString.name}'], ''],
    [['{@姓名}'], ''],
  ])('%j', (runs, text) => {
    const bytes = template(paragraph(...runs))
    inspectTemplate(bytes)
    expect(textIn(fillTemplate(bytes, values))).toBe(text)
  })

  test('a row of a table for everybody of a list', () => {
    const row = `<w:tr><w:tc>${paragraph('{#名单}{序号}')}</w:tc><w:tc>${paragraph('{姓名}{/名单}')}</w:tc></w:tr>`
    const xml = xmlIn(fillTemplate(template(`<w:tbl>${row}</w:tbl>`), values))
    expect(xml.match(/<w:tr>/g)).toHaveLength(2)
    expect(textOfXml(xml)).toBe('1赵喆2钱堃')
  })

  test('a field under another name, as somebody has bound it', () => {
    const bytes = template(paragraph('{学生姓名}{#同学}{名字}{/同学}'))
    const bindings = { 学生姓名: '姓名', 同学: '名单', 名字: '姓名' }
    expect(textIn(fillTemplate(bytes, values, bindings))).toBe('赵喆<&>赵喆钱堃')
    expect(missingFields(inspectTemplate(bytes), values, bindings)).toEqual([])
  })
})

test('tells the fields in the order of the paper, each with the lists around it', () => {
  const bytes = template(paragraph('{ 姓 名 }{#名单}{序号}{出生日期|年}{/名单}'), { header: paragraph('{支部书记}') })
  expect(inspectTemplate(bytes)).toEqual([
    { path: '姓名', filter: null, within: [] },
    { path: '名单', filter: null, within: [] },
    { path: '序号', filter: null, within: ['名单'] },
    { path: '出生日期', filter: '年', within: ['名单'] },
    { path: '支部书记', filter: null, within: [] },
  ])
})

test('tells what is missing before anything is made', () => {
  const bytes = template(paragraph('{姓名}{民族}{民族}{#名单}{序号}{学号}{/名单}{#奖惩}{内容}{/奖惩}{接收大会.反对}'))
  expect(missingFields(inspectTemplate(bytes), values)).toEqual(['民族', '名单.学号', '奖惩', '接收大会.反对'])
})

test('makes the same bytes again', () => {
  const bytes = template(paragraph('{姓名}'))
  expect(fillTemplate(bytes, values)).toEqual(fillTemplate(bytes, values))
})

describe('refuses', () => {
  test.each<[what: string, bytes: () => Uint8Array, message: RegExp]>([
    [
      'an open brace',
      () => template(paragraph('甲'), paragraph('申请人{姓名于')),
      /正文第 2 段“申请人\{姓名于”：“\{”没有对应的“\}”/,
    ],
    ['a closing brace', () => template(paragraph('姓名}')), /“\}”之前没有对应的“\{”/],
    ['two open braces', () => template(paragraph('{{姓名}}')), /前一个“\{”没有对应/],
    ['an empty tag', () => template(paragraph('{ }')), /没有写字段名称/],
    ['an unknown filter', () => template(paragraph('{姓名|夸奖}')), /不认识“夸奖”/],
    ['a part without an end', () => template(paragraph('{#名单}{姓名}')), /“\{#名单\}”之后没有对应的“\{\/名单\}”/],
    ['an end without a part', () => template(paragraph('{/名单}')), /之前没有对应的“\{#名单\}”/],
    ['parts that cross', () => template(paragraph('{#甲}{#乙}{/甲}{/乙}')), /应当先结束“\{#乙\}”/],
    ['parts too deep', () => template(paragraph('{#甲}{#乙}{#丙}{#丁}{/}{/}{/}{/}')), /套得太深/],
    ['macros', () => template(paragraph(''), { files: { 'word/vbaProject.bin': 'x' } }), /宏/],
    ['an embedded object', () => template(paragraph(''), { files: { 'word/embeddings/a.xlsx': 'x' } }), /嵌有其他文件/],
    [
      'a picture from elsewhere',
      () =>
        template(paragraph(''), {
          files: {
            'word/_rels/document.xml.rels':
              '<Relationships><Relationship Id="r1" Type="http://x/image" Target="http://evil.example/a.png" TargetMode="External"/></Relationships>',
          },
        }),
      /引用了外部/,
    ],
    [
      'a field that runs',
      () => template('<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd</w:instrText></w:r></w:p>'),
      /引用了外部/,
    ],
    ['entities', () => template('', { declaration: '<!DOCTYPE x [<!ENTITY a "b">]>' }), /外部实体/],
    ['a bomb', () => template(paragraph('a'.repeat(80 * 1024 * 1024))), /解压后过大/],
    ['much text', () => template(paragraph('汉'.repeat(3 * 1024 * 1024))), /解压后过大|过长/],
    ['a spreadsheet', () => packed({ 'xl/workbook.xml': '<x/>', '[Content_Types].xml': '<x/>' }), /这是电子表格/],
    ['a picture', () => Buffer.from('\x89PNG\r\n\x1a\n'.repeat(40)), /不是 Word 文档/],
    ['a part of a file', () => template(paragraph('{姓名}')).subarray(0, 400), /已损坏/],
    ['nothing', () => new Uint8Array(), /已损坏/],
  ])('%s', (_what, bytes, message) => {
    const inspecting = () => inspectTemplate(bytes())
    expect(inspecting).toThrow(Refusal)
    expect(inspecting).toThrow(message)
  })
})

function paragraph(...runs: string[]): string {
  return `<w:p>${runs.map((it) => `<w:r><w:t xml:space="preserve">${it}</w:t></w:r>`).join('')}</w:p>`
}

interface More {
  header?: string
  files?: Record<string, string>
  declaration?: string
}

function template(...given: (string | More)[]): Uint8Array {
  const body = given.filter((it) => typeof it === 'string').join('')
  const { header, files = {}, declaration = '' } = given.find((it) => typeof it === 'object') ?? {}
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
  const override = (name: string, type: string) =>
    `<Override PartName="/word/${name}.xml" ContentType="${main}.${type}+xml"/>`
  return packed({
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('document', 'document.main')}${header ? override('header1', 'header') : ''}</Types>`,
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `${declaration}<w:document ${namespace}><w:body>${body}</w:body></w:document>`,
    ...(header && { 'word/header1.xml': `<w:hdr ${namespace}>${header}</w:hdr>` }),
    ...files,
  })
}

const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

function packed(files: Record<string, string>): Uint8Array {
  const zip = new PizZip()
  for (const [name, text] of Object.entries(files)) zip.file(name, text)
  return written(zip)
}

const xmlIn = (bytes: Uint8Array): string => new PizZip(bytes).file('word/document.xml')?.asText() ?? ''
const textOfXml = (xml: string): string =>
  [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)]
    .map(([, text]) => text)
    .join('')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
const textIn = (bytes: Uint8Array): string => textOfXml(xmlIn(bytes))
