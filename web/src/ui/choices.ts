/** The choices of a select input out of a table of names, in its order. */
export function choicesOf<Code extends string>(
  names: Readonly<Partial<Record<Code, string>>>,
): { value: Code; label: string }[] {
  const isCode = (it: string): it is Code => Object.hasOwn(names, it)
  return Object.keys(names)
    .filter(isCode)
    .map((value) => ({ value, label: names[value] ?? '' }))
}

/** The code of the table that was chosen or stands in the address; undefined for anything else. */
export function codeIn<Code extends string>(
  names: Readonly<Partial<Record<Code, string>>>,
  value: unknown,
): Code | undefined {
  return choicesOf(names).find((it) => it.value === value)?.value
}
