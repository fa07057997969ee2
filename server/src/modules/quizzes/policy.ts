import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'
import { mayHold } from '../activities/policy.ts'

/** A set of questions as far as it decides who may do what with it. */
export interface QuizFacts {
  path: OrgPath
  publishedAt: Date | null
}

/** Sets are written, and rooms opened, by whoever holds the activities of an organisation. */
export const mayWrite = mayHold

/** What is published is answered by whoever belongs there; what is not, is read by whoever writes it. */
export const mayRead = (actor: Actor, it: QuizFacts): boolean =>
  mayWrite(actor, it.path) || (it.publishedAt !== null && isInReach(actor, it.path))
