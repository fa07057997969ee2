import { on } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type { Limits } from '../../platform/spreadsheet/limits.ts'
import type { CellLine, Merge, Workbook } from '../../platform/spreadsheet/sheets.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { answerInThread, replyTo } from '../../platform/threads.ts'
import { type Choice, type Recognition, recognise } from './recognition.ts'

/** What the reading thread is asked: to open a file, to take its columns as these fields, to give the lines of the table to others. */
export type ReadingQuestion =
  | { kind: 'open'; bytes: Uint8Array; choice: Choice; limits: Limits }
  | { kind: 'map'; fields: NonNullable<Choice['fields']> }
  | { kind: 'give'; lines: MessagePort }

/** What has been recognised. */
export interface Recognised {
  recognition: Recognition
  /** What is merged in the sheet of the table. */
  merges: readonly Merge[]
}

/** This module, to be run in a thread. */
export const readingThread = import.meta.url

/** So many lines cross to another thread at once. */
const linesAtOnce = 500

let opened: { workbook: Workbook; choice: Choice; recognition: Recognition } | undefined

answerInThread(readingThread, async (question: ReadingQuestion): Promise<Recognised> => {
  if (question.kind === 'open') {
    const workbook = await openWorkbook(question.bytes, question.limits)
    opened = { workbook, choice: question.choice, recognition: recognise(workbook, question.choice) }
  }
  if (opened === undefined) throw new Error('No file has been opened')
  if (question.kind === 'map') {
    opened.recognition = recognise(opened.workbook, { ...opened.choice, fields: question.fields })
  }
  const { recognition, workbook } = opened
  const sheet = workbook.sheets.find(({ name }) => name === recognition.layout?.sheet)
  // Goes on behind the answer.
  if (question.kind === 'give') give(sheet?.lines(), question.lines)
  return { recognition, merges: sheet?.merges ?? [] }
})

/** Gives lines to whoever asks for them at the port, some at a time, and none after the last. */
async function give(lines: AsyncIterable<CellLine> | undefined, port: MessagePort): Promise<void> {
  const reading = lines?.[Symbol.asyncIterator]()
  const some = async () => {
    const taken: CellLine[] = []
    while (reading && taken.length < linesAtOnce) {
      const { value, done } = await reading.next()
      if (done) break
      taken.push(value)
    }
    return taken
  }
  for await (const _ of on(port, 'message', { close: ['close'] })) port.postMessage(await replyTo(some))
}
