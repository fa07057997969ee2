import { Readable } from 'node:stream'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { ZipFile } from 'yazl'
import type { NamedFile } from '../../platform/http.ts'
import { openTemplate } from '../../platform/papers/filling.ts'
import { type Made, type Maker, madeAtOnce, makeAlone, makeEach } from '../../platform/papers/made.ts'
import { startPrinting } from '../../platform/papers/printing.ts'
import type { Values } from '../../platform/papers/tags.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { wordType } from '../../platform/papers/word-template.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { FiledPaper } from './closed-files.ts'
import type { Order, OrderedPiece } from './orders.ts'
import { filledPaper } from './shipped-form.ts'

/** A zip that is being made, and when the making has ended, well or not. */
interface Zip {
  stream: ReadableStream<Uint8Array>
  ended: Promise<void>
}

/** Gives the bytes of a paper that lies in an archive already, with the ending of its name. */
export type ReadFiled = (paper: FiledPaper) => Promise<{ bytes: Uint8Array; extension: string; mediaType: string }>

export const pdfType = 'application/pdf'

/** Makes the one file of an order, or gives the one that was filed. */
export async function makeFile(
  order: Order,
  ownFonts: string,
  readFiled: ReadFiled,
): Promise<NamedFile & { mediaType: string }> {
  const [piece] = order.pieces
  if (piece === undefined) throw new Error('An order has no piece')
  if (piece.filed) {
    const { bytes, extension, mediaType } = await readFiled(piece.filed)
    return { name: `${piece.name}.${extension}`, bytes, mediaType }
  }
  const bytes = await makeAlone(await makerOf(order, ownFonts), piece.values)
  return { name: `${piece.name}.${extensionOf(order)}`, bytes, mediaType: order.format === 'pdf' ? pdfType : wordType }
}

/**
 * Makes the files of an order one after the other and gives them as a zip while they are made: no more lies in memory than
 * the reader is behind. `onDone` hears how many there are so far. What is refused, such as a character without a letter,
 * is told in a list inside. Nothing goes on when the reader has gone.
 */
export function makeZip(order: Order, ownFonts: string, readFiled: ReadFiled, onDone: (count: number) => void): Zip {
  const zip = new ZipFile()
  const output = Readable.from(zip.outputStream)
  /** Answers whether the reader was there to the end. */
  const fill = async () => {
    const refused: string[] = []
    let maker = await makerOf(order, ownFonts)
    try {
      for (let from = 0; from < order.pieces.length; from += madeAtOnce) {
        if (output.destroyed) return false
        const all = order.pieces.slice(from, from + madeAtOnce)
        for (const { name, filed } of all) {
          if (filed === null) continue
          const found = await readFiled(filed).catch(refusalOf)
          if (found instanceof Refusal) refused.push(`${name}：${found.message}`)
          else zip.addBuffer(Buffer.from(found.bytes), `${name}.${found.extension}`, entryOptions)
        }
        const pieces = all.filter((it) => it.filed === null)
        const made =
          pieces.length === 0
            ? []
            : await maker.make(pieces.map((it) => it.values)).catch(async (error: unknown) => {
                if (!(error instanceof Refusal)) throw error
                // It has ended over one of them.
                maker = await makerOf(order, ownFonts)
                return pieces.map((): Made => ({ refused: error.message }))
              })
        for (const [at, { name }] of pieces.entries()) {
          const one = made[at]
          if (one && 'file' in one) zip.addBuffer(Buffer.from(one.file), `${name}.${extensionOf(order)}`, entryOptions)
          else refused.push(`${name}：${one?.refused ?? ''}`)
        }
        onDone(from + all.length)
        await untilTaken(zip.outputStream, output)
      }
      if (refused.length > 0) {
        zip.addBuffer(
          Buffer.from(`\u{feff}下列表格没有生成：\r\n${refused.join('\r\n')}\r\n`),
          '没有生成的表格.txt',
          entryOptions,
        )
      }
      return true
    } finally {
      await maker.close()
    }
  }
  // Whoever has read the last byte may ask for the next file: nothing may be under way any more by then.
  const ended = fill()
    .then((isWhole) => {
      if (isWhole) zip.end()
    })
    .catch((error: unknown) => {
      output.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  return { stream: piecesFrom(output), ended }
}

/** Makes the files of an order for filing, in its order: they are few, and each is filed as soon as it is there. */
export async function* makeEachFile(
  order: Order,
  ownFonts: string,
): AsyncGenerator<{ piece: OrderedPiece; made: Made }> {
  const maker = await makerOf(order, ownFonts)
  try {
    for (const piece of order.pieces) {
      const [made] = await maker.make([piece.values])
      yield { piece, made: made ?? { refused: '没有生成。' } }
    }
  } finally {
    await maker.close()
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}

/** The same as the web has it; where it is left, the one behind it ends, too. */
function piecesFrom(output: Readable): ReadableStream<Uint8Array> {
  const pieces = output.iterator()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    async cancel() {
      output.destroy()
    },
  })
}

/** Word and PDF are packed already. The same day in every entry, so that the same order gives the same bytes. */
const entryOptions = { compress: false, mtime: new Date(1980, 0, 1), forceDosTimestamp: true } as const

const mostBehind = 4 * 1024 * 1024
const longestPauseMs = 60_000

/** Waits while the reader is far behind. One who takes nothing for a minute is given up: others wait for the turn. */
async function untilTaken(
  stream: NodeJS.ReadableStream & { readableLength?: number },
  output: Readable,
): Promise<void> {
  await setImmediate()
  const until = performance.now() + longestPauseMs
  while ((stream.readableLength ?? 0) > mostBehind && !output.destroyed) {
    if (performance.now() > until) output.destroy(new Error('Nobody reads the zip that is being made'))
    else await setTimeout(10)
  }
}

async function makerOf({ form, format, content, madeOn }: Order, ownFonts: string): Promise<Maker<Values>> {
  const { shipped, bindings } = form
  if (shipped === null) return openTemplate(content ?? new Uint8Array(), bindings)
  if (format === 'word') {
    const word = (values: Values) => wordPaper(filledPaper(shipped, values, madeOn))
    return { make: (all) => makeEach(all, word), close: async () => {} }
  }
  const printing = startPrinting(ownFonts)
  return {
    make: (all) => printing.make(all.map((values) => filledPaper(shipped, values, madeOn))),
    close: printing.close,
  }
}

/** The ending of the names of the files of an order. */
export const extensionOf = ({ format }: Order): string => (format === 'word' ? 'docx' : 'pdf')
