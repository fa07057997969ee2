/** Films and sounds made for tests, as small as they may be, with personal data at every place where devices put it. */

/** What must be found in nothing that is kept. */
export const personal = '+30.2500+120.1600/张三的手机'
const secret = Buffer.from(personal)

const numbers = (...all: number[]): Buffer => {
  const bytes = Buffer.alloc(all.length * 4)
  for (const [at, it] of all.entries()) bytes.writeUInt32BE(it, at * 4)
  return bytes
}

/** A box of an MP4. */
export const box = (type: string, ...inside: Buffer[]): Buffer => {
  const body = Buffer.concat(inside)
  return Buffer.concat([numbers(8 + body.length), Buffer.from(type, 'latin1'), body])
}

/** Seen at its place: a sample of a film, or of a sound. */
export const seen = Buffer.from('what is seen and heard')

interface TrackOf {
  handler: string
  codec: string
  at: number
  bytes: number
}

const madeAt = 3_900_000_000

const track = ({ handler, codec, at, bytes }: TrackOf): Buffer =>
  box(
    'trak',
    box(
      'tkhd',
      numbers(0, madeAt, madeAt, 1, 0, 5_000, 0, 0, 0, 0),
      numbers(0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000),
      numbers(1280 * 65_536, 720 * 65_536),
    ),
    box('meta', secret),
    box(
      'mdia',
      box('mdhd', numbers(0, madeAt, madeAt, 1000, 5_000, 0)),
      box('hdlr', numbers(0, 0), Buffer.from(handler), numbers(0, 0, 0), secret),
      box(
        'minf',
        box(
          'stbl',
          box('stsd', numbers(0, 1), box(codec, Buffer.alloc(70))),
          box('stsc', numbers(0, 1, 1, 1, 1)),
          box('stsz', numbers(0, 0, 1, bytes)),
          box('stco', numbers(0, 1, at)),
        ),
      ),
    ),
  )

/** A film of five seconds with a place, a maker, the way of the camera in a track of its own, and what was left behind. */
export function mp4(
  codec = 'avc1',
  { brand = 'isom', more = Buffer.alloc(0) }: { brand?: string; more?: Buffer } = {},
): Buffer {
  const type = box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`))
  const data = box('mdat', seen, secret)
  const at = type.length + 8
  const way = { handler: 'meta', codec: 'mebx', at: at + seen.length, bytes: secret.length }
  return Buffer.concat([
    type,
    data,
    box(
      'moov',
      box('mvhd', numbers(0, madeAt, madeAt, 1000, 5_000), Buffer.alloc(80)),
      track({ handler: 'vide', codec, at, bytes: seen.length }),
      track(way),
      box('udta', box('\xa9xyz', secret), box('loci', secret)),
      box('uuid', secret),
    ),
    box('uuid', secret),
    box('free', secret),
    more,
  ])
}

/** A sound of a phone: an MP4 without a picture. */
export function m4a(): Buffer {
  const type = box('ftyp', Buffer.from('M4A \0\0\0\0M4A '))
  const sound = { handler: 'soun', codec: 'mp4a', at: type.length + 8, bytes: seen.length }
  const head = box('mvhd', numbers(0, madeAt, madeAt, 1000, 5_000), Buffer.alloc(80))
  return Buffer.concat([type, box('mdat', seen), box('moov', head, track(sound), box('udta', secret))])
}

/** An element of a WebM. */
const element = (id: number, ...inside: Buffer[]): Buffer => {
  const body = Buffer.concat(inside)
  const name = Buffer.from(id.toString(16).padStart(id.toString(16).length + (id.toString(16).length % 2), '0'), 'hex')
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(body.length) | (1n << 56n))
  return Buffer.concat([name, size, body])
}

const float = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

/** A film of a browser: a cluster of unknown length, and tags with names. */
export const webm = (trackType = 1): Buffer =>
  Buffer.concat([
    element(0x1a45dfa3, element(0x4282, Buffer.from('webm'))),
    element(
      0x18538067,
      element(
        0x1549a966,
        element(0x2ad7b1, Buffer.from([0x0f, 0x42, 0x40])),
        element(0x4489, float(2_500)),
        element(0x7ba9, secret),
        element(0x4d80, secret),
        element(0x4461, Buffer.alloc(8, 1)),
      ),
      element(
        0x1654ae6b,
        element(
          0xae,
          element(0x83, Buffer.from([trackType])),
          element(0x536e, secret),
          element(0xe0, element(0xb0, Buffer.from([5, 0])), element(0xba, Buffer.from([2, 0xd0]))),
        ),
      ),
      element(0x1254c367, secret),
      element(0x1941a469, secret),
      Buffer.from('1f43b67501ffffffffffffff', 'hex'),
      element(0xe7, Buffer.from([0])),
      element(0xa3, seen),
    ),
  ])

/** One second of silence as an MP3 of 128 kbit/s, with a tag before and two behind. */
export function mp3(): Buffer {
  const frame = Buffer.alloc(417)
  frame.writeUInt32BE(0xfffb_9000)
  const tag = Buffer.concat([
    Buffer.from('ID3\x03\0\0\0\0\0', 'latin1'),
    Buffer.from([secret.length + 10]),
    secret,
    Buffer.alloc(10),
  ])
  const ape = Buffer.alloc(32)
  ape.write('APETAGEX')
  ape.writeUInt32LE(2000, 8)
  ape.writeUInt32LE(32 + secret.length, 12)
  const old = Buffer.concat([Buffer.from('TAG'), secret, Buffer.alloc(125 - secret.length)])
  return Buffer.concat([tag, ...Array.from({ length: 38 }, () => frame), secret, ape, old])
}

/** Half a second of silence as a WAV, with a list of who made it. */
export function wav(): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const size = Buffer.alloc(4)
    size.writeUInt32LE(body.length)
    return Buffer.concat([Buffer.from(type), size, body, Buffer.alloc(body.length % 2)])
  }
  const format = Buffer.alloc(16)
  format.writeUInt16LE(1, 0)
  format.writeUInt16LE(1, 2)
  format.writeUInt32LE(8_000, 4)
  format.writeUInt32LE(8_000, 8)
  format.writeUInt16LE(1, 12)
  format.writeUInt16LE(8, 14)
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('fmt ', format),
    chunk('LIST', secret),
    chunk('data', Buffer.alloc(4_000, 128)),
    chunk('bext', secret),
  ])
  return Buffer.concat([chunk('RIFF', body), secret])
}

/** Two seconds of Opus in an Ogg, with comments that go over three pages. */
export function ogg(): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head.writeUInt8(1, 8)
  head.writeUInt8(1, 9)
  head.writeUInt32LE(48_000, 12)
  const entry = Buffer.concat([secret, Buffer.alloc(70_000, secret)])
  const length = (bytes: number) => {
    const size = Buffer.alloc(4)
    size.writeUInt32LE(bytes)
    return size
  }
  const comment = Buffer.concat([
    Buffer.from('OpusTags'),
    length(4),
    Buffer.from('me99'),
    length(1),
    length(entry.length),
    entry,
  ])
  const page = (number: number, granule: number, body: Buffer, isEnd: boolean) => {
    const lacing = Array.from({ length: Math.floor(body.length / 255) }, () => 255)
    if (isEnd) lacing.push(body.length % 255)
    const start = Buffer.alloc(27)
    start.write('OggS')
    start.writeBigInt64LE(BigInt(granule), 6)
    start.writeUInt32LE(7, 14)
    start.writeUInt32LE(number, 18)
    start.writeUInt8(lacing.length, 26)
    return Buffer.concat([start, Buffer.from(lacing), body])
  }
  const full = 255 * 255
  return Buffer.concat([
    page(0, 0, head, true),
    page(1, -1, comment.subarray(0, full), false),
    page(2, 0, comment.subarray(full), true),
    page(3, 96_000, seen, true),
  ])
}
