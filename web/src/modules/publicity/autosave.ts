import { asProblem, Problem } from '../../problem.ts'

/** How what is being written stands at the server. */
export type Saving =
  | { state: 'saved'; at: Date | null }
  | { state: 'waiting' }
  | { state: 'sending' }
  /** Not reached, or not signed in any more: it is tried again. */
  | { state: 'unreached'; error: Problem }
  /** Something in it is not taken: the next change is tried. */
  | { state: 'refused'; error: Problem }
  /** Somebody else has written, or it was submitted: nothing is sent until it is told how to go on. */
  | { state: 'overtaken'; error: Problem }

/** Sends what is written under the tag it was read with, and answers the new tag. */
export type Send<Draft> = (draft: Draft, etag: string) => Promise<string>

/** Milliseconds after the last key, and before another try. */
export const pauses = { still: 2_000, again: 8_000 } as const

/** Texts whose last words are on their way, by id: whoever opens one waits for that. */
const leaving = new Map<string, Promise<void>>()

export const lastWords = (textId: string): Promise<void> => leaving.get(textId) ?? Promise.resolve()

/**
 * Saves what is being written a moment after the last change, one saving after another. It lives beside the page: what is told when the
 * page goes away is sent all the same.
 */
export class Autosave<Draft extends object> {
  readonly #send: Send<Draft>
  readonly #textId: string
  #etag: string
  #draft: Draft
  #saved: string
  #saving: Saving = { state: 'saved', at: null }
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  #isClosed = false
  readonly #listeners = new Set<() => void>()

  constructor(textId: string, start: { draft: Draft; etag: string }, send: Send<Draft>) {
    this.#textId = textId
    this.#send = send
    this.#etag = start.etag
    this.#draft = start.draft
    this.#saved = JSON.stringify(start.draft)
  }

  get etag(): string {
    return this.#etag
  }

  get draft(): Draft {
    return this.#draft
  }

  readonly saving = (): Saving => this.#saving

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes what stands there now. */
  change(part: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...part }
    if (this.#saving.state === 'overtaken') return
    if (this.#isClosed) this.close()
    else this.#wait(pauses.still)
  }

  /** Sends what was not sent; whether all is at the server then. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    while (this.#running) await this.#running
    if (this.#saving.state === 'overtaken') return false
    const written = JSON.stringify(this.#draft)
    if (written === this.#saved) {
      if (this.#saving.state !== 'saved') this.#tell({ state: 'saved', at: new Date() })
      return true
    }
    this.#running = this.#attempt(written)
    await this.#running
    return this.#saving.state === 'saved'
  }

  /** Goes on over what others have written, under the tag of it; what stands here is sent. */
  goOn(etag: string): Promise<boolean> {
    this.#etag = etag
    this.#saved = ''
    this.#tell({ state: 'waiting' })
    return this.flush()
  }

  /** The page is there. */
  open(): void {
    this.#isClosed = false
  }

  /** The page goes away: what was not sent is sent now. */
  close(): void {
    this.#isClosed = true
    const last = this.flush().then(() => {
      if (leaving.get(this.#textId) === last) leaving.delete(this.#textId)
    })
    leaving.set(this.#textId, last)
  }

  async #attempt(written: string): Promise<void> {
    this.#tell({ state: 'sending' })
    try {
      this.#etag = await this.#send(this.#draft, this.#etag)
      this.#saved = written
      this.#running = undefined
      if (JSON.stringify(this.#draft) === written) this.#tell({ state: 'saved', at: new Date() })
      else this.#wait(pauses.still)
    } catch (thrown) {
      const error = thrown instanceof Problem ? thrown : asProblem(thrown)
      this.#running = undefined
      const { status } = error.details
      if (status === 409 || status === 412) this.#tell({ state: 'overtaken', error })
      else if (!error.isPassing && !error.isSignedOut) this.#tell({ state: 'refused', error })
      else {
        this.#tell({ state: 'unreached', error })
        if (!this.#isClosed) this.#timer = setTimeout(() => void this.flush(), pauses.again)
      }
    }
  }

  #wait(pause: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), pause)
    if (this.#saving.state === 'saved' || this.#saving.state === 'sending') this.#tell({ state: 'waiting' })
  }

  #tell(saving: Saving): void {
    this.#saving = saving
    for (const it of this.#listeners) it()
  }
}
