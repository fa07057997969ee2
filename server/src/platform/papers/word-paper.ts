import PizZip from 'pizzip'
import type { Paper, PaperBlock, PaperChart } from './official-paper.ts'
import { written } from './word-template.ts'

/**
 * The same paper as .docx, to be edited: the margins, letters and lines of GB/T 9704 (fixed line of 28.95 pt, characters 0.25 pt
 * closer, no grid, with which Word comes to 22 lines of 28). The same bytes for the same paper.
 */
export function wordPaper(paper: Paper): Uint8Array {
  const zip = new PizZip()
  for (const [name, xml] of Object.entries(partsOf(paper))) {
    zip.file(name, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`, { createFolders: false })
  }
  return written(zip)
}

const fonts = { body: '仿宋_GB2312', first: '黑体', second: '楷体_GB2312', title: '方正小标宋简体', number: '宋体' }

/** Half points: 三号, 二号, 四号, 小四. */
const sizes = { body: 32, title: 44, number: 28, table: 24 }

/** Twentieths of a point. */
const line = 579
const closer = -5
const twips = (millimetres: number) => Math.round((millimetres / 25.4) * 1440)

function partsOf(paper: Paper): Record<string, string> {
  return {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
      override('/word/document.xml', `${main}.document.main`),
      override('/word/styles.xml', `${main}.styles`),
      override('/word/settings.xml', `${main}.settings`),
      override('/word/footer1.xml', `${main}.footer`),
      override('/word/footer2.xml', `${main}.footer`),
      override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties'),
    ].join('')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships">${[
      `<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>`,
      `<Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
    ].join('')}</Relationships>`,
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(paper.title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${paper.madeOn}T00:00:00Z</dcterms:created></cp:coreProperties>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${packages}/relationships">${[
      ['rId1', 'styles', 'styles.xml'],
      ['rId2', 'settings', 'settings.xml'],
      ['rId3', 'footer', 'footer1.xml'],
      ['rId4', 'footer', 'footer2.xml'],
    ]
      .map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`)
      .join('')}</Relationships>`,
    // Pages are numbered on the right where odd, on the left where even.
    'word/settings.xml': `<w:settings ${namespace}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/></w:settings>`,
    'word/styles.xml': `<w:styles ${namespace}><w:docDefaults><w:rPrDefault><w:rPr>${letters(fonts.body)}<w:spacing w:val="${closer}"/><w:kern w:val="2"/><w:sz w:val="${sizes.body}"/><w:szCs w:val="${sizes.body}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${fixedLine}</w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>`,
    'word/footer1.xml': footer('right'),
    'word/footer2.xml': footer('left'),
    'word/document.xml': `<w:document ${namespace} xmlns:r="${office}"><w:body>${withDrawingsNumbered(documentBody(paper))}${section(paper)}</w:body></w:document>`,
  }
}

function documentBody(paper: Paper): string {
  const empty = paragraph('', {})
  return [
    ...(paper.letterhead === undefined
      ? []
      : [
          empty.repeat(2),
          paragraph(paper.letterhead, {
            align: 'center',
            run: { font: fonts.title, size: 72, isBold: true, color: 'E60000' },
            spacing: '<w:spacing w:line="900" w:lineRule="atLeast"/>',
          }),
          paragraph(paper.number ?? '', { align: 'center', isUnderlined: true }),
          empty.repeat(2),
        ]),
    paragraph(paper.title, { align: 'center', run: { font: fonts.title, size: sizes.title, isBold: true } }),
    empty,
    ...(paper.to === undefined ? [] : [paragraph(`${paper.to}：`, {})]),
    ...paper.body.map(blockXml),
    ...(paper.attachments.length === 0 ? [] : [empty]),
    ...paper.attachments.map((name, at) =>
      paragraph(`${at === 0 ? '附件：' : '　　　'}${at + 1}. ${name}`, { indent: true }),
    ),
    ...(paper.signer === undefined
      ? []
      : [
          empty.repeat(2),
          paragraph(paper.signer, { align: 'right', rightCharacters: 4 }),
          paragraph(paper.signedOn ?? '', { align: 'right', rightCharacters: 4 }),
        ]),
  ].join('')
}

function blockXml(block: PaperBlock): string {
  switch (block.kind) {
    case 'heading':
      return paragraph(block.text, { indent: true, run: { font: block.level === 1 ? fonts.first : fonts.second } })
    case 'paragraph':
      return paragraph(block.text, { indent: true, align: 'both' })
    case 'line':
      return paragraph(block.text, {})
    case 'table':
      return tableXml(block)
    case 'chart':
      return chartXml(block)
  }
}

function tableXml({ widths, head, rows }: Extract<PaperBlock, { kind: 'table' }>): string {
  const whole = widths.reduce((sum, it) => sum + it, 0)
  const columns = widths.map((it) => Math.round((5_000 * it) / whole))
  const cell = (text: string, at: number, font?: string) =>
    `<w:tc><w:tcPr><w:tcW w:w="${columns[at] ?? 0}" w:type="pct"/><w:vAlign w:val="center"/></w:tcPr>${paragraph(text, {
      align: 'center',
      run: { size: sizes.table, ...(font && { font }) },
      spacing: '<w:spacing w:line="360" w:lineRule="auto"/>',
    })}</w:tc>`
  const row = (cells: readonly string[], font?: string) =>
    `<w:tr><w:trPr><w:cantSplit/>${font ? '<w:tblHeader/>' : ''}</w:trPr>${cells.map((it, at) => cell(it, at, font)).join('')}</w:tr>`
  const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border).join('')
  const grid = columns.map((it) => `<w:gridCol w:w="${it}"/>`).join('')
  const lines = [...(head.length > 0 ? [row(head, fonts.first)] : []), ...rows.map((it) => row(it))]
  return `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${borders}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${lines.join('')}</w:tbl>${paragraph('', {})}`
}

/** So long is the longest bar, in English Metric Units: 6 cm. */
const longest = 2_160_000

/** The same chart: a table with a drawn bar in the middle of each row, of the patterns that Word knows. */
function chartXml({ title, series, rows }: PaperChart): string {
  const most = Math.max(1, ...rows.flatMap((it) => it.values))
  const named = series.length > 1 ? series.map((it, at) => `${['▨', '▒'][at % 2]} ${it}`).join('　') : ''
  const size = { size: sizes.table }
  const spacing = '<w:spacing w:line="320" w:lineRule="auto"/>'
  const cell = (width: number, inside: string) =>
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="pct"/><w:vAlign w:val="center"/></w:tcPr>${inside}</w:tc>`
  const words = (text: string, align: 'center' | 'right', font?: string) =>
    paragraph(text, { align, run: { ...size, ...(font && { font }) }, spacing })
  const ofFigures = Math.round(1_700 / Math.max(1, series.length))
  const bars = (values: readonly number[]) =>
    values.map((value, at) => barXml(at, Math.round((longest * value) / most))).join('')
  const head = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${cell(1_300, paragraph('', {}))}${cell(2_000, paragraph('', {}))}${series
    .map((it) => cell(ofFigures, words(it, 'center', fonts.first)))
    .join('')}</w:tr>`
  const lines = rows.map(
    ({ label, values }) =>
      `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cell(1_300, words(label, 'right'))}${cell(2_000, bars(values))}${values
        .map((it) => cell(ofFigures, words(String(it), 'center')))
        .join('')}</w:tr>`,
  )
  const rule = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`
  return `${words(title, 'center', fonts.first)}${named === '' ? '' : words(named, 'center')}<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${rule('top')}${rule('bottom')}</w:tblBorders></w:tblPr>${head}${lines.join('')}</w:tbl>${paragraph('', {})}`
}

/** A bar as a drawn rectangle; one of nothing is an empty line. */
function barXml(at: number, length: number): string {
  if (length <= 0) return paragraph('', { spacing: barLine })
  const pattern = at % 2 === 0 ? 'ltUpDiag' : 'pct25'
  const drawing = 'http://schemas.openxmlformats.org/drawingml/2006'
  const shape = 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape'
  const extent = `cx="${length}" cy="${barHeight}"`
  const fill = `<a:pattFill prst="${pattern}"><a:fgClr><a:srgbClr val="000000"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>`
  const rect = `<wps:wsp xmlns:wps="${shape}"><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>${fill}</wps:spPr><wps:bodyPr/></wps:wsp>`
  const graphic = `<a:graphic xmlns:a="${drawing}/main"><a:graphicData uri="${shape}">${rect}</a:graphicData></a:graphic>`
  const inline = `<wp:inline xmlns:wp="${drawing}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent ${extent}/><wp:docPr id="${at + 1}" name="条"/>${graphic}</wp:inline>`
  const choice = `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:wps="${shape}" Requires="wps"><w:drawing>${inline}</w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent>`
  return `<w:p><w:pPr>${barLine}</w:pPr><w:r>${choice}</w:r></w:p>`
}

/** Word wants each drawing of a document to have a number of its own. */
function withDrawingsNumbered(xml: string): string {
  let number = 0
  return xml.replace(/<wp:docPr id="\d+"/g, () => {
    number += 1
    return `<wp:docPr id="${number}"`
  })
}

const barHeight = 114_300
const barLine = '<w:spacing w:before="20" w:after="20" w:line="200" w:lineRule="atLeast"/>'

interface Run {
  font?: string
  /** Half points. */
  size?: number
  isBold?: boolean
  color?: string
}

interface Shape {
  align?: 'center' | 'right' | 'both'
  /** By two characters in the first line. */
  indent?: boolean
  rightCharacters?: number
  /** A red line below. */
  isUnderlined?: boolean
  run?: Run
  spacing?: string
}

function paragraph(text: string, { align, indent, rightCharacters, isUnderlined, run = {}, spacing }: Shape): string {
  const shape = [
    isUnderlined ? '<w:pBdr><w:bottom w:val="single" w:sz="14" w:space="8" w:color="E60000"/></w:pBdr>' : '',
    spacing ?? '',
    indent ? '<w:ind w:firstLineChars="200" w:firstLine="640"/>' : '',
    rightCharacters ? `<w:ind w:rightChars="${rightCharacters * 100}" w:right="${rightCharacters * 320}"/>` : '',
    align ? `<w:jc w:val="${align}"/>` : '',
  ].join('')
  return `<w:p><w:pPr>${shape}</w:pPr>${text === '' ? '' : runXml(text, run)}</w:p>`
}

function runXml(text: string, { font, size, isBold, color }: Run): string {
  const properties = [
    font ? letters(font) : '',
    isBold ? '<w:b/>' : '',
    color ? `<w:color w:val="${color}"/>` : '',
    size ? `<w:spacing w:val="0"/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/>` : '',
  ].join('')
  const texts = text.split('\n').map((it) => `<w:t xml:space="preserve">${escaped(it)}</w:t>`)
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${texts.join('<w:br/>')}</w:r>`
}

function footer(align: 'left' | 'right'): string {
  const run = (inside: string) =>
    `<w:r><w:rPr>${letters(fonts.number)}<w:spacing w:val="0"/><w:sz w:val="${sizes.number}"/></w:rPr>${inside}</w:r>`
  const field = (type: string) => run(`<w:fldChar w:fldCharType="${type}"/>`)
  const text = (it: string) => run(`<w:t xml:space="preserve">${it}</w:t>`)
  const number = [
    field('begin'),
    run('<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
    field('separate'),
    text('1'),
    field('end'),
  ]
  return `<w:ftr ${namespace}><w:p><w:pPr><w:ind w:${align}Chars="100" w:${align}="280"/><w:jc w:val="${align}"/></w:pPr>${text('— ')}${number.join('')}${text(' —')}</w:p></w:ftr>`
}

function section({ landscape = false }: Paper): string {
  const [width, height] = landscape ? [297, 210] : [210, 297]
  const margins = landscape
    ? { top: 28, right: 25, bottom: 26, left: 25 }
    : { top: 37, right: 26, bottom: 35, left: 28 }
  const sides = Object.entries(margins).map(([side, it]) => `w:${side}="${twips(it)}"`)
  return `<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/><w:pgSz w:w="${twips(width)}" w:h="${twips(height)}"${landscape ? ' w:orient="landscape"' : ''}/><w:pgMar ${sides.join(' ')} w:header="851" w:footer="${twips(25)}" w:gutter="0"/></w:sectPr>`
}

const packages = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const override = (name: string, type: string) => `<Override PartName="${name}" ContentType="${type}+xml"/>`
const fixedLine = `<w:spacing w:line="${line}" w:lineRule="exact"/>`
const letters = (font: string) =>
  `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="${font}"/>`

const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
