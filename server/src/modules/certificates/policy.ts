import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { runsTrainings, trainingRoots } from '../organization/policy.ts'

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
export const mayIssue = runsTrainings

/** The parts of the tree in which the actor issues certificates. */
export const issuingRoots = trainingRoots

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
    /** What was revoked is kept by those who issue; nobody is handed it as one that holds. */
    download: it.hasPaper && (issues || (isOwn && !it.isRevoked)),
  }
}
