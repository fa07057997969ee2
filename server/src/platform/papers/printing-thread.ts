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
  return makeEach(papers, (paper) => printed(compiler, source, paper))
})

async function printed(compiler: NodeCompiler, source: string, paper: Paper): Promise<Uint8Array> {
  const compiled = compiler.compile({ mainFileContent: source, inputs: { paper: JSON.stringify(paper) } })
  const { result } = compiled
  if (result === null) throw new Error(`a paper was not set: ${reasonOf(compiler, compiled)}`)
  try {
    return compiler.pdf(result, { pdfStandard: 'a-2b' })
  } catch (error) {
    throw error instanceof Error && /could not be displayed/.test(error.message) ? withoutGlyph(error.message) : error
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
function withoutGlyph(message: string): Refusal {
  const text = /text `\\?"(.+?)\\?"`/u.exec(message)?.[1] ?? ''
  return new Refusal(
    'unreadable',
    `现有的字体里没有“${text}”，为免缺字，没有生成 PDF。请系统管理员把含有此字的字体放进数据目录的 fonts 文件夹，或者改为生成 Word 文件。`,
  )
}
