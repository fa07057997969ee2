import net from 'node:net'

/**
 * A connection on which everything that is written in the same moment leaves in one call to the system: the beginning of a
 * transaction together with its first statement. Each call wakes the other side, which costs more than many statements.
 */
export class GatheringSocket extends net.Socket {
  #isGathering = false

  override write(
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean {
    if (!this.#isGathering) {
      this.#isGathering = true
      this.cork()
      process.nextTick(() => {
        this.#isGathering = false
        this.uncork()
      })
    }
    return typeof encoding === 'string' ? super.write(chunk, encoding, done) : super.write(chunk, encoding ?? done)
  }
}
