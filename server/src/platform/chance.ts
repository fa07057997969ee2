import { randomFillSync } from 'node:crypto'

/** Random bytes of the operating system are fetched so many at a time: each fetching costs more than the bytes. */
const pool = Buffer.allocUnsafe(8_192)
let used = pool.length

/** So many random bytes, fit for keys and nonces; each is handed out once. At most 256 at a time. */
export function randomBytesOf(length: number): Buffer {
  if (length > 256) throw new RangeError(`so many random bytes at a time are not for this: ${length}`)
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + length))
  pool.fill(0, used, used + length)
  used += length
  return bytes
}
