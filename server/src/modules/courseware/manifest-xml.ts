import { Parser } from 'htmlparser2'
import { Refusal } from '../../platform/refusal.ts'

/** An element of a list of contents; names are without their prefixes, which differ from one program to another. */
export interface Element {
  name: string
  /** By their local names, without prefixes. */
  attributes: Readonly<Record<string, string>>
  children: Element[]
  text: string
}

const deepest = 100
const most = 100_000

/**
 * Reads XML as other programs write it. Document types are passed over and no entity but the five of XML and characters by their numbers
 * is resolved, so that nothing outside is read and nothing grows. Refuses what goes too deep or is too much.
 */
export function readManifestXml(bytes: Uint8Array): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let count = 0
  const parser = new Parser(
    {
      onopentag(written, attributes) {
        count += 1
        if (open.length > deepest || count > most) throw unreadable('结构过深或过大')
        const element = { name: localOf(written), attributes: withoutPrefixes(attributes), children: [], text: '' }
        open.at(-1)?.children.push(element)
        open.push(element)
      },
      ontext(text) {
        const innermost = open.at(-1)
        if (innermost) innermost.text += text
      },
      onclosetag() {
        if (open.length > 1) open.pop()
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.write(decoded(bytes))
  parser.end()
  const [manifest] = root.children
  if (manifest === undefined) throw unreadable('没有内容')
  return manifest
}

/** The first child of this name, wherever it stands. */
export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((it) => it.name === name)

export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((it) => it.name === name) ?? []

/** What stands in the first child of this name, in one line. */
export const textOf = (element: Element | undefined, name: string): string =>
  (childOf(element, name)?.text ?? '').replace(/\s+/g, ' ').trim()

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase()

const withoutPrefixes = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localOf(name), value]))

/** By the mark of its bytes, else by what the first line says. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const encoding = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(encoding).decode(bytes)
  } catch {
    throw unreadable(`编码 ${encoding.slice(0, 20)} 不认识`)
  }
}

const unreadable = (what: string) =>
  new Refusal('unreadable', `课件包里的 imsmanifest.xml ${what}，没有读取。请在制作课件的软件中重新导出为 SCORM 包。`)
