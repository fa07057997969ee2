/** A text of at most so many bytes of UTF-8, cut between characters and marked where it was cut. */
export function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let kept = ''
  let length = Buffer.byteLength('…')
  for (const character of text) {
    length += Buffer.byteLength(character)
    if (length > bytes) break
    kept += character
  }
  return `${kept}…`
}
