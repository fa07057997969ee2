import { actKinds, trainingKinds } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'

/**
 * Who may do what with a person's file. The person concerned reads it and whatever the office does not write in it: the
 * others of the branch, or those above, keep it. A helper sees and records the kinds of acts that a delegation names; the
 * three administrators see nothing of it, not even their own.
 */
export function may(actor: Actor, it: { path: OrgPath; personId: string }) {
  const isOwn = isOwnFile(actor, it)
  const reads = actor.holds('read-files', it.path) || (isOwn && actor.administrator === null)
  const keeps = actor.holds('keep-files', it.path)
  const trains = actor.holds('keep-trainings', it.path)
  const delegated = actKinds.filter((kind) => actor.isHelperFor(it.personId, kind))
  return {
    read: reads || delegated.length > 0,
    /** The kinds of acts that may be seen. */
    see: reads ? actKinds : delegated,
    /** The kinds of acts that may be recorded and corrected. */
    record: actKinds.filter(
      (kind) => !isOwn && (keeps || (trains && trainingKinds.includes(kind)) || delegated.includes(kind)),
    ),
    plan: keeps && !isOwn,
  }
}

/** Whether it is the actor's own file. */
export const isOwnFile = (actor: Actor, { personId }: { personId: string }): boolean => actor.personId === personId

/** Who may do what with a batch under pre-check that lies in this part of the tree. */
export function mayBatch(actor: Actor, it: { path: OrgPath }) {
  return { read: actor.holds('read-files', it.path), run: actor.holds('keep-files', it.path) }
}

/** Who may change what the university has settled for itself: the organisation department of the whole university. */
export function maySettle(actor: Actor) {
  return { settle: actor.rootsOf('configure-rules').some((root) => ancestors(root).length === 0) }
}
