import { visible } from '../visible-text.ts'
import { limits } from './limits.ts'
import { type OpenPdf, openPdf, withPage } from './pdf.ts'
import { withBytes } from './pdfium.ts'
import type { Answers, Box, TextLine } from './tasks.ts'

/** So many characters are read before an answer is given, so that whoever else asks need not wait for a whole book. */
const charactersAtOnce = 20_000

/** The text of a PDF, page by page from one on, until some has been read. A scan has lines only where it has been recognised before. */
export async function readPdfText(path: string, from: number): Promise<Answers['text']> {
  const pdf = await openPdf(path)
  const pages: TextLine[][] = []
  let read = 0
  for (let at = from; at < pdf.pageCount && read < charactersAtOnce && pages.length < 50; at++) {
    const lines = await withPage(pdf, at, (page) => linesOf(pdf, page))
    pages.push(lines)
    read += lines.reduce((sum, it) => sum + it.text.length, 0)
  }
  return { pages, isLast: from + pages.length >= pdf.pageCount }
}

function linesOf({ library }: OpenPdf, page: number): TextLine[] {
  const text = library.FPDFText_LoadPage(page)
  if (text === 0) return []
  try {
    const count = Math.min(library.FPDFText_CountChars(text), limits.maxPageText)
    return withBytes(library, characterBytes, (into) => {
      const lines: TextLine[] = []
      let line = emptyLine()
      const endLine = () => {
        const shown = visible(line.text).replace(/\s+/g, ' ').trim()
        const box = boxOf(line)
        if (shown !== '' && box) lines.push({ text: shown, box })
        line = emptyLine()
      }
      for (let at = 0; at < count && lines.length < limits.maxPageLines; at++) {
        const code = library.FPDFText_GetUnicode(text, at)
        if (code === lineFeed || code === carriageReturn) {
          endLine()
          continue
        }
        line.text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
        const edges = edgesOf(library, { page, text, at, into })
        if (edges) widen(line, edges)
      }
      endLine()
      return lines.slice(0, limits.maxPageLines)
    })
  } finally {
    library.FPDFText_ClosePage(text)
  }
}

const lineFeed = 10
const carriageReturn = 13
/** Four numbers of eight bytes, and two of four. */
const characterBytes = 40

/** Where something stands on a page, as fractions of it. */
interface Edges {
  left: number
  top: number
  right: number
  bottom: number
}

const emptyLine = (): Edges & { text: string } => ({ text: '', left: 1, top: 1, right: 0, bottom: 0 })

function widen(line: Edges, { left, top, right, bottom }: Edges): void {
  line.left = Math.min(line.left, left)
  line.top = Math.min(line.top, top)
  line.right = Math.max(line.right, right)
  line.bottom = Math.max(line.bottom, bottom)
}

const boxOf = ({ left, top, right, bottom }: Edges): Box | undefined =>
  right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined

/** Fine enough a grid to put a page on. */
const grid = 100_000

function edgesOf(
  library: OpenPdf['library'],
  { page, text, at, into }: { page: number; text: number; at: number; into: number },
): Edges | undefined {
  if (!library.FPDFText_GetCharBox(text, at, into, into + 8, into + 16, into + 24)) return undefined
  const { getValue } = library.pdfium
  const corner = (x: number, y: number) => {
    library.FPDF_PageToDevice(page, 0, 0, grid, grid, 0, x, y, into + 32, into + 36)
    const place = (address: number) => Math.min(Math.max(getValue(address, 'i32') / grid, 0), 1)
    return { x: place(into + 32), y: place(into + 36) }
  }
  const [left, right, bottom, top] = [0, 8, 16, 24].map((offset) => getValue(into + offset, 'double'))
  if (left === undefined || right === undefined || bottom === undefined || top === undefined) return undefined
  if (left === right || bottom === top) return undefined
  const [a, b] = [corner(left, top), corner(right, bottom)]
  return {
    left: Math.min(a.x, b.x),
    right: Math.max(a.x, b.x),
    top: Math.min(a.y, b.y),
    bottom: Math.max(a.y, b.y),
  }
}
