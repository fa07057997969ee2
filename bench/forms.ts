import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { shippedForm } from '../server/src/modules/forms/catalogue.ts'
import { valuesOfList } from '../server/src/modules/forms/dictionary.ts'
import { samplePersons } from '../server/src/modules/forms/samples.ts'
import { filledPaper, taggedPaper } from '../server/src/modules/forms/shipped-form.ts'
import { openTemplate } from '../server/src/platform/papers/filling.ts'
import { fontFolders } from '../server/src/platform/papers/fonts.ts'
import { madeAtOnce } from '../server/src/platform/papers/made.ts'
import { startPrinting } from '../server/src/platform/papers/printing.ts'
import { valueAt } from '../server/src/platform/papers/tags.ts'
import { wordPaper } from '../server/src/platform/papers/word-paper.ts'
import { measuredOn } from './files.ts'
import { duration, type Measure, median } from './measure.ts'

const rounds = 3

/**
 * So many forms of Word out of an uploaded template, and as many official papers as PDF, each through our threads in terms of the bare
 * library doing the same alone. The rounds take turns, so that a slow minute of the machine meets both.
 */
export async function measureForms(count: number): Promise<Measure[]> {
  const form = shippedForm('admission-minutes')
  if (form === undefined) throw new Error('The form of the minutes is gone')
  const people = samplePersons(measuredOn)
  const values = Array.from({ length: count }, (_, at) => ({
    ...valuesOfList(people.slice(at % 3, (at % 3) + 1)),
    序号: at,
  }))
  const template = wordPaper(taggedPaper(form, measuredOn))
  const papers = values.map((it) => filledPaper(form, it, measuredOn))

  const word = { ours: [] as number[], bare: [] as number[] }
  const pdf = { ours: [] as number[], bare: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    word.bare.push(
      await timed(() => {
        for (const it of values) fillBare(template, it)
      }),
    )
    word.ours.push(
      await timed(async () => {
        const opened = await openTemplate(template)
        for (const some of chunks(values)) await opened.make(some)
        await opened.close()
      }),
    )
    pdf.bare.push(await timed(() => printBare(papers)))
    pdf.ours.push(
      await timed(async () => {
        const printing = startPrinting(null)
        for (const some of chunks(papers)) await printing.make(some)
        await printing.close()
      }),
    )
  }
  const many = count.toLocaleString('en')
  return [
    duration(`forms: ${many} of Word / docxtemplater alone`, median(word.ours), median(word.bare), 1.5),
    duration(`forms: ${many} official papers as PDF/A / typst alone`, median(pdf.ours), median(pdf.bare), 1.5),
  ]
}

/** As the makings of the module ask for them. */
const chunks = <It>(all: readonly It[]): It[][] =>
  Array.from({ length: Math.ceil(all.length / madeAtOnce) }, (_, at) =>
    all.slice(at * madeAtOnce, (at + 1) * madeAtOnce),
  )

async function timed(work: () => unknown): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

function fillBare(template: Uint8Array, values: object): Uint8Array {
  const document = new Docxtemplater(new PizZip(template), {
    paragraphLoop: true,
    linebreaks: true,
    errorLogging: false,
    parser: (tag) => ({ get: (scope: unknown) => valueAt(scope, tag) }),
    nullGetter: () => '',
  })
  document.render(values)
  return document.getZip().generate({ type: 'uint8array', compression: 'DEFLATE' })
}

async function printBare(papers: readonly object[]): Promise<void> {
  const folder = new URL('../server/src/platform/papers/', import.meta.url)
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders(null) }] })
  const mainFileContent = readFileSync(new URL('official-paper.typ', folder), 'utf8')
  for (const paper of papers) {
    compiler.pdf({ mainFileContent, inputs: { content: JSON.stringify(paper) } }, { pdfStandard: 'a-2b' })
    compiler.evictCache(10)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
