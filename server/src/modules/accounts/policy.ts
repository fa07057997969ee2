import { actKinds } from '@zhibu/rules'
import { type Actor, type AdministratorRole, administratorRoles } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { type Area, areas } from './schema.ts'

/** An account as far as rights over it depend on it. */
export interface RankedAccount {
  id: string
  administrator: AdministratorRole | null
  hasSecondFactor: boolean
}

/**
 * Who may do what with an account. What concerns a password and what concerns a second factor lie in two hands, and nobody
 * does either to themselves, so that no administrator can take over another.
 */
export function may(actor: Actor, it: RankedAccount) {
  const isOther = actor.accountId !== it.id
  const isSystem = actor.administrator === 'sysadmin'
  const isSecurity = actor.administrator === 'secadmin'
  return {
    lock: isOther && (isSecurity || (isSystem && it.administrator === null)),
    invite: isOther && isSystem,
    resetSecondFactor: isOther && isSecurity,
    endSessions: isOther && (isSystem || isSecurity),
    dismiss: isOther && isSecurity && it.administrator !== null,
  }
}

/**
 * Whether an account is ready to be an administrator's. None is without a second factor: so no password that the system administrator lets somebody choose, and no
 * factor that the security administrator takes off, opens the account of an administrator. Only who has a factor is
 * appointed; an administrator without one is not invited anew; one who has lost it is dismissed before it is taken off.
 */
export const mayBeAppointed = (it: RankedAccount): boolean => it.hasSecondFactor

/** Whether a new password leaves the account with its owner; see `mayBeAppointed`. */
export const mayBeInvited = (it: RankedAccount): boolean => it.administrator === null || it.hasSecondFactor

/** Whether the second factor may be taken off; see `mayBeAppointed`. */
export const mayLoseSecondFactor = (it: RankedAccount): boolean => it.administrator === null

/** Which roles are filled; the first of the others are appointed by the system administrator, once. */
export type FilledRoles = ReadonlySet<AdministratorRole>

/** Which administrators an actor may make of an account without a role. */
export function mayAppoint(actor: Actor, it: RankedAccount, filled: FilledRoles): AdministratorRole[] {
  if (it.administrator !== null || actor.accountId === it.id) return []
  if (actor.administrator === 'secadmin') return [...administratorRoles]
  if (actor.administrator !== 'sysadmin') return []
  return administratorRoles.filter((role) => role !== 'sysadmin' && !filled.has(role))
}

/** Who may see the accounts of the university, and make some. The organisation department makes those of its persons. */
export function mayKeepAccounts(actor: Actor) {
  const manages = actor.holdsAnywhere('manage-organization')
  return { list: actor.administrator !== null || manages, create: actor.administrator === 'sysadmin' || manages }
}

/** Who may make the account of a person: the system administrator, and whoever manages the organisations there. */
export function mayMakeAccountOf(actor: Actor, person: { path: OrgPath }): boolean {
  return actor.administrator === 'sysadmin' || actor.holds('manage-organization', person.path)
}

/** Who may hand on the keeping of a file: who keeps it by office. A helper does not pass it on. */
export function mayDelegate(actor: Actor, person: { path: OrgPath }): boolean {
  return actor.holds('keep-files', person.path)
}

/** Whether a task reaches into the giver's own file: who keeps files does not keep that one, and hands on no more of it. */
export const isOfOwnFile = (actor: Actor, task: { personIds: readonly string[]; fields: readonly string[] }): boolean =>
  task.personIds.some((it) => it === actor.personId) && actKinds.some((kind) => task.fields.includes(kind))

/** Who may end a delegation: whoever keeps the files of that part of the tree, such as its giver. */
export function mayEndDelegation(actor: Actor, it: { path: OrgPath }): boolean {
  return actor.holds('keep-files', it.path)
}

/** The journal is read by the auditor. */
export const mayAudit = (actor: Actor): boolean => actor.administrator === 'auditor'

/** The parts of the web that an actor may open. */
export function areasOf(actor: Actor): Area[] {
  const reads = actor.holdsAnywhere('read-files')
  const keeps = actor.holdsAnywhere('keep-files')
  const helps = actor.delegations.length > 0
  const sends = actor.holdsAnywhere('send-notices')
  const publishes = actor.holdsAnywhere('publish')
  const open: Record<Area, boolean> = {
    desk: reads || keeps || helps,
    'my-way': actor.personId !== null && actor.administrator === null,
    development: reads || keeps || helps,
    'batch-review': keeps,
    people: reads || keeps || helps,
    archive: reads || keeps || helps,
    digitization: keeps,
    reports: reads,
    exports: reads,
    organization: true,
    intake: actor.holdsAnywhere('import'),
    forms: reads,
    notices: sends || (actor.personId !== null && actor.administrator === null),
    'notice-sending': sends,
    publicity: publishes || (actor.personId !== null && actor.administrator === null),
    publishing: publishes,
    activities: actor.personId !== null && actor.administrator === null,
    training: actor.personId !== null && actor.administrator === null,
    staff: actor.personId !== null && actor.administrator === null,
    discussion: actor.personId !== null && actor.administrator === null,
    rules: true,
    system: actor.administrator !== null || keeps || helps || mayKeepAccounts(actor).list,
    accounts: mayKeepAccounts(actor).list,
    administrators: actor.administrator === 'secadmin' || actor.administrator === 'sysadmin',
    delegations: keeps || helps,
    journal: mayAudit(actor),
  }
  return areas.filter((area) => open[area])
}
