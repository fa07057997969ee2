import { rm } from 'node:fs/promises'
import { Refusal } from '../refusal.ts'
import { type KeptFile, keepFiles, type Source } from './kept-files.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { type ProcessLimits, type ReadingProcess, startReading } from './reading-process.ts'
import type {
  Answers,
  CropWish,
  LineWish,
  PageSize,
  PageType,
  PictureFile,
  PictureWish,
  Questions,
  RemadePicture,
  RemadePictures,
  RemakeWish,
  SheetRows,
  TextLine,
  Turn,
  WordArticle,
  WordText,
} from './tasks.ts'

/** A document of pages. */
export interface PageSource extends Source {
  type: PageType
}

/** A picture. */
export interface PictureSource extends Source {
  type: PictureFile['type']
}

/** A page on its way into a new PDF. */
export interface ChosenPage {
  source: PageSource
  /** From 0. */
  page: number
  turn?: Turn
}

/**
 * Turns documents into what can be looked at. All reading is done in a process of its own, one thing after another, with
 * limits of memory and time: a hostile document brings down no more than that process, and whoever asked for it is refused,
 * as for what is damaged, locked, too large or not of its type. Rights are checked by whoever asks.
 */
export interface PageReader {
  describe(source: PageSource): Promise<PageSize[]>
  /** A page as a JPEG. Refuses to draw what nobody waits for any more, as the signal says. */
  picture(source: PageSource, wish: PictureWish, signal?: AbortSignal): Promise<Uint8Array>
  /** A line of a page as a JPEG, upright and straight, exactly as wide as its box, with a little of what stands above and below. */
  line(source: PageSource, wish: LineWish, signal?: AbortSignal): Promise<Uint8Array>
  /** The lines of text of one page after another; none for scans and pictures. */
  text(source: PageSource): AsyncGenerator<TextLine[]>
  /** A picture made anew without anything but what is seen, upright and bounded. */
  remade(source: PictureSource, wish: RemakeWish): Promise<RemadePictures>
  /** A part of a picture, upright already, in exactly the size that is wished. */
  cropped(source: PictureSource, wish: CropWish): Promise<RemadePicture>
  /** Makes a new PDF of pages, in their order; its file is there until `take` is done. */
  extract<Result>(pages: readonly ChosenPage[], take: (path: string) => Promise<Result>): Promise<Result>
  /** A Word document (.docx) as harmless HTML and as plain text. */
  word(source: Source): Promise<WordText>
  /** The same for the editor: the tags that it knows, and the pictures beside them. */
  article(source: Source): Promise<WordArticle>
  /** The upper rows of the sheets of a workbook (.xlsx, .xls, .csv). */
  sheets(source: Source): Promise<SheetRows[]>
  close(): Promise<void>
}

/** What the reader may use. */
export interface ReaderLimits extends ProcessLimits {
  /** After so long without a question the process ends and the folder is emptied. */
  idleMs: number
  /** How many questions may wait. */
  maxWaiting: number
}

const usual: ReaderLimits = { memoryMiB: 1024, timeoutMs: 30_000, idleMs: 60_000, maxWaiting: 200 }

/** Up to here a picture is one of many beside the page that is looked at, and can wait. */
const smallWidth = 400

/** Opens a reader that keeps documents in a folder of its own while they are looked at. `onCrash` is told what brought the process down. */
export async function openPageReader(
  folder: string,
  onCrash: (error: Error) => void,
  limits: Partial<ReaderLimits> = {},
): Promise<PageReader> {
  const { idleMs, maxWaiting, ...processLimits } = { ...usual, ...limits }
  const files = await keepFiles(folder)
  let reading: ReadingProcess | undefined
  let waiting = 0
  let idle: NodeJS.Timeout | undefined
  let isClosed = false
  const tell = (error: Error) => {
    if (!isClosed) onCrash(error)
  }

  const inTurn = oneAtATime()
  const end = async () => {
    await reading?.close()
    await files.clear()
  }
  const ask = async <Task extends keyof Questions>(
    task: Task,
    question: Questions[Task],
    { rank = 1, signal }: { rank?: number; signal?: AbortSignal | undefined } = {},
  ): Promise<Answers[Task]> => {
    if (waiting >= maxWaiting) throw new Refusal('too-many', '当前查看文件的人较多，请稍候再试。')
    waiting += 1
    clearTimeout(idle)
    try {
      return await inTurn(rank, async () => {
        if (signal?.aborted) throw new Refusal('too-many', '已不再等待这一页，没有再显示。')
        if (!isClosed && !reading?.isAlive()) reading = await startReading(folder, processLimits, tell)
        if (isClosed || !reading) throw new Error('The reader has been closed')
        return reading.ask({ task, question })
      })
    } finally {
      waiting -= 1
      if (waiting === 0 && !isClosed) idle = setTimeout(() => inTurn(0, end), idleMs).unref()
    }
  }
  const withFile = async <Result>(source: Source, work: (path: string) => Promise<Result>): Promise<Result> => {
    const { path, letGo } = await files.take(source)
    try {
      return await work(path)
    } finally {
      letGo()
    }
  }

  return {
    describe: (source) => withFile(source, (path) => ask('describe', { path, type: source.type })),
    picture: (source, wish, signal) => {
      const rank = wish.width > smallWidth ? 1 : 2
      const drawn = (path: string) => ask('picture', { file: { path, type: source.type }, wish }, { rank, signal })
      return withFile(source, drawn)
    },
    line: (source, wish, signal) =>
      withFile(source, (path) => ask('line', { file: { path, type: source.type }, wish }, { rank: 2, signal })),
    async *text(source) {
      const { path, letGo } = await files.take(source)
      try {
        for (let from = 0, isLast = false; !isLast; ) {
          const some = await ask('text', { file: { path, type: source.type }, from }, { rank: 3 })
          yield* some.pages
          from += some.pages.length
          isLast = some.isLast
        }
      } finally {
        letGo()
      }
    },
    remade: (source, wish) => withFile(source, (path) => ask('remake', { file: { path, type: source.type }, wish })),
    cropped: (source, wish) => withFile(source, (path) => ask('crop', { file: { path, type: source.type }, wish })),
    async extract(pages, take) {
      if (pages.length === 0) throw new Error('A PDF needs a page')
      const taken: KeptFile[] = []
      const into = files.newPath()
      try {
        const chosen = []
        for (const { source, page, turn = 0 } of pages) {
          const file = await files.take(source)
          taken.push(file)
          chosen.push({ path: file.path, type: source.type, page, turn })
        }
        await ask('join', { pages: chosen, into })
        return await take(into)
      } finally {
        for (const { letGo } of taken) letGo()
        await rm(into, { force: true })
      }
    },
    word: (source) => withFile(source, (path) => ask('word', path)),
    article: (source) => withFile(source, (path) => ask('article', path)),
    sheets: (source) => withFile(source, (path) => ask('sheets', path)),
    async close() {
      isClosed = true
      clearTimeout(idle)
      await reading?.close()
      await inTurn(0, end)
    },
  }
}
