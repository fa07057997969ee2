import { readFile, stat } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { readDocx } from '../rich-text/docx.ts'
import { replyTo } from '../threads.ts'
import { joinPages } from './joining.ts'
import { limits, tooMuchToShow } from './limits.ts'
import { showLine } from './line-picture.ts'
import { cropPicture, remakePicture } from './media-picture.ts'
import { describePdf } from './pdf.ts'
import { readPdfText } from './pdf-text.ts'
import { describePicture, showPage } from './pictures.ts'
import type { ProcessReply } from './reading-process.ts'
import { readSheets } from './sheet.ts'
import type { Answers, Asked, Questions } from './tasks.ts'
import { readWord } from './word.ts'

// The process in which foreign documents are read. It answers one question after another, and ends with its parent, where
// it takes too much memory, and after anything that nobody foresaw.

const mostMemory = Number(process.argv[2]) * 1024 * 1024

process.on('disconnect', () => process.exit())
// Whoever waits for an answer of the server comes first.
setPriority(10)
// While a document is being read nothing else of this thread runs, so another one watches.
new Worker(new URL('./reading-watch.ts', import.meta.url), { workerData: { mostMemory, parent: process.ppid } })

process.on('message', async (asked: Asked<keyof Questions>) => {
  const reply = await replyTo(() => answerTo(asked))
  // Memory that PDFium has taken never comes back; a new process has it again.
  const isLast = process.memoryUsage.rss() > mostMemory / 2
  const said: ProcessReply<unknown> = { reply, isLast }
  process.send?.(said)
})
process.send?.('ready')

const readers: { [Task in keyof Questions]: (question: Questions[Task]) => Promise<Answers[Task]> } = {
  describe: ({ path, type }) => (type === 'application/pdf' ? describePdf(path) : describePicture({ path, type })),
  picture: ({ file, wish }) => showPage(file, wish),
  line: ({ file, wish }) => showLine(file, wish),
  text: async ({ file, from }) =>
    file.type === 'application/pdf' ? readPdfText(file.path, from) : { pages: [], isLast: true },
  remake: ({ file, wish }) => remakePicture(file, wish),
  crop: ({ file, wish }) => cropPicture(file, wish),
  join: async ({ pages, into }) => {
    await joinPages(pages, into)
    return null
  },
  word: async (path) => readWord(await wholeFile(path)),
  article: async (path) => readDocx(await wholeFile(path)),
  sheets: async (path) => readSheets(await wholeFile(path)),
}

function answerTo<Task extends keyof Questions>({ task, question }: Asked<Task>): Promise<Answers[Task]> {
  return readers[task](question)
}

async function wholeFile(path: string): Promise<Buffer> {
  if ((await stat(path)).size > limits.maxWordBytes) throw tooMuchToShow()
  return readFile(path)
}
