import os from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Reply, replyTo } from '../threads.ts'
import { type Code, codesOn } from './codes.ts'
import { type LetterReader, type Line, loadLetterReader } from './letters.ts'
import { greyOf, type Lie, straightPicture } from './picture.ts'
import { sureFrom } from './places.ts'
import { evened } from './shade.ts'
import type { Grey, QuarterTurn } from './skew.ts'
import { isBlank, lieOf, straightened, without } from './straighten.ts'

/** What was read on a page. */
export interface ReadPage extends Lie {
  /** Of the page as it came, in the pixels in which it was read; their ratio is what counts (`cornersOnPage`). */
  width: number
  height: number
  /** Whether nothing stands on it but specks. */
  isBlank: boolean
  codes: Code[]
  /** Absent where the recogniser is missing on this machine. */
  lines?: Line[]
  /** The page in colour, upright and straight, as JPEG; lines are cut out of it (`cutOut`). */
  straight: Uint8Array
}

/** What the reading process is started with, as its one argument, in JSON. */
export interface ReadingTask {
  /** The recogniser; absent where letters are not to be read. */
  library?: string
  memoryMiB: number
}

/** What it says: first whether it can read letters, then one reply for each picture. */
export type ReadingMessage =
  | { ready: { missing?: string } }
  | { reply: Reply<ReadPage> /** It has taken so much that a new one should go on. */; isFull: boolean }

/**
 * The process that reads pages, one after another. Pictures of strangers are unpacked here and nowhere else: it knows no secret,
 * may be ended at any time, and ends by itself with the server or above its memory.
 */
const { library, memoryMiB }: ReadingTask = JSON.parse(process.argv[2] ?? '{}')

// People who wait for a page of the server go first, but a page of paper is not starved.
os.setPriority(4)
new Worker(new URL('./watchdog.ts', import.meta.url), { workerData: { memoryMiB, parent: process.ppid } })
process.on('disconnect', () => process.exit())

const letters = library === undefined ? { missing: '' } : await loadLetterReader(library)
process.on('message', async (picture: Uint8Array) => {
  const reply = await replyTo(() => readPage(picture))
  say({ reply, isFull: process.memoryUsage.rss() > memoryMiB * 1024 * 1024 * 0.7 })
})
say({ ready: 'missing' in letters ? { missing: letters.missing } : {} })

function say(message: ReadingMessage): void {
  process.send?.(message)
}

async function readPage(picture: Uint8Array): Promise<ReadPage> {
  const grey = evened(await greyOf(picture))
  const codes = await codesOn(picture)
  // The recogniser would read characters out of a code.
  const page = without(
    grey,
    codes.map((it) => it.box),
  )
  const nothing = codes.length === 0 && isBlank(page)
  const lie = nothing ? { turnedBy: 0 as const, skewedBy: 0 } : lieOf(page)
  const read = 'missing' in letters ? { lie } : nothing ? { lie, lines: [] } : await readEitherWay(letters, page, lie)
  return {
    width: page.width,
    height: page.height,
    ...read.lie,
    isBlank: nothing,
    codes,
    ...('lines' in read ? { lines: read.lines } : {}),
    straight: await straightPicture(picture, read.lie),
  }
}

/** Reads the page as it seems to lie, and where that makes little sense, upside down, too; what is surer is taken. */
async function readEitherWay(read: LetterReader, page: Grey, lie: Lie): Promise<{ lie: Lie; lines: Line[] }> {
  const lines = await read(await straightened(page, lie))
  if (certainty(lines) >= doubtful) return { lie, lines }
  const otherLie = { ...lie, turnedBy: ((lie.turnedBy + 180) % 360) as QuarterTurn }
  const otherLines = await read(await straightened(page, otherLie))
  return certainty(otherLines) > certainty(lines) ? { lie: otherLie, lines: otherLines } : { lie, lines }
}

// Upside down, hardly a line reaches more.
const doubtful = sureFrom - 0.1

/** How sure the recogniser is of a character on the whole, from 0 to 1. */
function certainty(lines: readonly Line[]): number {
  const characters = lines.reduce((sum, it) => sum + it.text.length, 0)
  return characters === 0 ? 0 : lines.reduce((sum, it) => sum + it.confidence * it.text.length, 0) / characters
}
