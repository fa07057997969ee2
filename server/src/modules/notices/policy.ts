import type { Actor } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { maySettle as settlesRules } from '../development/policy.ts'
import { alwaysSources, type NoticeSource } from './schema.ts'

/** A notice as far as it decides who may do what with it. */
export interface NoticeState {
  path: OrgPath
  senderAccountId: string | null
  sentAt: Date | null
  recalledAt: Date | null
  droppedAt: Date | null
  /** Whether another one corrects it. */
  isCorrected: boolean
  source: NoticeSource | null
}

/** Stands for the sender of what goes by itself: no account has this id. */
export const noAccount = '00000000-0000-0000-0000-000000000000'

/** Who writes and sends notices of an organisation. */
export const maySend = (actor: Actor, path: OrgPath): boolean => actor.holds('send-notices', path)

/**
 * Whether an actor is the sender of a notice: the account that sent it. Of what went by itself it is whoever sends notices in just that
 * organisation, who would have sent it, and nobody above.
 */
export const isSender = (
  actor: Actor,
  { path, senderAccountId }: Pick<NoticeState, 'path' | 'senderAccountId'>,
): boolean =>
  senderAccountId === noAccount
    ? actor.grants.some((grant) => grant.path === path && grant.rights.includes('send-notices'))
    : senderAccountId === actor.accountId

/**
 * Who may do what with a notice. Officers of the organisation see and change what waits there; what was sent is taken back or corrected by
 * its sender, or by an officer above where the sender is gone. Who has read it is seen by the sender, as long as they hold such an
 * office, and by nobody else. What tells people of a matter of their own is between them and the platform: nobody else sees to whom it went.
 */
export function may(actor: Actor, it: NoticeState) {
  const isOfficer = maySend(actor, it.path)
  const waits = isOfficer && it.sentAt === null && it.droppedAt === null
  const stands = isOfficer && it.sentAt !== null && it.recalledAt === null && !it.isCorrected && !tellsOwnMatter(it)
  return {
    change: waits,
    send: waits,
    drop: waits,
    recall: stands,
    correct: stands,
    seeReceipts: isOfficer && it.sentAt !== null && isSender(actor, it) && !tellsOwnMatter(it),
  }
}

/** Whether a notice tells people of a matter of their own: a place, a work, a lecture for which they have signed up. */
export const tellsOwnMatter = ({ source }: Pick<NoticeState, 'source'>): boolean =>
  alwaysSources.some((it) => it === source)

/** Who settles lead times and what goes by itself: who settles what the rules are applied with. */
export const maySettle = (actor: Actor): boolean => settlesRules(actor).settle

/**
 * Who may have a calendar: whoever is a person of the university their own (without a place) and that of the university, which names
 * nobody; that of a branch or committee whoever reads the files there. The administrators have none. Asked again at each reading.
 */
export function mayHaveCalendar(actor: Actor, path: OrgPath | null): boolean {
  if (actor.administrator !== null || actor.personId === null) return false
  return path === null || isUniversity(path) || actor.holds('read-files', path)
}

/** Whether the whole university stands at this place of the tree. */
export const isUniversity = (path: OrgPath): boolean => ancestors(path).length === 0
