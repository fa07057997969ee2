import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A plain tar file, as every system can open it: files only, no owners, no links. */

const blockBytes = 512

/** What goes into a tar file. `source` is a file on disk. */
export interface TarEntry {
  name: string
  source: string
}

/** A file inside a tar file, and where its bytes lie. */
export interface TarMember {
  name: string
  offset: number
  bytes: number
}

/** Writes a new tar file, readable by its owner only. Refuses to write over a file that is there. */
export async function writeTar(file: string, entries: readonly TarEntry[]): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    for (const { name, source } of entries) {
      const { size } = await stat(source)
      await handle.write(headerOf(name, size))
      for await (const chunk of createReadStream(source)) await handle.write(chunk as Buffer)
      await handle.write(Buffer.alloc(paddingOf(size)))
    }
    await handle.write(Buffer.alloc(2 * blockBytes))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Lists the files in a tar file. Refuses one that is cut off or whose headers are damaged. */
export async function listTar(file: string): Promise<TarMember[]> {
  const { size } = await stat(file)
  const handle = await open(file, 'r')
  try {
    const members: TarMember[] = []
    for (let at = 0; ; ) {
      const header = await readHeader(handle, at)
      if (header === null) return members
      const { name, bytes } = header
      at += blockBytes
      if (at + bytes > size) throw new Error(`${file} 不完整。 (It is cut off.)`)
      members.push({ name, offset: at, bytes })
      at += bytes + paddingOf(bytes)
    }
  } finally {
    await handle.close()
  }
}

/** The bytes of one file of a tar file. */
export function readMember(file: string, { offset, bytes }: TarMember) {
  return bytes === 0 ? Readable.from([]) : createReadStream(file, { start: offset, end: offset + bytes - 1 })
}

/** Unpacks one file of a tar file. */
export async function extractMember(file: string, member: TarMember, target: string): Promise<void> {
  await pipeline(readMember(file, member), createWriteStream(target, { mode: 0o600 }))
}

function headerOf(name: string, bytes: number): Buffer {
  const header = Buffer.alloc(blockBytes)
  const encoded = Buffer.from(name)
  if (encoded.length > 100) throw new Error(`the name ${name} is too long for a backup`)
  encoded.copy(header)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  writeSize(header, bytes)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Octal to 8 GB, beyond that in base 256, as GNU tar does. */
function writeSize(header: Buffer, bytes: number): void {
  if (bytes < 8 ** 11) header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header.writeUInt8(0x80, 124)
    header.writeBigUInt64BE(BigInt(bytes), 128)
  }
}

async function readHeader(handle: FileHandle, at: number): Promise<{ name: string; bytes: number } | null> {
  const header = Buffer.alloc(blockBytes)
  const { bytesRead } = await handle.read(header, 0, blockBytes, at)
  if (bytesRead < blockBytes) throw new Error('备份文件不完整。 (The backup is cut off.)')
  if (header.every((byte) => byte === 0)) return null
  const expected = Number.parseInt(textOf(header, 148, 8), 8)
  header.write('        ', 148)
  if (checksumOf(header) !== expected) throw new Error('这不是备份文件，或文件已损坏。 (Not a backup, or damaged.)')
  const isLarge = header.readUInt8(124) === 0x80
  const bytes = isLarge ? Number(header.readBigUInt64BE(128)) : Number.parseInt(textOf(header, 124, 12), 8)
  return { name: textOf(header, 0, 100), bytes }
}

function textOf(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString()
}

const checksumOf = (header: Buffer) => header.reduce((sum, byte) => sum + byte, 0)

const paddingOf = (bytes: number) => (blockBytes - (bytes % blockBytes)) % blockBytes
