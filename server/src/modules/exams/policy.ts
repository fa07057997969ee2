import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { runsTrainings, trainingRoots } from '../organization/policy.ts'
import type { ExamState } from './names-schema.ts'
import type { ExamCan } from './schema.ts'

/** An examination as far as it decides who may do what with it. */
export interface ExamFacts {
  path: OrgPath
  opensAt: Date
  closesAt: Date
  publishedAt: Date | null
}

/** Who holds examinations and keeps banks for an organisation: the Party school, and whoever keeps its files. */
export const mayRun = runsTrainings

/** The subtrees in which an actor does. */
export const runRoots = trainingRoots

/** Where an examination stands at an instant. */
export function stateOf({ publishedAt, opensAt, closesAt }: Omit<ExamFacts, 'path'>, now: Date): ExamState {
  if (publishedAt === null) return 'draft'
  if (now < opensAt) return 'announced'
  return now < closesAt ? 'open' : 'closed'
}

/** Who may do what with an examination. Once somebody has begun it stays, and is not taken back. */
export function may(actor: Actor, it: ExamFacts, hasBegun: boolean): ExamCan {
  const runs = mayRun(actor, it.path)
  const isPublished = it.publishedAt !== null
  return {
    change: runs,
    publish: runs && !isPublished,
    withdraw: runs && isPublished && !hasBegun,
    remove: runs && !isPublished && !hasBegun,
  }
}

/** Who runs an examination leaves what concerns themselves to others. */
export const isOwnConcern = (actor: Actor, personId: string): boolean => actor.personId === personId
