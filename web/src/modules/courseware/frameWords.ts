/** What a package in its frame and the page around it say to one another; the other side is at the server (`runtime.ts`). */

export type Elements = Record<string, string>

/** What the frame says. */
export interface FrameMessage {
  kind: 'hello' | 'elements' | 'left'
  elements: Elements
}

/** So much of one element is kept. */
const mostCharacters = 65_536

/** A message of the frame; null for whatever else is sent there. What a package says of answers, times and points stays outside. */
export function messageOf(said: unknown): FrameMessage | null {
  if (typeof said !== 'object' || said === null || !('zhibu' in said) || said.zhibu !== 'scorm') return null
  if (!('kind' in said) || (said.kind !== 'hello' && said.kind !== 'elements' && said.kind !== 'left')) return null
  const given: unknown = 'elements' in said ? said.elements : {}
  if (typeof given !== 'object' || given === null) return null
  const elements = Object.entries(given).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && value.length <= mostCharacters && isKept(name) ? [[name, value]] : [],
  )
  return { kind: said.kind, elements: Object.fromEntries(elements) }
}

const isKept = (name: string): boolean =>
  name.length <= 100 && /^cmi\./.test(name) && !/^cmi\.(interactions|comments)|time|score/.test(name)

/** What the page tells the frame, by its name and in answer to `hello`. */
export const wordOf = (elements: Elements) => ({ zhibu: 'scorm', kind: 'told', elements }) as const

/** Whether a message comes from a frame or from one inside it. A window tells its parent to everybody. */
export function isFrom(source: MessageEventSource | null, frame: Window | null | undefined): boolean {
  if (!source || !frame || !('parent' in source)) return false
  let it: Window = source
  for (let depth = 0; depth < 8; depth++) {
    if (it === frame) return true
    if (it.parent === it) return false
    it = it.parent
  }
  return false
}
