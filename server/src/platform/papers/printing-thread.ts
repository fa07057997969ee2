import { readFileSync } from 'node:fs'
import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { Refusal } from '../refusal.ts'
import { answerInThread } from '../threads.ts'
import { fontFolders } from './fonts.ts'
import { type Made, makeEach } from './made.ts'
import type { Paper } from './official-paper.ts'

/** What the printing thread is asked: some papers, with the folder of the operator's own fonts. */
export interface PrintingQuestion {
  papers: readonly Paper[]
  ownFonts: string | null
}

/** How many compilations what was worked out is kept for. */
const keptFor = 10

let press: { compiler: NodeCompiler; source: string } | undefined

answerInThread(import.meta.url, ({ papers, ownFonts }: PrintingQuestion): Promise<Made[]> => {
  press ??= openPress(ownFonts)
  const { compiler, source } = press
  return makeEach(papers, (paper) =>
    paper.marksMissing ? printedWithMarks(compiler, source, paper) : printed(compiler, source, JSON.stringify(paper)),
  )
})

/** So many characters without a sign are marked; a paper with more is refused. */
const mostMarked = 50

/** 〓 stands for a character that could not be printed, and its number behind it says which one. */
async function printedWithMarks(compiler: NodeCompiler, source: string, paper: Paper): Promise<Uint8Array> {
  let content = JSON.stringify(paper)
  for (let marked = 0; ; marked += 1) {
    try {
      return await printed(compiler, source, content)
    } catch (error) {
      const text = error instanceof MissingSign ? error.text : ''
      if (text === '' || marked === mostMarked) throw error
      content = content.replaceAll(text, [...text].map(numbered).join(''))
    }
  }
}

const numbered = (character: string): string =>
  `〓（U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}）`

async function printed(compiler: NodeCompiler, source: string, paper: string): Promise<Uint8Array> {
  const compiled = compiler.compile({ mainFileContent: source, inputs: { paper } })
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

function openPress(ownFonts: string | null) {
  const folder = import.meta.dirname
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fontFolders(ownFonts) }] })
  return { compiler, source: readFileSync(path.join(folder, 'official-paper.typ'), 'utf8') }
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
