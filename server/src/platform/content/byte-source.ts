import { open } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { ContentStore } from './content-store.ts'

/** Bytes that are read part by part, wherever they lie. */
export interface ByteSource {
  size: number
  /** From the first to before the last, as `slice` counts; beyond the end there is nothing. */
  read(from: number, to: number): Promise<Buffer>
}

export function bytesIn(bytes: Uint8Array): ByteSource {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { size: all.length, read: async (from, to) => all.subarray(from, Math.max(from, to)) }
}

/** The first bytes of a file, or all of them. The file is opened for every part, so that nothing is left open. */
export function bytesOfFile(file: string, size: number): ByteSource {
  return {
    size,
    async read(from, to) {
      const wanted = Buffer.alloc(Math.max(0, Math.min(to, size) - from))
      const handle = await open(file, 'r')
      try {
        const { bytesRead } = await handle.read(wanted, 0, wanted.length, from)
        return wanted.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
  }
}

export async function bytesOfContent(store: ContentStore, id: string): Promise<ByteSource> {
  return { size: await store.size(id), read: async (from, to) => buffer(await store.read(id, { from, to })) }
}

/** Goes through all bytes in windows of 1 MiB. Each brings `ahead` bytes of the next, so that nothing is cut in two. */
export async function* windowsOf(source: ByteSource, ahead: number): AsyncGenerator<{ at: number; bytes: Buffer }> {
  for (let at = 0; at < source.size; at += windowBytes) {
    yield { at, bytes: await source.read(at, at + windowBytes + ahead) }
  }
}

export const windowBytes = 1_048_576
