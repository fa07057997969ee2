import type { ByteSource } from '../content/byte-source.ts'
import { damagedMedia } from './blanked.ts'

/** A box of an MP4 (ISO/IEC 14496-12): its type and where it lies. */
export interface Box {
  type: string
  at: number
  /** Where what is in it begins, and where it ends. */
  from: number
  to: number
}

/** The box that begins here. Refuses one that reaches out of where it lies. */
export async function boxAt(source: ByteSource, at: number, end: number): Promise<Box> {
  const head = await source.read(at, at + 16)
  if (head.length < 8) throw damagedMedia()
  const short = head.readUInt32BE(0)
  const type = head.toString('latin1', 4, 8)
  const isLong = short === 1 && head.length === 16
  const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short
  const from = at + (isLong ? 16 : 8)
  const to = at + size
  if (to < from || to > end) throw damagedMedia()
  return { type, at, from, to }
}
