import { Refusal } from '../refusal.ts'
import { startThread } from '../threads.ts'
import type { Certificate } from './certificate.ts'
import type { CoverSheet } from './cover-sheet.ts'
import { type Made, type Maker, makeAlone } from './made.ts'
import type { Paper } from './official-paper.ts'
import type { PrintingQuestion } from './printing-thread.ts'

/** By its address: imported, it would bring the code of the typesetter into the server itself. */
const printingThread = new URL('./printing-thread.ts', import.meta.url).href

/** Prints papers as PDF/A-2b on the page of GB/T 9704. `ownFonts` is the folder of the operator's fonts, if there is one. */
export function startPrinting(ownFonts: string | null): Maker<Paper> {
  const thread = startThread<PrintingQuestion, Made[]>(printingThread, {
    memoryMiB: 256,
    timeoutMs: 30_000,
    tooMuch: new Refusal('too-large', '内容过多，没有排成 PDF。请减少人数，或者改为生成 Word 文件。'),
  })
  return { make: (papers) => thread.ask({ papers, ownFonts }), close: thread.close }
}

/** Prints one paper in a thread of its own. */
export const printPaper = (paper: Paper, ownFonts: string | null): Promise<Uint8Array> =>
  makeAlone(startPrinting(ownFonts), paper)

/** Prints cover sheets, a page each; those of one content as one PDF. */
export function startCoverPrinting(ownFonts: string | null): Maker<readonly CoverSheet[]> {
  const thread = startThread<PrintingQuestion, Made[]>(printingThread, {
    memoryMiB: 512,
    timeoutMs: 120_000,
    tooMuch: new Refusal('too-large', '封面过多，没有排成 PDF。请减少人员或者材料，分几次打印。'),
  })
  return { make: (coverSheets) => thread.ask({ coverSheets, ownFonts }), close: thread.close }
}

/** Prints certificates, a page each; those of one content as one PDF. Refuses a character for which no font has a sign. */
export function startCertificatePrinting(ownFonts: string | null): Maker<readonly Certificate[]> {
  const thread = startThread<PrintingQuestion, Made[]>(printingThread, {
    memoryMiB: 512,
    timeoutMs: 120_000,
    tooMuch: new Refusal('too-large', '证书过多，没有排成一个 PDF。请分几次打印。'),
  })
  return { make: (certificates) => thread.ask({ certificates, ownFonts }), close: thread.close }
}
