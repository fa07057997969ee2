import { createHash, randomBytes } from 'node:crypto'
import path from 'node:path'
import { diskStore } from '../../src/platform/content/disk-store.ts'
import { contentSealing } from '../../src/platform/content/sealing.ts'
import { diskUploads } from '../../src/platform/content/uploads.ts'
import { readSecrets } from '../../src/platform/secrets.ts'

/**
 * Stores contents by pieces and whole until it is killed, plain and sealed in turns, several at a time. Says on standard output what
 * was acknowledged: `content ID` of a stored one, `upload ID BYTES DIGEST` of one that goes on.
 */
const directory = process.argv[2] ?? ''
const sealing = contentSealing(await readSecrets(directory))
const stores = [false, true].map((seals) =>
  diskStore(path.join(directory, 'files'), { algorithm: 'sha256', sealing, seals }),
)
const uploads = diskUploads(path.join(directory, 'uploads'))
const limits = { maxBytes: 100_000_000 }

await Promise.all([store(0), store(1), store(2), upload()])

async function store(from: number): Promise<void> {
  for (let round = from; ; round++) {
    const { id } = (await (stores[round % 2] ?? stores[0])?.put(pieces(round), limits)) ?? { id: '' }
    console.log(`content ${id}`)
  }
}

async function upload(): Promise<void> {
  for (;;) {
    const id = await uploads.begin()
    const hash = createHash('sha256')
    let offset = 0
    for (let piece = 0; piece < 20; piece++) {
      const bytes = randomBytes(50_000)
      offset = await uploads.append(id, offset, one(bytes), limits)
      console.log(`upload ${id} ${offset} ${hash.update(bytes).copy().digest('hex')}`)
    }
    await stores[0]?.put(await uploads.finish(id), limits)
    await uploads.discard(id)
    console.log(`discarded ${id}`)
  }
}

/** From a few bytes to some hundred thousand, of which some have been stored before. */
async function* pieces(round: number): AsyncGenerator<Uint8Array> {
  const bytes = round % 5 === 0 ? Buffer.alloc(300_000, round % 3) : randomBytes(1 + ((round * 7_919) % 400_000))
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
