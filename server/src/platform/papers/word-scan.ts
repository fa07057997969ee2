import { Refusal } from '../refusal.ts'
import { inSigns, isFilter, readTag } from './tags.ts'

/** A field for which a template asks. */
export interface TemplateField {
  /** As it is written in the template, without blanks: 入党申请书.日期. */
  path: string
  filter: string | null
  /** The lists in whose part it stands, the outermost first. */
  within: readonly string[]
}

/** The braces of a Chinese keyboard as those of an English one. */
export const withPlainBraces = (xml: string): string => xml.replaceAll('｛', '{').replaceAll('｝', '}')

/** How a part that is repeated begins and ends, in the signs of either keyboard; the name is the first group. */
export const partBegins = /^\s*[#＃]\s*([\s\S]*?)\s*$/
export const partEnds = /^\s*[/／]\s*([\s\S]*?)\s*$/
/** How a part begins that stands where there is nothing of a list. */
export const partWithout = /^\s*[\^＾]\s*([\s\S]*?)\s*$/

/**
 * Reads the fields of one part of a Word file, such as its text or a header. Refuses braces without their counterpart,
 * parts without an end, empty tags and unknown filters, all of them at once, each with the paragraph in which it stands.
 */
export function scanTemplate(xml: string, where: string): TemplateField[] {
  const fields: TemplateField[] = []
  const problems: string[] = []
  const open: { name: string; at: string }[] = []
  for (const [index, text] of paragraphsOf(withPlainBraces(xml)).entries()) {
    if (!/[{}]/.test(text)) continue
    const at = `${where}第 ${index + 1} 段“${excerpt(text)}”`
    const broken = brokenBrace(text)
    if (broken) {
      problems.push(`${at}：${broken}`)
      continue
    }
    for (const [, inside = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
      const begins = partBegins.exec(inside) ?? partWithout.exec(inside)
      const ends = partEnds.exec(inside)
      if (begins) {
        const name = inSigns(begins[1] ?? '')
        if (name === '') problems.push(`${at}：“{${inside}}”没有写名称`)
        fields.push({ path: name, filter: null, within: open.map((it) => it.name) })
        open.push({ name, at })
        if (open.length > mostNested) problems.push(`${at}：重复的部分套得太深，不超过 ${mostNested} 层`)
      } else if (ends) {
        const last = open.pop()
        const name = inSigns(ends[1] ?? '')
        if (last === undefined) problems.push(`${at}：“{${inside}}”之前没有对应的“{#${name}}”`)
        else if (name !== '' && name !== last.name)
          problems.push(`${at}：“{${inside}}”应当先结束“{#${last.name}}”，请检查次序`)
      } else {
        const { path, filter } = readTag(inside)
        if (path === '') problems.push(`${at}：花括号里没有写字段名称`)
        if (!isFilter(filter)) problems.push(`${at}：不认识“${filter}”这种写法`)
        fields.push({ path, filter, within: open.map((it) => it.name) })
      }
    }
  }
  for (const { name, at } of open) problems.push(`${at}：“{#${name}}”之后没有对应的“{/${name}}”`)
  if (problems.length > 0) throw brokenTags(problems)
  if (fields.length > mostFields) throw new Refusal('unreadable', `模板里的字段超过 ${mostFields} 处，没有采用。`)
  return fields
}

/** Says which tags are to be mended, the first ones where there are many. */
export function brokenTags(problems: readonly string[]): Refusal {
  const more = problems.length > 10 ? `；另有 ${problems.length - 10} 处` : ''
  return new Refusal(
    'unreadable',
    `模板里的字段标记有 ${problems.length} 处需要改正：${problems.slice(0, 10).join('；')}${more}。请在 Word 中改好后重新上传。`,
  )
}

const mostNested = 3
const mostFields = 5_000

function brokenBrace(text: string): string | undefined {
  let isOpen = false
  for (const sign of text.replace(/[^{}]/g, '')) {
    if (sign === '{' && isOpen) return '前一个“{”没有对应的“}”'
    if (sign === '}' && !isOpen) return '“}”之前没有对应的“{”'
    isOpen = sign === '{'
  }
  return isOpen ? '“{”没有对应的“}”' : undefined
}

/** The texts of the paragraphs in the order in which they begin; what stands in a text box is a paragraph of its own. */
function paragraphsOf(xml: string): string[] {
  const texts: string[] = []
  const open: number[] = []
  for (const [tag, written] of xml.matchAll(/<w:p(?:\s[^>]*[^/>]|)>|<\/w:p>|<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>/g)) {
    if (tag.startsWith('</')) open.pop()
    else if (written === undefined) open.push(texts.push('') - 1)
    else {
      const at = open.at(-1)
      if (at !== undefined) texts[at] = (texts[at] ?? '') + plain(written)
    }
  }
  return texts
}

const plain = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

function excerpt(text: string): string {
  const from = Math.max(0, text.search(/[{}]/) - 8)
  const shown = text.slice(from, from + 24)
  return `${from > 0 ? '…' : ''}${shown}${from + 24 < text.length ? '…' : ''}`
}
