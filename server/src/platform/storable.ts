/**
 * Where a value that came over the wire holds text that the database cannot keep: a zero byte, or half of a character pair.
 * The path is that of the text in the value, such as `details.备注`.
 */
export function unstorable(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [path.join('.')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    isStorable(key) ? unstorable(inner, [...path, key]) : [path.join('.')],
  )
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
