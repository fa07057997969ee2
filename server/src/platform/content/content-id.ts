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
