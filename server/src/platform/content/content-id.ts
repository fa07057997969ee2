/** The digests by which contents are named. */
export const algorithms = ['sha256', 'sm3'] as const
export type Algorithm = (typeof algorithms)[number]

/** What an id says: by which digest, and the digest in 64 hexadecimal figures. */
export interface ContentName {
  algorithm: Algorithm
  digest: string
}

/** The id of a content, such as `sha256-9f86…`. */
export const contentIdOf = ({ algorithm, digest }: ContentName): string => `${algorithm}-${digest}`

/** What an id says, or null for any other text: nothing of an id can leave the folder of contents. */
export function readContentId(text: string): ContentName | null {
  const [, named, digest] = /^(sha256|sm3)-([0-9a-f]{64})$/.exec(text) ?? []
  const algorithm = algorithms.find((it) => it === named)
  return algorithm === undefined || digest === undefined ? null : { algorithm, digest }
}

/** What a sealed content has behind its name. A plain content may begin with any bytes, so the bytes cannot tell it. */
export const sealedEnding = '.sealed'

/** The folder or the beginning of the keys below which contents lie. */
export const contentsFolder = 'contents'

/** Where a content lies, such as `contents/9f/sha256-9f86…`; null for an id that is none. */
export function placeOf(id: string, isSealed: boolean): string | null {
  const name = readContentId(id)
  return name && `${contentsFolder}/${name.digest.slice(0, 2)}/${id}${isSealed ? sealedEnding : ''}`
}

/** Which content lies at a place, by the last part of it; null where it is none. */
export function readPlace(place: string): { id: string; isSealed: boolean } | null {
  const last = place.slice(place.lastIndexOf('/') + 1)
  const isSealed = last.endsWith(sealedEnding)
  const id = isSealed ? last.slice(0, -sealedEnding.length) : last
  return readContentId(id) && { id, isSealed }
}
