import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'

/** Between whom a file goes, who sent it, and whose it is. */
export interface Sides {
  path: OrgPath
  /** Null where the receiver is a unit outside. */
  toPath: OrgPath | null
  sentBy: string
  closedAt: Date | null
  personIds: readonly string[]
}

/** Who hands the file of a person over: whoever keeps it, and nobody their own. */
export const maySend = (actor: Actor, it: { id: string; path: OrgPath }): boolean =>
  actor.holds('keep-files', it.path) && actor.personId !== it.id

/**
 * Who may do what with a hand-over. Both sides read it for good. It is a two-sided act: who sent it does not receive it, and
 * nobody has a say where the own file goes.
 */
export function may(actor: Actor, { path, toPath, sentBy, closedAt, personIds }: Sides) {
  const isOpen = closedAt === null
  const isConcerned = actor.personId !== null && personIds.includes(actor.personId)
  const sends = !isConcerned && actor.holds('keep-files', path)
  const takesIn = !isConcerned && toPath !== null && actor.holds('keep-files', toPath)
  return {
    read: [path, toPath].some((it) => it !== null && actor.holds('read-files', it)),
    withdraw: isOpen && sends,
    accept: isOpen && takesIn && actor.accountId !== sentBy,
    sendBack: isOpen && takesIn && actor.accountId !== sentBy,
    enterReceipt: isOpen && toPath === null && sends,
  }
}

/** Who sees that a person's file was handed over, and when. */
export const maySeeHandovers = (actor: Actor, it: { id: string; path: OrgPath }): boolean =>
  actor.holds('read-files', it.path) || (actor.personId === it.id && actor.administrator === null)
