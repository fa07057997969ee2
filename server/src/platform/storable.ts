/**
 * Where a value that came over the wire holds text that the database cannot keep: a zero byte, or half of a character pair.
 * The path is that of the text in the value, such as `details.备注`. Values may be nested as deep as a request has room for.
 */
export function unstorable(value: unknown): string[] {
  const found: string[] = []
  const open: Part[] = [{ value }]
  for (let part = open.pop(); part; part = open.pop()) {
    if (typeof part.value === 'string' && !isStorable(part.value)) found.push(pathOf(part))
    if (typeof part.value !== 'object' || part.value === null) continue
    const inner: Part[] = []
    for (const [key, value] of Object.entries(part.value)) {
      if (isStorable(key)) inner.push({ value, key, within: part })
      else found.push(pathOf(part))
    }
    for (const it of inner.reverse()) open.push(it)
  }
  return found
}

/** A value and its place in the one around it. */
interface Part {
  value: unknown
  key?: string
  within?: Part
}

function pathOf(part: Part): string {
  const keys: string[] = []
  for (let at: Part | undefined = part; at?.key !== undefined; at = at.within) keys.unshift(at.key)
  return keys.join('.')
}

/** The first so many units of a text, and no half of a character pair. */
export function beginningOf(text: string, most: number): string {
  const cut = text.slice(0, most)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
