import { type FileHandle, open } from 'node:fs/promises'
import { damagedDocument, limits, tooManyPages } from './limits.ts'
import type { PageSize } from './tasks.ts'

/** A page of a TIFF as it is stored, and how it has to be turned or mirrored to be seen upright, in the numbers of EXIF. */
export interface TiffPage extends PageSize {
  orientation: number
}

/**
 * The pages of a TIFF, from one directory of it to the next: the library opens each page anew from the first directory on,
 * which takes minutes for hundreds. Refuses what is damaged or leads in circles, and too many pages.
 */
export async function tiffPages(path: string): Promise<TiffPage[]> {
  const file = await open(path)
  try {
    const head = await bytesAt(file, 0, 16)
    const tiff = formatOf(head)
    const pages: TiffPage[] = []
    const seen = new Set<number>()
    for (let at = tiff.first; at !== 0; ) {
      if (seen.has(at)) throw damagedDocument()
      if (pages.length === limits.maxTiffPages) throw tooManyPages(limits.maxTiffPages + 1, limits.maxTiffPages)
      seen.add(at)
      const { page, next } = await readDirectory(file, tiff, at)
      pages.push(page)
      at = next
    }
    if (pages.length === 0) throw damagedDocument()
    return pages
  } finally {
    await file.close()
  }
}

interface Format {
  isLittle: boolean
  /** Whether places are written in eight bytes. */
  isBig: boolean
  /** Where the first directory stands. */
  first: number
}

function formatOf(head: DataView): Format {
  const order = head.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) throw damagedDocument()
  const isLittle = order === 0x4949
  const version = head.getUint16(2, isLittle)
  if (version !== 42 && version !== 43) throw damagedDocument()
  const isBig = version === 43
  return { isLittle, isBig, first: isBig ? placeAt(head, 8, isLittle) : head.getUint32(4, isLittle) }
}

/** The tags of a directory that are asked for. */
const tags = { width: 256, height: 257, orientation: 274 }

async function readDirectory(file: FileHandle, { isLittle, isBig }: Format, at: number) {
  const [countBytes, entryBytes, nextBytes] = isBig ? [8, 20, 8] : [2, 12, 4]
  const counted = await bytesAt(file, at, countBytes)
  const count = isBig ? placeAt(counted, 0, isLittle) : counted.getUint16(0, isLittle)
  if (count > 4_096) throw damagedDocument()
  const view = await bytesAt(file, at + countBytes, count * entryBytes + nextBytes)
  const values = new Map<number, number>()
  for (let entry = 0; entry < count * entryBytes; entry += entryBytes) {
    const value = entry + (isBig ? 12 : 8)
    const isShort = view.getUint16(entry + 2, isLittle) === 3
    values.set(
      view.getUint16(entry, isLittle),
      isShort ? view.getUint16(value, isLittle) : view.getUint32(value, isLittle),
    )
  }
  const [width, height] = [values.get(tags.width) ?? 0, values.get(tags.height) ?? 0]
  if (width === 0 || height === 0) throw damagedDocument()
  const end = count * entryBytes
  const next = isBig ? placeAt(view, end, isLittle) : view.getUint32(end, isLittle)
  return { page: { width, height, orientation: values.get(tags.orientation) ?? 1 }, next }
}

const placeAt = (view: DataView, at: number, isLittle: boolean): number => Number(view.getBigUint64(at, isLittle))

async function bytesAt(file: FileHandle, at: number, length: number): Promise<DataView> {
  if (!Number.isSafeInteger(at)) throw damagedDocument()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  if (bytesRead < length) throw damagedDocument()
  return new DataView(buffer.buffer, buffer.byteOffset, length)
}
