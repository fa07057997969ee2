import { randomBytesOf } from './chance.ts'

/** The millisecond of the last id, and how many ids it had; the count stands in the 12 bits behind the time. */
let moment = 0
let count = 0

/**
 * A new UUID v7, made here and not by the database. Each sorts behind all that this process made before, also within a
 * millisecond and when the clock is set back (RFC 9562, 6.2, method 1), so that what ties by day keeps the order of its entry.
 */
export function newId(): string {
  const now = Date.now()
  if (now > moment) {
    moment = now
    count = 0
  } else if (++count > 0xfff) {
    moment++
    count = 0
  }
  const bytes = randomBytesOf(16)
  bytes.writeUIntBE(moment, 0, 6)
  bytes.writeUInt16BE(0x7000 | count, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The least id that `newId` makes from an instant on. */
export const firstIdOf = (at: string): string =>
  `${Date.parse(at)
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')}-0000-0000-000000000000`
