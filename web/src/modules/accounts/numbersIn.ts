/** The student numbers in a pasted text, whatever stands between them, each once, in their order. */
export function numbersIn(text: string): string[] {
  const parts = text.normalize('NFKC').split(/[\s,;、]+/)
  return [...new Set(parts.filter((it) => it !== ''))]
}
