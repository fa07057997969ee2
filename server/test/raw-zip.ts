import { crc32, deflateRawSync } from 'node:zlib'

/** A zip file put together byte by byte, to be as wrong as an attacker likes. */
export interface RawEntry {
  name: string | Uint8Array
  content?: Buffer
  method?: number
  flags?: number
  attributes?: number
  crc?: number
  declared?: number
  localName?: string
  /** The unpacked size that its own header says. */
  localDeclared?: number
  /** Fields behind the name in its own header. */
  localExtra?: Buffer
  /** Lies where an earlier entry lies. */
  sharedWith?: number
  before?: Buffer
  packed?: Buffer
}

/** Such a zip file. */
export function rawZip(entries: readonly RawEntry[], { comment = '' } = {}): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const offsets: number[] = []
  let at = 0
  for (const it of entries) {
    const name = Buffer.from(it.name)
    const plain = it.content ?? Buffer.alloc(0)
    const packed = it.packed ?? (it.method === 8 ? deflateRawSync(plain) : plain)
    const header = (signature: number, local: boolean) => {
      const bytes = Buffer.alloc(local ? 30 : 46)
      const shift = local ? 0 : 2
      bytes.writeUInt32LE(signature, 0)
      if (!local) bytes.writeUInt16LE((3 << 8) | 63, 4)
      bytes.writeUInt16LE(20, 4 + shift)
      bytes.writeUInt16LE(it.flags ?? 0x800, 6 + shift)
      bytes.writeUInt16LE(it.method ?? 0, 8 + shift)
      bytes.writeUInt32LE(it.crc ?? crc32(plain), 14 + shift)
      bytes.writeUInt32LE(packed.length, 18 + shift)
      bytes.writeUInt32LE((local ? it.localDeclared : undefined) ?? it.declared ?? plain.length, 22 + shift)
      bytes.writeUInt16LE(local ? Buffer.byteLength(it.localName ?? name) : name.length, 26 + shift)
      if (local) bytes.writeUInt16LE(it.localExtra?.length ?? 0, 28)
      return bytes
    }
    const extra = it.localExtra ?? Buffer.alloc(0)
    if (it.before) {
      parts.push(it.before)
      at += it.before.length
    }
    const own = it.sharedWith === undefined ? at : (offsets[it.sharedWith] ?? 0)
    offsets.push(own)
    if (it.sharedWith === undefined) {
      const bytes = Buffer.concat([header(0x04034b50, true), Buffer.from(it.localName ?? name), extra, packed])
      parts.push(bytes)
      at += bytes.length
    }
    const central = header(0x02014b50, false)
    central.writeUInt32LE(((it.attributes ?? 0o100644) << 16) >>> 0, 38)
    central.writeUInt32LE(own, 42)
    directory.push(central, name)
  }
  const size = directory.reduce((sum, it) => sum + it.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(Buffer.byteLength(comment), 20)
  return Buffer.concat([...parts, ...directory, end, Buffer.from(comment)])
}
