import type { Hiding } from '@zhibu/server/modules/discussion/schema'

/** Where this browser remembers what its reader has seen of the hidings of their posts. */
const key = 'zhibu.discussion.seen-hidings'
/** More than are told of at once. */
const mostKept = 100

/** A hiding as far as it has come: what is decided on it is told anew. */
export const standOf = ({ id, decision }: Hiding): string => `${id} ${decision ?? ''}`

export function readSeen(): string[] {
  try {
    return (localStorage.getItem(key) ?? '').split('\n')
  } catch {
    return []
  }
}

export function keepSeen(stands: readonly string[]): string[] {
  const kept = [...new Set([...stands, ...readSeen()])].slice(0, mostKept)
  try {
    localStorage.setItem(key, kept.join('\n'))
  } catch {
    // A browser that keeps nothing shows it again the next time.
  }
  return kept
}
