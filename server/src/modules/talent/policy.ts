import type { Day } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { maySettle } from '../development/policy.ts'
import type { OrganizationKind } from '../organization/kinds-schema.ts'
import { may as mayAt, rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import type { SuccessionState } from './names-schema.ts'
import type { StaffRecord } from './schema.ts'
import type { SuccessionView } from './succession-schema.ts'

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

/** The hand-over of an office, as far as it decides who may do what with it. */
export interface SuccessionFacts {
  path: OrgPath
  kind: OrganizationKind
  office: OfficeKind
  outgoingPersonId: string
  incomingPersonId: string | null
  lastOn: Day | null
  firstOn: Day | null
  settledOn: Day | null
  closedOn: Day | null
  droppedOn: Day | null
  /** Whether the kit was drawn up, and which sides have signed it. */
  isDrawnUp: boolean
  hasOutgoingSigned: boolean
  hasIncomingSigned: boolean
}

/** Where a hand-over stands. */
export function successionStateOf({ droppedOn, closedOn, settledOn }: SuccessionFacts): SuccessionState {
  if (droppedOn !== null) return 'dropped'
  if (closedOn !== null) return 'finished'
  return settledOn === null ? 'preparing' : 'settled'
}

/** Whether the actor gives this office there, and so hands it over. Nobody hands over an office that they leave or come into. */
export const handsOver = (
  actor: Actor,
  it: Pick<SuccessionFacts, 'path' | 'kind' | 'office' | 'outgoingPersonId' | 'incomingPersonId'>,
): boolean =>
  actor.administrator === null &&
  actor.personId !== it.outgoingPersonId &&
  (it.incomingPersonId === null || actor.personId !== it.incomingPersonId) &&
  mayAt(actor, it).appoint.includes(it.office)

/**
 * Who may do what in a hand-over on a day. Who gives the office settles it; who goes writes and signs, who comes signs. Who was named as the
 * successor reads the kit until their first day, also where both have signed before it; from then on it is read by whoever may do
 * there what the office may. What was signed is not written any more.
 */
export function maySucceed(
  actor: Actor,
  it: SuccessionFacts,
  today: Day,
): SuccessionView['can'] & {
  read: boolean
  readKit: boolean
  opensPages: boolean
  isOutgoing: boolean
  isIncoming: boolean
} {
  const isPerson = actor.administrator === null && actor.personId !== null
  const isOutgoing = isPerson && actor.personId === it.outgoingPersonId
  const isIncoming = isPerson && actor.personId === it.incomingPersonId
  const isOpen = it.closedOn === null && it.droppedOn === null
  const runs = handsOver(actor, it)
  const doesTheWork = rightsOf[it.office].every((right) => actor.holds(right, it.path))
  const isOfBoth = isOutgoing || isIncoming
  const isStillToCome = isIncoming && (it.firstOn === null ? isOpen : today < it.firstOn)
  const readKit = runs || (it.droppedOn === null && (isStillToCome || (isOfBoth && doesTheWork)))
  const hasOutgoingLeft = it.lastOn !== null && it.lastOn < today
  return {
    isOutgoing,
    isIncoming,
    read: runs || (isOfBoth && it.droppedOn === null),
    readKit,
    opensPages: readKit && (runs || doesTheWork),
    nameSuccessor: runs && isOpen && it.firstOn === null && !it.hasIncomingSigned,
    write: isOpen && !it.isDrawnUp && (runs || isOutgoing),
    settle: runs && isOpen && (it.settledOn === null || (it.incomingPersonId !== null && it.firstOn === null)),
    signOutgoing: isOutgoing && isOpen && !it.hasOutgoingSigned,
    signIncoming: isIncoming && isOpen && !it.hasIncomingSigned && (it.isDrawnUp || hasOutgoingLeft),
    close: runs && isOpen && it.settledOn !== null,
    drop: runs && isOpen && it.settledOn === null,
    export: readKit && it.droppedOn === null,
  }
}
