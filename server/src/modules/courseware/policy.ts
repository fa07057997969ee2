import type { Actor } from '../../platform/context.ts'
import { type OrgPath, outermost } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'

/** A piece of courseware as far as it decides who may do what with it. */
export interface CoursewareFacts {
  path: OrgPath
  publishedAt: Date | null
}

/** Courseware is written by whoever runs trainings: the Party school, and those who keep the files of an organisation. */
export const mayWrite = (actor: Actor, path: OrgPath): boolean =>
  actor.administrator === null && (actor.holds('keep-trainings', path) || actor.holds('keep-files', path))

/** Where the actor writes courseware: the roots of subtrees. */
export const writingRoots = (actor: Actor): OrgPath[] =>
  actor.administrator === null ? outermost([...actor.rootsOf('keep-trainings'), ...actor.rootsOf('keep-files')]) : []

/** What is published is read by whoever belongs there; what is not, by whoever writes it. */
export const mayRead = (actor: Actor, it: CoursewareFacts): boolean =>
  mayWrite(actor, it.path) || (it.publishedAt !== null && isInReach(actor, it.path))
