import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { offline, Problem } from '../../problem.ts'
import { emptyText } from './api.ts'
import { Autosave, lastWords, pauses } from './autosave.ts'

const draftOf = (title: string) => ({ sectionId: 's', isOpen: false, text: emptyText(title) })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A server that takes, refuses or loses what is sent, and notes it. */
function server() {
  const sent: string[] = []
  const it = {
    sent,
    answer: undefined as Problem | undefined,
    held: undefined as Promise<void> | undefined,
    send: async ({ text }: ReturnType<typeof draftOf>, etag: string) => {
      sent.push(`${text.title} over ${etag}`)
      await it.held
      if (it.answer) throw it.answer
      return `${text.title}!`
    },
  }
  return it
}

function begun(id = 'one') {
  const at = server()
  return { at, autosave: new Autosave(id, { draft: draftOf('始'), etag: 'read' }, at.send) }
}

const refusal = (status: number) => new Problem({ title: '', status })

test('it is sent once, two seconds after the last key, under the tag of the last saving', async () => {
  const { at, autosave } = begun()
  autosave.change(draftOf('甲'))
  await vi.advanceTimersByTimeAsync(pauses.still - 1)
  autosave.change(draftOf('乙'))
  await vi.advanceTimersByTimeAsync(pauses.still - 1)
  expect(at.sent).toEqual([])
  expect(autosave.saving().state).toBe('waiting')
  await vi.advanceTimersByTimeAsync(1)
  expect(at.sent).toEqual(['乙 over read'])
  expect(autosave.saving().state).toBe('saved')
  autosave.change(draftOf('丙'))
  await vi.advanceTimersByTimeAsync(pauses.still)
  expect(at.sent).toEqual(['乙 over read', '丙 over 乙!'])
})

test('what is typed while something is sent is sent after it', async () => {
  const { at, autosave } = begun()
  let release = () => {}
  at.held = new Promise((resolve) => {
    release = resolve
  })
  autosave.change(draftOf('甲'))
  await vi.advanceTimersByTimeAsync(pauses.still)
  autosave.change(draftOf('乙'))
  await vi.advanceTimersByTimeAsync(pauses.still * 2)
  expect(at.sent).toEqual(['甲 over read'])
  release()
  await vi.advanceTimersByTimeAsync(pauses.still * 2)
  expect(at.sent).toEqual(['甲 over read', '乙 over 甲!'])
  expect(autosave.saving().state).toBe('saved')
})

test.each([
  ['not reached', offline(undefined)],
  ['signed out', refusal(401)],
  ['busy', refusal(503)],
])('while the server is %s it is tried again by itself', async (_, problem) => {
  const { at, autosave } = begun()
  at.answer = problem
  autosave.change(draftOf('甲'))
  await vi.advanceTimersByTimeAsync(pauses.still)
  expect(autosave.saving()).toEqual({ state: 'unreached', error: problem })
  at.answer = undefined
  await vi.advanceTimersByTimeAsync(pauses.again)
  expect(at.sent).toEqual(['甲 over read', '甲 over read'])
  expect(autosave.saving().state).toBe('saved')
})

test('what is not taken is tried again with the next change only', async () => {
  const { at, autosave } = begun()
  at.answer = refusal(422)
  autosave.change(draftOf('甲'))
  await vi.advanceTimersByTimeAsync(pauses.still + pauses.again * 5)
  expect(at.sent).toEqual(['甲 over read'])
  expect(autosave.saving().state).toBe('refused')
  at.answer = undefined
  autosave.change(draftOf('乙'))
  await vi.advanceTimersByTimeAsync(pauses.still)
  expect(autosave.saving().state).toBe('saved')
})

test.each([409, 412])('overtaken (%i), nothing more is sent until it goes on over the newer tag', async (status) => {
  const { at, autosave } = begun()
  at.answer = refusal(status)
  autosave.change(draftOf('甲'))
  await vi.advanceTimersByTimeAsync(pauses.still)
  autosave.change(draftOf('乙'))
  await vi.advanceTimersByTimeAsync(pauses.again * 5)
  expect(await autosave.flush()).toBe(false)
  expect(at.sent).toEqual(['甲 over read'])
  expect(autosave.saving().state).toBe('overtaken')
  at.answer = undefined
  expect(await autosave.goOn('newer')).toBe(true)
  expect(at.sent).toEqual(['甲 over read', '乙 over newer'])
})

test('what is told while the page goes away is sent, and whoever opens the article waits for it', async () => {
  const { at, autosave } = begun('left')
  autosave.change(draftOf('甲'))
  autosave.close()
  autosave.change(draftOf('乙'))
  await lastWords('left')
  await vi.advanceTimersByTimeAsync(0)
  expect(at.sent.at(-1)).toMatch(/^乙 over /)
  expect(autosave.saving().state).toBe('saved')
})
