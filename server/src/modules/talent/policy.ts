import type { Actor } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { maySettle } from '../development/policy.ts'
import type { StaffRecord } from './schema.ts'

/** Somebody as far as it decides who may do what with their record. */
export interface StaffFacts {
  personId: string
  /** Where they belong. */
  path: OrgPath
  /** Where they hold an office today or later. */
  officePaths: readonly OrgPath[]
  isStaff: boolean
  /** Whether anything is stored of them, also of what is over. */
  hasRecord: boolean
}

/** The parts of the tree whose staff the actor sees: where they keep the files. */
export const keepingRoots = (actor: Actor): OrgPath[] =>
  actor.administrator === null ? actor.rootsOf('keep-files') : []

/** Whether the actor keeps the record of whoever stands at a place. */
export const mayKeep = (actor: Actor, path: OrgPath): boolean =>
  actor.administrator === null && actor.holds('keep-files', path)

/** Whether the actor gives tasks and offices at a place: what is held there is settled from above, or by who manages the whole. */
const assigns = (actor: Actor, path: OrgPath): boolean =>
  actor.holds('manage-organization', path) || mayKeep(actor, ancestors(path).at(-1) ?? path)

/**
 * Who may do what with a record. What somebody says of themselves is theirs; what is official is entered by who keeps the record, and
 * nobody enters or decides their own. Of whoever never did the work there is no record, but for themselves.
 */
export function may(
  actor: Actor,
  it: StaffFacts,
): StaffRecord['can'] & { read: boolean; readNote: boolean; isOwn: boolean } {
  const isOwn = actor.personId === it.personId && actor.administrator === null
  const places = [it.path, ...it.officePaths]
  const keeps = !isOwn && places.some((path) => mayKeep(actor, path))
  return {
    isOwn,
    read: isOwn || (keeps && (it.isStaff || it.hasRecord)),
    readNote: isOwn || places.some((path) => assigns(actor, path)),
    changeOwn: isOwn && it.isStaff,
    confirm: isOwn && it.isStaff,
    ask: isOwn && it.isStaff,
    setOfficial: keeps,
    decide: keeps && it.isStaff,
  }
}

/** Who edits the list of skills: the organisation department of the whole university. */
export const mayListSkills = (actor: Actor): boolean => maySettle(actor).settle
