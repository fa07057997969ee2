import PizZip from 'pizzip'
import { expect, test } from 'vitest'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { shippedForm } from './catalogue.ts'
import { valuesOfList } from './dictionary.ts'
import { makeZip } from './making.ts'
import type { Order } from './orders.ts'
import { samplePersons } from './samples.ts'
import { taggedPaper } from './shipped-form.ts'

const today = '2026-11-23'
const shipped = shippedForm('applicant-talk')
if (!shipped) throw new Error('The form of the talk is gone')
const values = valuesOfList(samplePersons(today).slice(0, 1))

/** An order for so many copies: of our form, or of a Word template that somebody has made of it. */
const orderOf = (count: number, isUploaded = false): Order => ({
  form: {
    row: {
      ...{ id: 'a', isOwn: isUploaded, title: '谈话', step: 2, scope: 'person', purpose: '', formats: ['word'] },
      ...{ version: null, showsNumbers: false, isRetired: false, place: null, needsHand: true },
    },
    fields: [],
    bindings: {},
    shipped: isUploaded ? null : shipped,
  },
  format: 'word',
  content: isUploaded ? wordPaper(taggedPaper(shipped, today)) : null,
  pieces: Array.from({ length: count }, (_, at) => ({ name: `${at + 1}`, values, persons: [], filed: null })),
  name: '谈话.zip',
  madeOn: today,
})

/** Nothing lies in an archive. */
const none = () => Promise.reject(new Error('Nothing was filed'))

test.each([false, true])(
  'a zip has a file for everybody, the same bytes each time (of an uploaded template: %s)',
  async (isUploaded) => {
    const done: number[] = []
    const { stream, ended } = makeZip(orderOf(25, isUploaded), '', none, (count) => done.push(count))
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
    await ended
    expect(Object.keys(new PizZip(bytes).files)).toEqual(Array.from({ length: 25 }, (_, at) => `${at + 1}.docx`))
    expect(done).toEqual([10, 20, 25])
    const again = makeZip(orderOf(25, isUploaded), '', none, () => {})
    expect(new Uint8Array(await new Response(again.stream).arrayBuffer())).toEqual(bytes)
  },
)

test.each([0, 1])('nothing goes on when the reader has gone after %i pieces', async (pieces) => {
  const done: number[] = []
  const { stream, ended } = makeZip(orderOf(400, true), '', none, (count) => done.push(count))
  const reader = stream.getReader()
  for (let read = 0; read < pieces; read++) await reader.read()
  await reader.cancel()
  await ended
  expect(done.at(-1) ?? 0).toBeLessThan(400)
})
