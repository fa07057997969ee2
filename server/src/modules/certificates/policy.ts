import type { Actor } from '../../platform/context.ts'
import { type OrgPath, outermost } from '../../platform/org-path.ts'

/** A certificate as far as it decides who may do what with it. */
export interface CertificateFacts {
  path: OrgPath
  personId: string
  isRevoked: boolean
  isReplaced: boolean
  isFiled: boolean
  hasPaper: boolean
}

/** Who issues certificates of an organisation: the Party school, and whoever keeps the files there or above. */
export const mayIssue = (actor: Actor, path: OrgPath): boolean =>
  actor.administrator === null && (actor.holds('keep-trainings', path) || actor.holds('keep-files', path))

/** The parts of the tree in which the actor issues certificates. */
export const issuingRoots = (actor: Actor): OrgPath[] =>
  actor.administrator === null ? outermost([...actor.rootsOf('keep-trainings'), ...actor.rootsOf('keep-files')]) : []

/** Whoever issues reads and revokes; the person concerned reads their own and changes nothing of it. */
export function may(actor: Actor, it: CertificateFacts) {
  const isOwn = actor.administrator === null && actor.personId === it.personId
  const issues = mayIssue(actor, it.path)
  return {
    read: issues || isOwn,
    revoke: issues && !isOwn && !it.isRevoked,
    replace: issues && !isOwn && !it.isReplaced,
    file: issues && !isOwn && !it.isRevoked && !it.isFiled && it.hasPaper,
    printAgain: issues && !it.hasPaper,
  }
}
