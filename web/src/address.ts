/** What an address may carry behind the question mark: texts, or lists of texts. */
export type SearchValues = Record<string, string | string[]>

/** The part behind the question mark as texts: `q=2021` stays the text "2021"; a repeated key is a list. */
export function readSearch(text: string): SearchValues {
  const values: SearchValues = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const before = values[key]
    values[key] = before === undefined ? value : [before, value].flat()
  }
  return values
}

/** The same back, with the question mark; keys without a value are left out. */
export function writeSearch(values: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    for (const it of [value].flat()) if (it !== undefined && it !== null && it !== '') search.append(key, String(it))
  }
  const text = search.toString()
  return text && `?${text}`
}

/** The value if it is one of the list; for `validateSearch`. */
export function oneOf<const Choice extends string>(choices: readonly Choice[], value: unknown): Choice | undefined {
  return choices.find((it) => it === value)
}

/** The value if it is a text with something in it; for `validateSearch`. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A path of this site to return to, or "/" for anything that could lead elsewhere. */
export function ownPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])[^\p{Cc}]*$/u.test(value) ? value : '/'
}
