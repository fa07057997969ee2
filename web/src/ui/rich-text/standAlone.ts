/** Takes a picture with which a paragraph begins out of it: the text has pictures between its paragraphs, and nothing is left empty. */
export function standAlone(picture: Element): void {
  const around = picture.closest('p')
  if (!around) return
  const before = new Range()
  before.setStart(around, 0)
  before.setEndBefore(picture)
  if (before.toString().trim() === '') around.before(picture)
  if (around.childElementCount === 0 && around.textContent.trim() === '') around.remove()
}
