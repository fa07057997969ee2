import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'
import { runsTrainings, trainingRoots } from '../organization/policy.ts'

/** A piece of courseware as far as it decides who may do what with it. */
export interface CoursewareFacts {
  path: OrgPath
  publishedAt: Date | null
}

/** Courseware is written by whoever runs trainings: the Party school, and those who keep the files of an organisation. */
export const mayWrite = runsTrainings

/** Where the actor writes courseware: the roots of subtrees. */
export const writingRoots = trainingRoots

/** What is published is read by whoever belongs there; what is not, by whoever writes it. */
export const mayRead = (actor: Actor, it: CoursewareFacts): boolean =>
  mayWrite(actor, it.path) || (it.publishedAt !== null && isInReach(actor, it.path))
