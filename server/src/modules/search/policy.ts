import type { Actor } from '../../platform/context.ts'
import type { Reach } from '../../platform/search/finding.ts'

/**
 * What an actor finds: whoever reads files, everything in their parts of the tree; everybody their own acts, and their own
 * documents unless the filing place is closed to them; a helper what a delegation names, of the persons whom it hands over.
 * The three administrators find nothing, not even their own.
 */
export function mayFind(actor: Actor): Reach {
  return {
    roots: actor.rootsOf('read-files'),
    own: actor.administrator === null ? actor.personId : null,
    handed: actor.delegations.map(({ personIds, fields }) => ({ personIds: [...personIds], codes: [...fields] })),
  }
}
