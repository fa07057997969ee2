/** Things by their keys, so many bytes of them at most: what nobody has asked for longest goes first. */
export class Kept<Key, Thing> {
  readonly #mostBytes: number
  /** The one that was asked for last stands last. */
  readonly #entries = new Map<Key, { thing: Thing; bytes: number }>()
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** How many bytes are kept now. */
  get bytes(): number {
    return this.#bytes
  }

  has(key: Key): boolean {
    return this.#entries.has(key)
  }

  get(key: Key): Thing | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.thing
  }

  /** Keeps a thing of so many bytes in place of what stood there. One that is larger than all of the room is not kept. */
  set(key: Key, thing: Thing, bytes: number): void {
    this.delete(key)
    if (bytes > this.#mostBytes) return
    this.#entries.set(key, { thing, bytes })
    this.#bytes += bytes
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#mostBytes) break
      this.delete(oldest)
    }
  }

  delete(key: Key): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0
    this.#entries.delete(key)
  }
}
