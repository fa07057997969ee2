import { type ByteSource, windowsOf } from './byte-source.ts'
import {
  type Examination,
  executable,
  markup,
  notTaken,
  strangerOf,
  taken,
  takenTypes,
  unknownType,
} from './taken-types.ts'

/** Larger than any text that a person wrote. */
const maxTextBytes = 67_108_864

/** Looks at what has no signature: text in UTF-8, UTF-16 with its mark, or GB 18030, with or without columns; else it is unknown. */
export async function examineText(source: ByteSource, name: string): Promise<Examination> {
  if (source.size > maxTextBytes) return notTaken(unknownType())
  const start = await source.read(0, 2)
  const isUtf16 = start.length === 2 && (start.readUInt16BE(0) === 0xfffe || start.readUInt16BE(0) === 0xfeff)
  const encodings = isUtf16 ? [start[0] === 0xff ? 'utf-16le' : 'utf-16be'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    const seen = await readAs(source, encoding)
    if (seen) return judge(seen, name)
  }
  return notTaken(unknownType())
}

/** What was seen of a text. */
interface SeenText {
  /** Its first 64 Ki characters at most. */
  head: string
  hasMarkup: boolean
}

/** Null where it is no text in this encoding. */
async function readAs(source: ByteSource, encoding: string): Promise<SeenText | null> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let [head, hasMarkup] = ['', false]
  try {
    for await (const { bytes } of windowsOf(source, 0)) {
      const text = decoder.decode(bytes, { stream: true })
      if (controls.test(text)) return null
      if (head === '') head = text.slice(0, 65_536)
      hasMarkup ||= tag.test(text)
    }
    decoder.decode()
  } catch {
    return null
  }
  return { head, hasMarkup }
}

const controls = /(?![\t\r\n\v\f])\p{Cc}/u
const tag = /<(html|script|svg|iframe|object|embed|body|!doctype)[\s>]|<\?(php|xml|mso)/i

function judge({ head, hasMarkup }: SeenText, name: string): Examination {
  const begin = head.trimStart()
  if (begin.startsWith('#!')) return notTaken(executable())
  if (begin.startsWith('{\\rtf')) return notTaken(strangerOf('application/rtf', 'rtf'))
  if (hasMarkup || /^<[a-z!?]/i.test(begin) || /^MIME-Version:/im.test(begin.slice(0, 4_096))) return notTaken(markup())
  return taken(/\.(csv|tsv)$/i.test(name) || hasColumns(head) ? takenTypes.csv : takenTypes.text)
}

/** Whether the first lines all have the same number of the same separators. */
function hasColumns(head: string): boolean {
  const lines = head.split(/\r\n?|\n/).slice(0, 20)
  // The last of them may have been cut off, and a text may end with an empty one.
  const whole = lines.slice(0, Math.max(1, lines.length - 1)).filter((it) => it !== '')
  if (whole.length < 2) return false
  return [',', '\t', ';'].some((separator) => {
    const counts = whole.map((it) => it.replace(/"[^"]*"/g, '').split(separator).length - 1)
    return (counts[0] ?? 0) > 0 && counts.every((it) => it === counts[0])
  })
}
