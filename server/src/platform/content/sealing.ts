import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'
import { randomBytesOf } from '../chance.ts'
import type { Secrets } from '../secrets.ts'
import { changed } from './content-store.ts'

/**
 * Encryption of contents at rest, AES-256-GCM. A sealed content is a header of 96 bytes (mark, id of the field key, salt, size,
 * and an HMAC over these and the id of the content) and then pieces of 64 KiB, each with its tag. The keys of a content
 * come by HKDF from the field key and the salt, so that no two contents share any; the nonce of a piece is its number and
 * whether it is the last. So a content that was cut off, lengthened, put in the place of another or mixed with it is noticed
 * when it is opened, and a part of it is read without the rest.
 */

/** Writes a content into its sealed form, piece by piece. */
export interface Sealer {
  /** Takes the next bytes of the content; gives what can be written of the sealed form, behind room for the header. */
  push(bytes: Uint8Array): Uint8Array[]
  /** The end of the sealed form, and the header that goes before everything. */
  end(id: string): { rest: Uint8Array[]; header: Buffer }
}

/** A sealed content that is ready to be read. */
export interface SealedContent {
  /** Bytes of the plain content. */
  size: number
  /** Where the pieces lie in the sealed form that hold a part of the content; the end does not belong to it. */
  placeOf(span: { from: number; to: number }): { from: number; to: number }
  /** Opens the bytes of that place. */
  opening(span: { from: number; to: number }): Transform
}

export interface Sealing {
  newSealer(): Sealer
  /** Refuses a header that was not made for this content, and a sealed form of another length. */
  openHeader(header: Buffer, id: string, sealedBytes: number): SealedContent
}

export const headerBytes = 96
const pieceBytes = 65_536
const tagBytes = 16
const placeBytes = pieceBytes + tagBytes
const mark = Buffer.from('ZHIBUSC1')
/** Mark, key id in 16 bytes, salt: what every piece is bound to. */
const boundBytes = 56
const macAt = 64

/** Seals with the newest of the field keys and opens with all of them. */
export function contentSealing({ fieldKeys }: Secrets): Sealing {
  function keysOf(bound: Buffer): { key: Buffer; macKey: Buffer } {
    const keyId = bound.toString('latin1', 8, 24).replaceAll('\0', '')
    const fieldKey = fieldKeys.find((it) => it.id === keyId)
    if (!fieldKey) throw new Error(`the key ${keyId} of a sealed content is not among the secrets`)
    const made = Buffer.from(
      hkdfSync('sha256', Buffer.from(fieldKey.key, 'base64'), bound.subarray(24), `zhibu content ${keyId}`, 64),
    )
    return { key: made.subarray(0, 32), macKey: made.subarray(32) }
  }
  return {
    newSealer() {
      const bound = Buffer.alloc(boundBytes)
      mark.copy(bound)
      bound.write(fieldKeys.at(-1)?.id ?? '', 8, 'latin1')
      randomBytesOf(32).copy(bound, 24)
      return sealer(bound, keysOf(bound))
    },
    openHeader(header, id, sealedBytes) {
      if (header.length !== headerBytes || !header.subarray(0, mark.length).equals(mark)) throw changed()
      const bound = header.subarray(0, boundBytes)
      const { key, macKey } = keysOf(bound)
      if (!timingSafeEqual(macOf(macKey, header.subarray(0, macAt), id), header.subarray(macAt))) throw changed()
      const size = Number(header.readBigUInt64BE(boundBytes))
      if (sealedBytes !== sealedBytesOf(size)) throw changed()
      return {
        size,
        placeOf({ from, to }) {
          const { first, last } = piecesOf(from, to)
          return { from: headerBytes + first * placeBytes, to: endOf(last, size) }
        },
        opening: (span) => new Opening(key, bound, size, span),
      }
    },
  }
}

/** Bytes of the plain content, by the length of its sealed form. */
export function plainBytesOf(sealedBytes: number): number {
  const inPieces = Math.max(0, sealedBytes - headerBytes)
  return Math.max(0, inPieces - Math.ceil(inPieces / placeBytes) * tagBytes)
}

function sealer(bound: Buffer, { key, macKey }: { key: Buffer; macKey: Buffer }): Sealer {
  const piece = Buffer.allocUnsafe(pieceBytes)
  let [filled, number, size] = [0, 0, 0]
  const seal = (isLast: boolean): Buffer[] => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast)).setAAD(bound)
    const body = cipher.update(piece.subarray(0, filled))
    cipher.final()
    number += 1
    filled = 0
    return [body, cipher.getAuthTag()]
  }
  return {
    push(bytes) {
      const ready: Buffer[] = []
      for (let at = 0; at < bytes.length; ) {
        // Only what comes behind a full piece tells that it is not the last.
        if (filled === pieceBytes) ready.push(...seal(false))
        const part = bytes.subarray(at, at + pieceBytes - filled)
        piece.set(part, filled)
        filled += part.length
        at += part.length
      }
      size += bytes.length
      return ready
    },
    end(id) {
      const header = Buffer.alloc(headerBytes)
      bound.copy(header)
      header.writeBigUInt64BE(BigInt(size), boundBytes)
      macOf(macKey, header.subarray(0, macAt), id).copy(header, macAt)
      return { rest: seal(true), header }
    },
  }
}

/** Opens pieces one after the other as they come and gives the wanted part of them. */
class Opening extends Transform {
  readonly #key: Buffer
  readonly #bound: Buffer
  readonly #size: number
  readonly #from: number
  readonly #to: number
  readonly #last: number
  #number: number
  #held: Buffer[] = []
  #heldBytes = 0

  constructor(key: Buffer, bound: Buffer, size: number, { from, to }: { from: number; to: number }) {
    super({ highWaterMark: 4 * pieceBytes })
    const { first, last } = piecesOf(from, to)
    this.#key = key
    this.#bound = bound
    this.#size = size
    this.#from = from
    this.#to = to
    this.#number = first
    this.#last = last
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
    try {
      while (this.#number <= this.#last) {
        const wanted = endOf(this.#number, this.#size) - headerBytes - this.#number * placeBytes
        if (this.#heldBytes < wanted) break
        const all = this.#held.length === 1 ? (this.#held[0] ?? bytes) : Buffer.concat(this.#held)
        this.#held = [all.subarray(wanted)]
        this.#heldBytes -= wanted
        const start = this.#number * pieceBytes
        const plain = this.#open(all.subarray(0, wanted))
        this.push(plain.subarray(Math.max(0, this.#from - start), Math.max(0, this.#to - start)))
        this.#number += 1
      }
      done()
    } catch {
      done(changed())
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.#number > this.#last ? null : changed())
  }

  #open(sealed: Buffer): Buffer {
    const isLast = this.#number === piecesOf(0, this.#size).last
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(this.#number, isLast), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(this.#bound).setAuthTag(sealed.subarray(-tagBytes))
    const plain = decipher.update(sealed.subarray(0, -tagBytes))
    decipher.final()
    return plain
  }
}

/** The numbers of the pieces that hold a part; an empty content has one, empty piece. */
function piecesOf(from: number, to: number): { first: number; last: number } {
  const first = Math.floor(Math.max(0, Math.min(from, to - 1)) / pieceBytes)
  return { first, last: Math.max(first, Math.ceil(to / pieceBytes) - 1) }
}

const sealedBytesOf = (size: number): number => endOf(piecesOf(0, size).last, size)

/** Where a piece ends in the sealed form. */
const endOf = (number: number, size: number): number =>
  headerBytes + number * placeBytes + Math.min(pieceBytes, size - number * pieceBytes) + tagBytes

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce.writeUInt8(isLast ? 1 : 0, 11)
  return nonce
}

const macOf = (key: Buffer, header: Buffer, id: string): Buffer =>
  createHmac('sha256', key).update(header).update(id).digest()
