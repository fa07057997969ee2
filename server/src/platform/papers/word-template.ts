import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { Refusal } from '../refusal.ts'
import { readZipDirectory, unpack } from '../spreadsheet/zip-directory.ts'
import { inSigns, isBlank, readTag, textOf, type Values, valueAt } from './tags.ts'
import {
  brokenTags,
  partBegins,
  partEnds,
  partWithout,
  scanTemplate,
  type TemplateField,
  withPlainBraces,
} from './word-scan.ts'

/** For a tag of a template, the field of ours that is meant by it. */
export type Bindings = Readonly<Record<string, string>>

/**
 * Looks a Word template over and tells the fields that it asks for, in the order of the paper. Refuses what is no sound
 * .docx, what unpacks to too much, macros, embedded objects, contents from elsewhere, and broken tags with where they stand.
 */
export function inspectTemplate(bytes: Uint8Array): TemplateField[] {
  const parts = refuseUnsound(bytes)
  const fields = [...parts].flatMap(([name, xml]) => scanTemplate(xml, placeOf(name)))
  compiled(bytes)
  return fields
}

/**
 * The fields of a template for which there is no value, each once, as they are written in it: 思想汇报.日期. A tag that is bound to
 * nothing is meant to stay empty.
 */
export function missingFields(fields: readonly TemplateField[], values: Values, bindings: Bindings = {}): string[] {
  const missing = fields.filter(({ path, within }) => {
    if (boundTo(path, bindings) === '') return false
    const scopes = within.reduce<readonly unknown[][]>(
      (around, list) => around.flatMap((scope) => itemsOf(lookUp(scope, list, bindings)).map((it) => [it, ...scope])),
      [[values]],
    )
    return scopes.some((scope) => isBlank(lookUp(scope, path, bindings)))
  })
  return [...new Set(missing.map(({ path, within }) => [...within, path].join('.')))]
}

/** Under this name a value is a remark that stands above the paper, whether its template asks for it or not. */
export const headRemark = '封存标注'

/** Fills a template that was looked over: the same bytes for the same values, whenever and wherever. What is missing stays empty. */
export function fillTemplate(bytes: Uint8Array, values: Values, bindings: Bindings = {}): Uint8Array {
  const document = compiled(bytes, bindings)
  try {
    document.render(values)
  } catch (error) {
    throw fromLibrary(error)
  }
  const zip = document.getZip()
  const remark = textOf(valueAt(values, headRemark), null)
  if (remark !== '') writeAbove(zip, remark)
  return written(zip)
}

function writeAbove(zip: PizZip, remark: string): void {
  const name = 'word/document.xml'
  const text = remark.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const paragraph = `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
  const xml = zip.file(name)?.asText() ?? ''
  zip.file(
    name,
    xml.replace(/<w:body(?:\s[^>]*)?>/, (body) => `${body}${paragraph}`),
  )
}

/** A package of files as .docx, the same bytes whenever and wherever. */
export function written(zip: PizZip): Uint8Array {
  for (const file of Object.values(zip.files)) {
    // The library takes the time by the clock of the machine, and writes it in its time zone.
    file.date = new Date(1980, 0, 1)
  }
  return zip.generate({ type: 'uint8array', compression: 'DEFLATE', mimeType: wordType })
}

/** The media type of .docx. */
export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The most that a template may have: files, bytes unpacked, bytes of the parts that are filled. */
const limits = { maxEntries: 2_000, maxBytes: 64 * 1024 * 1024, maxRatio: 200 }
const mostFilledBytes = 8 * 1024 * 1024

/** The parts that are filled, by their names. */
function refuseUnsound(bytes: Uint8Array): Map<string, string> {
  const entries = openDirectory(bytes)
  const names = [...entries.keys()]
  const types = entries.get('[Content_Types].xml')
  if (!entries.has('word/document.xml') || types === undefined) throw otherFile(names)
  if (names.some((it) => /vbaProject|vbaData|\/activeX\//i.test(it))) {
    throw new Refusal('unreadable', '模板里有宏或控件，没有采用。请在 Word 中另存为不带宏的 .docx 后再上传。')
  }
  if (names.some((it) => /\/embeddings\/|\/afchunk|\.(bin|exe|js|vbs|html?|mht)$/i.test(it))) {
    throw new Refusal('unreadable', '模板里嵌有其他文件，没有采用。请删去嵌入的对象，另存为 .docx 后再上传。')
  }
  const parts = new Map<string, string>()
  let total = 0
  for (const entry of entries.values()) {
    const content = unpacked(bytes, entry)
    if (!/\.(xml|rels)$/i.test(entry.name)) continue
    const xml = content.toString('utf8')
    refuseOutside(entry.name, xml)
    if (!isFilled(entry.name)) continue
    total += content.length
    parts.set(entry.name, xml)
  }
  if (total > mostFilledBytes) throw new Refusal('unreadable', '模板的正文过长，没有采用。请只保留一份表格的内容。')
  return parts
}

const isFilled = (name: string): boolean => /^word\/(document|header\d*|footer\d*)\.xml$/.test(name)

const placeOf = (name: string): string => (name.includes('header') ? '页眉' : name.includes('footer') ? '页脚' : '正文')

function refuseOutside(name: string, xml: string): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    throw new Refusal('unreadable', '模板内含有外部实体声明，不是 Word 正常生成的内容，没有采用。')
  }
  const relations = name.endsWith('.rels') ? (xml.match(/<Relationship\b[^>]*>/g) ?? []) : []
  const isOutside = (it: string) => /TargetMode\s*=\s*["']External/i.test(it) && !/\/hyperlink["']/.test(it)
  if (relations.some(isOutside) || /\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\s/.test(xml)) {
    throw new Refusal(
      'unreadable',
      '模板引用了外部的文件或网址，没有采用。请把图片等内容直接放进文档，另存为 .docx 后再上传。',
    )
  }
  if (name === '[Content_Types].xml' && /macroEnabled/i.test(xml)) {
    throw new Refusal('unreadable', '模板里有宏，没有采用。请在 Word 中另存为不带宏的 .docx 后再上传。')
  }
}

function otherFile(names: readonly string[]): Refusal {
  const what = names.includes('xl/workbook.xml')
    ? '这是电子表格，不是 Word 文档'
    : names.includes('content.xml')
      ? '这是 OpenDocument 格式的文件'
      : '压缩包里没有 Word 文档'
  return new Refusal('unreadable', `${what}，无法用作模板。请在 Word 或 WPS 中另存为 .docx 后再试。`)
}

/** That the file is no sound Word document. */
export const notSound = () =>
  new Refusal(
    'unreadable',
    '文件已损坏、加了密码、解压后过大，或者不是 Word 文档（.docx）。请在 Word 或 WPS 中打开，另存为 .docx 后再试。',
  )

function openDirectory(bytes: Uint8Array) {
  try {
    return readZipDirectory(bytes, limits)
  } catch (error) {
    throw error instanceof Refusal || error instanceof RangeError ? notSound() : error
  }
}

function unpacked(bytes: Uint8Array, entry: Parameters<typeof unpack>[1]): Buffer {
  try {
    return unpack(bytes, entry)
  } catch (error) {
    throw error instanceof Refusal || error instanceof RangeError ? notSound() : error
  }
}

/** The library with the template, which is filled once. Only our own reading of tags, nothing is evaluated. */
function compiled(bytes: Uint8Array, bindings: Bindings = {}): Docxtemplater<PizZip> {
  try {
    const zip = new PizZip(bytes)
    for (const name of Object.keys(zip.files).filter(isFilled)) {
      const xml = zip.file(name)?.asText() ?? ''
      if (/[｛｝]/.test(xml)) zip.file(name, withPlainBraces(xml))
    }
    return new Docxtemplater(zip, {
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
      stripInvalidXMLChars: true,
      modules: [{ name: 'OwnSigns', optionsTransformer: withOwnSigns }],
      parser: (tag) => parserOf(tag, bindings),
      nullGetter: () => '',
    })
  } catch (error) {
    throw fromLibrary(error)
  }
}

/** Signs of the Chinese keyboard for parts that are repeated; and no tag that takes a value as XML. */
function withOwnSigns(options: Docxtemplater.DXT.Options, document: Docxtemplater): Docxtemplater.DXT.Options {
  for (const module of document.modules) {
    if (module.name === 'LoopModule')
      Object.assign(module.prefix, { start: partBegins, end: partEnds, inverted: partWithout })
    if (module.name === 'RawXmlModule') module.prefix = () => false
  }
  return options
}

function parserOf(tag: string, bindings: Bindings): Docxtemplater.DXT.Parser {
  const { path, filter } = readTag(tag)
  return {
    get(scope: unknown, { meta }) {
      const value = path === '' ? scope : valueAt(scope, boundTo(path, bindings))
      if (value === undefined || value === null || meta.part.module === 'loop') return value
      return textOf(value, filter)
    },
  }
}

const boundTo = (path: string, bindings: Bindings): string =>
  Object.hasOwn(bindings, path) ? (bindings[path] ?? path) : path

/** What a tag means where the scopes around it are these, the innermost first. */
function lookUp(scopes: readonly unknown[], path: string, bindings: Bindings): unknown {
  for (const scope of scopes) {
    const value = valueAt(scope, boundTo(path, bindings))
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : isBlank(value) ? [] : [value])

/** What the library found beyond our own look; a bug of ours stays one. */
function fromLibrary(error: unknown): unknown {
  if (!(error instanceof Error) || !('properties' in error)) return error instanceof RangeError ? notSound() : error
  const all = valueAt(error, 'properties.errors')
  const problems = itemsOf(all ?? [error]).map((it) => {
    const tag = valueAt(it, 'properties.xtag') ?? valueAt(it, 'properties.context')
    return typeof tag === 'string' ? `“${inSigns(tag).slice(0, 40)}”处的标记无法识别` : '有标记无法识别'
  })
  return brokenTags(problems)
}
