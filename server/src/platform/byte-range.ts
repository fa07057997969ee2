/** A part of a file in bytes, from the first to before the last. */
export interface ByteRange {
  from: number
  to: number
}

/**
 * What a `Range` header asks for of a file of so many bytes (RFC 9110, 14.1.2): null where the whole is to be sent, because
 * nothing is asked for, or something that need not be understood such as several parts; `unsatisfiable` beyond the end.
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { from: size - length, to: size }
  }
  const from = Number(first)
  const to = last === '' ? size : Math.min(Number(last) + 1, size)
  if (from >= size) return 'unsatisfiable'
  return to <= from ? null : { from, to }
}
