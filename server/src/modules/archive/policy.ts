import { type FilingPlace, trainingKinds } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'

/** Whose a document is: a person's, or where `personId` is null the organisation's own. */
export interface Owner {
  path: OrgPath
  personId: string | null
}

/**
 * Who may do what with the documents in a place of the filing list. The person concerned reads their own, unless the place is
 * closed to them, and files nothing in their own file: the others of the branch, or those above, keep it. A helper sees and
 * files what evidences the kinds of acts of the task, looks at it under a watermark and takes none of it away; the three
 * administrators see nothing.
 */
export function may(actor: Actor, it: Owner, place: Pick<FilingPlace, 'evidences' | 'closedToPerson'>) {
  const isOwn = it.personId !== null && actor.personId === it.personId
  const isClosed = isOwn && place.closedToPerson
  const reads = !isClosed && (actor.holds('read-files', it.path) || (isOwn && actor.administrator === null))
  const isTraining = place.evidences.length > 0 && place.evidences.every((kind) => trainingKinds.includes(kind))
  const keeps = actor.holds('keep-files', it.path) || (isTraining && actor.holds('keep-trainings', it.path))
  const helps = helpsWith(actor, it, place)
  return {
    read: reads || helps,
    download: reads,
    file: !isOwn && (keeps || helps),
  }
}

/** Whether a delegation covers the person and all that the place evidences. */
function helpsWith(actor: Actor, { personId }: Owner, { evidences }: Pick<FilingPlace, 'evidences'>): boolean {
  return personId !== null && evidences.length > 0 && evidences.every((kind) => actor.isHelperFor(personId, kind))
}

/** Who draws up lists of documents to be destroyed, and who decides: somebody else, from the organisation above. */
export function mayDispose(actor: Actor, it: { path: OrgPath; proposedBy?: string }) {
  const above = ancestors(it.path).at(-1) ?? it.path
  return {
    propose: actor.holds('keep-files', it.path),
    decide: actor.holds('keep-files', above) && it.proposedBy !== actor.accountId,
  }
}

/**
 * Who closes a file, takes it away as a package, and takes packages over into it: whoever keeps it, and nobody their own. What a seal says of a file names papers
 * that are closed to the person concerned, who therefore does not see it.
 */
export function mayClose(actor: Actor, it: Owner) {
  const isOwn = it.personId !== null && actor.personId === it.personId
  const keeps = !isOwn && actor.holds('keep-files', it.path)
  return { read: !isOwn && actor.holds('read-files', it.path), seal: keeps, export: keeps, receive: keeps }
}

/** Who changes the filing list and the numbers of files for the university: the organisation department of the whole university. */
export function maySettle(actor: Actor) {
  return { change: actor.rootsOf('configure-rules').some((root) => ancestors(root).length === 0) }
}
