import type { Readable } from 'node:stream'
import { Refusal } from '../refusal.ts'

/** A content as it was stored. */
export interface Content {
  /** `sha256-<hex>` or `sm3-<hex>` of the plain content. */
  id: string
  /** Bytes of the plain content. */
  size: number
}

/** A content in a list, and when it was stored. */
export interface ListedContent extends Content {
  storedAt: Date
}

/** A part of a content in bytes: from the first to before the last, as `slice` counts. Beyond the end there is nothing. */
export interface Span {
  from?: number
  to?: number
}

/** What a look at a stored content gives: the digest of the plain content is its id, there is none, or it is another. */
export type Soundness = 'sound' | 'missing' | 'changed'

/**
 * Keeps contents under their digest: streamed, each once, never changed. It knows no rights: who may see a content is a
 * matter of the records that name it. An id that is none is a content that is not there.
 */
export interface ContentStore {
  /**
   * Stores what comes and answers when it will outlast a failure of power. What is there already is looked at and kept;
   * only a stored one that has been damaged is replaced. Refuses more than `maxBytes` as soon as they have come, and
   * keeps nothing of a source that breaks off.
   */
  put(source: AsyncIterable<Uint8Array>, limits: { maxBytes: number }): Promise<Content>
  /** The plain content or a part of it; a stream that is not read to its end must be destroyed. Refuses what is not there or has been changed. */
  read(id: string, span?: Span): Promise<Readable>
  /** Bytes of the plain content. Refuses what is not there. */
  size(id: string): Promise<number>
  has(id: string): Promise<boolean>
  /** Takes a content away, if it is there. Whoever asks for it sees to it that no record names it, nor one that is just being written. */
  remove(id: string): Promise<void>
  /** All contents, in no order that means something. */
  list(): AsyncIterable<ListedContent>
  /** Reads a content whole and looks whether it is still what its id says. */
  check(id: string): Promise<Soundness>
  /** Takes away what was begun before an instant and never became a content; answers how many. */
  tidyDrafts(before: Date): Promise<number>
}

/** That a content is not in the store. */
export const missing = () =>
  new Refusal('not-found', '存储中没有这个文件的内容，可能已被移走。请联系系统管理员从备份中恢复。')

/** That a stored content is no longer what was stored. */
export const changed = () =>
  new Refusal('unreadable', '存储中的文件内容与归档时不一致，可能已损坏或被改动。请联系系统管理员从备份中恢复。')

/** That more bytes came than may. */
export const tooLarge = (maxBytes: number) =>
  new Refusal(
    'too-large',
    `文件超过 ${sizeInWords(maxBytes)}，没有保存。请压缩、降低扫描分辨率或拆成几个文件后再上传。`,
  )

/** A part of a content of so many bytes, both ends inside it. */
export function within({ from = 0, to = Number.POSITIVE_INFINITY }: Span, size: number): Required<Span> {
  const start = Math.min(Math.max(0, from), size)
  return { from: start, to: Math.min(Math.max(start, to), size) }
}

function sizeInWords(bytes: number): string {
  const units = ['字节', 'KB', 'MB', 'GB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  return `${Math.round((bytes / 1024 ** power) * 10) / 10} ${units[power]}`
}
