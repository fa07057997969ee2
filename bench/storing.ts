import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ContentStore } from '../server/src/platform/content/content-store.ts'
import { diskStore } from '../server/src/platform/content/disk-store.ts'
import { contentSealing } from '../server/src/platform/content/sealing.ts'
import { readSecrets } from '../server/src/platform/secrets.ts'

/** Speeds of storing in MB a second, and the memory that a content of 1 GB takes in MB. */
export interface StoringResult {
  large: Speeds
  scans: Speeds
  growth: number
}

/** MB a second: into the store, sealed into the store, and the limits of both. */
export type Speeds = Record<(typeof order)[number], number>

const rounds = 8
const order = ['limit', 'plain', 'cipherLimit', 'sealed'] as const
const mebibyte = 1_048_576
const limits = { maxBytes: 2_048 * mebibyte }

/** Measures storing in a directory; prints the result as JSON. A process of its own: what others hold in memory slows it. */
const directory = process.argv[2] ?? ''
const sealing = contentSealing(await readSecrets(directory, {}))
const storeOf = (name: string, seals: boolean) =>
  diskStore(path.join(directory, name), { algorithm: 'sha256', sealing, seals })
const stores = { plain: storeOf('plain', false), sealed: storeOf('sealed', true) }
const result: StoringResult = {
  large: await compare(128, 1),
  scans: await compare(2, 10),
  growth: await growthOf(stores.plain),
}
console.log(JSON.stringify(result))

/** The fastest of the rounds of each way: what else the machine does only slows them. */
async function compare(megabytes: number, times: number): Promise<Speeds> {
  const fastest: Speeds = { plain: 0, sealed: 0, limit: 0, cipherLimit: 0 }
  const bytes = randomBytes(megabytes * mebibyte)
  let streamed = 0
  const put = async (store: ContentStore) => {
    const { id } = await store.put(inPieces(anew(bytes)), limits)
    return () => store.remove(id)
  }
  const ways = {
    limit: () => stream(path.join(directory, `streamed-${streamed++}`), inPieces(anew(bytes)), false),
    cipherLimit: () => stream(path.join(directory, `streamed-${streamed++}`), inPieces(anew(bytes)), true),
    plain: () => put(stores.plain),
    sealed: () => put(stores.sealed),
  }
  for (let round = 0; round < rounds; round++) {
    // What one way leaves to be flushed slows the next, so each has every place in turn.
    for (let turn = 0; turn < order.length; turn++) {
      const way = order[(round + turn) % order.length] ?? 'limit'
      const started = performance.now()
      const takeAway: (() => Promise<void>)[] = []
      for (let at = 0; at < times; at++) takeAway.push(await ways[way]())
      fastest[way] = Math.max(fastest[way], (megabytes * times * 1_000) / (performance.now() - started))
      for (const it of takeAway) await it()
    }
  }
  return fastest
}

/** The limit: the bytes go through the digest, and the bare cipher where wanted, into a file, and nothing else is done for them. */
async function stream(
  file: string,
  source: AsyncIterable<Uint8Array>,
  enciphers: boolean,
): Promise<() => Promise<void>> {
  const hash = createHash('sha256')
  const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12))
  await pipeline(
    source,
    async function* (pieces) {
      for await (const it of pieces) {
        hash.update(it)
        yield enciphers ? cipher.update(it) : it
      }
    },
    createWriteStream(file),
  )
  hash.digest('hex')
  return () => rm(file)
}

/** The most that the process takes more while it stores a content of 1 GB, in MB. */
async function growthOf(store: ContentStore): Promise<number> {
  const piece = randomBytes(65_536)
  async function* long() {
    for (let at = 0; at < 16_384; at++) {
      piece.writeUInt32BE(at)
      yield Buffer.from(piece)
    }
  }
  const now = () => process.memoryUsage().rss / mebibyte
  const before = now()
  let most = before
  const watching = setInterval(() => {
    most = Math.max(most, now())
  }, 20)
  try {
    const { id } = await store.put(long(), limits)
    await store.remove(id)
  } finally {
    clearInterval(watching)
  }
  return most - before
}

/** The same bytes as another content. */
function anew(bytes: Buffer): Buffer {
  bytes.writeUInt32BE((bytes.readUInt32BE(0) + 1) % 2 ** 32)
  return bytes
}

/** As a connection gives them. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
