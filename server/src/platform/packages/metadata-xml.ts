import { Refusal } from '../refusal.ts'

/** An element of the metadata: it holds either elements or text. There are no attributes, comments, instructions or entities. */
export interface XmlElement {
  name: string
  children: readonly XmlElement[]
  text: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** What no XML document can hold, escaped or not. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** A text as XML can hold it: what it cannot becomes �. */
export const writable = (text: string): string => text.toWellFormed().replace(unwritable, '�')

/** Writes a document, an element a line, its text exactly as it is. Refuses text that XML cannot hold. */
export function writeXml(root: XmlElement): string {
  return `${declaration}${written(root, '')}`
}

function written({ name, children, text }: XmlElement, indent: string): string {
  if (writable(text) !== text) throw new Error(`“${name}”的内容含有 XML 不能记录的字符。`)
  if (children.length === 0) return `${indent}<${name}>${escaped(text)}</${name}>\n`
  const inner = children.map((it) => written(it, `${indent}  `)).join('')
  return `${indent}<${name}>\n${inner}${indent}</${name}>\n`
}

/** A carriage return would come back as the end of a line. */
const escaped = (text: string) => text.replace(/[&<>\r]/g, (it) => escapes[it] ?? it)

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
const characters = new Map(Object.entries(escapes).map(([character, written]) => [written, character]))

/** Names of elements: letters, as the metadata use them. */
const opening = /<(\/?)([\p{L}][\p{L}\p{N}]*)>/uy

const deepest = 16

/**
 * Reads a document that `writeXml` wrote. Anything else that XML knows is refused, document types and entities above all: so
 * nothing outside the document is ever read, and nothing in it grows.
 */
export function readXml(document: string): XmlElement {
  if (!document.startsWith(declaration)) throw unreadable(document, 0, '不是 UTF-8 编码的元数据 XML')
  const open: { name: string; children: XmlElement[]; from: number }[] = []
  for (let at = declaration.length; ; ) {
    const tagAt = document.indexOf('<', at)
    if (tagAt === -1) throw unreadable(document, at, '没有写完')
    opening.lastIndex = tagAt
    const [tag, slash, name] = opening.exec(document) ?? []
    if (tag === undefined || name === undefined) throw unreadable(document, tagAt, '有元数据中不使用的写法')
    const between = document.slice(at, tagAt)
    const innermost = open.at(-1)
    at = tagAt + tag.length
    if (slash === '') {
      if (between.trim() !== '') throw unreadable(document, tagAt, '文字和元素混在一起')
      if (open.length >= deepest) throw unreadable(document, tagAt, '层次过深')
      open.push({ name, children: [], from: at })
      continue
    }
    if (innermost?.name !== name) throw unreadable(document, tagAt, `多出 </${name}>`)
    open.pop()
    const hasElements = innermost.children.length > 0
    if (hasElements && between.trim() !== '') throw unreadable(document, tagAt, '文字和元素混在一起')
    const text = hasElements ? '' : unescaped(document, innermost.from, tagAt)
    const element = { name, children: innermost.children, text }
    const outer = open.at(-1)
    if (outer) outer.children.push(element)
    else if (document.slice(at).trim() === '') return element
    else throw unreadable(document, at, '结尾之后还有内容')
  }
}

function unescaped(document: string, from: number, to: number): string {
  const text = document.slice(from, to)
  if (writable(text) !== text) throw unreadable(document, from, '含有 XML 不能记录的字符')
  return text.replace(/&[^;]{0,8};?/g, (reference) => {
    const character = characters.get(reference)
    if (character === undefined) throw unreadable(document, from, '有元数据中不使用的写法')
    return character
  })
}

function unreadable(document: string, at: number, what: string): Refusal {
  const line = document.slice(0, at).split('\n').length
  return new Refusal('unreadable', `元数据第 ${line} 行${what}，没有读取。`)
}
