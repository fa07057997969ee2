import { readFileSync } from 'node:fs'
import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { encode } from 'uqr'
import { Refusal } from '../refusal.ts'
import { answerInThread } from '../threads.ts'
import type { Certificate } from './certificate.ts'
import type { CoverSheet } from './cover-sheet.ts'
import { fontFolders } from './fonts.ts'
import { type Made, makeEach } from './made.ts'
import type { Paper } from './official-paper.ts'

/** What the printing thread is asked: some papers, or sets of cover sheets or certificates, with the folder of the operator's own fonts. */
export type PrintingQuestion = { ownFonts: string | null } & (
  | { papers: readonly Paper[] }
  | { coverSheets: readonly (readonly CoverSheet[])[] }
  | { certificates: readonly (readonly Certificate[])[] }
)

/** How many compilations what was worked out is kept for. */
const keptFor = 10

let press: NodeCompiler | undefined

answerInThread(import.meta.url, (asked: PrintingQuestion): Promise<Made[]> => {
  press ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fontFolders(asked.ownFonts) }] })
  const compiler = press
  if ('certificates' in asked)
    return makeEach(asked.certificates, (sheets) =>
      printed(
        compiler,
        'certificates',
        JSON.stringify(sheets.map((it) => ({ ...it, drawing: drawn(it.address, 'M', 0) }))),
      ),
    )
  if ('coverSheets' in asked)
    return makeEach(asked.coverSheets, (sheets) => printedWithMarks(compiler, 'cover-sheets', sheets.map(withCode)))
  return makeEach(asked.papers, (paper) =>
    paper.marksMissing
      ? printedWithMarks(compiler, 'official-paper', paper)
      : printed(compiler, 'official-paper', JSON.stringify(paper)),
  )
})

type Layout = 'official-paper' | 'cover-sheets' | 'certificates'

/** So many characters without a sign are marked; a paper with more is refused. */
const mostMarked = 50

/** 〓 stands for a character that could not be printed, and its number behind it says which one. */
async function printedWithMarks(compiler: NodeCompiler, layout: Layout, written: object): Promise<Uint8Array> {
  let content = JSON.stringify(written)
  for (let marked = 0; ; marked += 1) {
    try {
      return await printed(compiler, layout, content)
    } catch (error) {
      const text = error instanceof MissingSign ? error.text : ''
      if (text === '' || marked === mostMarked) throw error
      content = content.replaceAll(text, [...text].map(numbered).join(''))
    }
  }
}

const numbered = (character: string): string =>
  `〓（U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}）`

async function printed(compiler: NodeCompiler, layout: Layout, content: string): Promise<Uint8Array> {
  const compiled = compiler.compile({ mainFileContent: sourceOf(layout), inputs: { content } })
  const { result } = compiled
  if (result === null) throw new Error(`a paper was not set: ${reasonOf(compiler, compiled)}`)
  try {
    return compiler.pdf(result, { pdfStandard: 'a-2b' })
  } catch (error) {
    throw error instanceof Error && /could not be displayed/.test(error.message) ? missingSign(error.message) : error
  } finally {
    compiler.evictCache(keptFor)
    // Without a pause of the thread its memory grows with every document.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const folder = import.meta.dirname
const sources = new Map<Layout, string>()

function sourceOf(layout: Layout): string {
  const source = sources.get(layout) ?? readFileSync(path.join(folder, `${layout}.typ`), 'utf8')
  sources.set(layout, source)
  return source
}

/** A sheet with its code drawn. A quarter of the code may be lost to dirt or a fold. */
const withCode = (sheet: CoverSheet) => ({ ...sheet, drawing: drawn(sheet.code, 'Q', 4) })

/** A QR code as SVG with a border of so many squares; of level M an eighth may be lost, of Q a quarter. */
function drawn(text: string, ecc: 'M' | 'Q', border: number): string {
  const { data, size } = encode(text, { ecc, border })
  const bars = data.flatMap((row, y) => barsOf(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`))
  const code = `<path d="${bars.join('')}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">${code}</svg>`
}

/** The dark pieces of a row of squares. */
function barsOf(row: readonly boolean[]): { from: number; length: number }[] {
  const bars: { from: number; length: number }[] = []
  for (const [at, isDark] of row.entries()) {
    const last = bars.at(-1)
    if (!isDark) continue
    if (last && last.from + last.length === at) last.length += 1
    else bars.push({ from: at, length: 1 })
  }
  return bars
}

function reasonOf(compiler: NodeCompiler, compiled: ReturnType<NodeCompiler['compile']>): string {
  const diagnostics = compiled.takeDiagnostics()
  return diagnostics === null ? 'no reason' : JSON.stringify(compiler.fetchDiagnostics(diagnostics))
}

/** A character for which no font has a sign would vanish from the paper; so there is no paper. */
class MissingSign extends Refusal {
  readonly text: string

  constructor(text: string) {
    super(
      'unreadable',
      `现有的字体里没有“${text}”，为免缺字，没有生成 PDF。请系统管理员把含有此字的字体放进数据目录的 fonts 文件夹，或者改为生成 Word 文件。`,
    )
    this.text = text
  }
}

/** The typesetter writes what cannot be seen, such as a private character, by its number. */
function missingSign(message: string): MissingSign {
  const written = /text `\\?"(.+?)\\?"`/u.exec(message)?.[1] ?? ''
  const text = written.replace(/\\+u\{([0-9a-f]{1,6})\}/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  )
  return new MissingSign(text)
}
