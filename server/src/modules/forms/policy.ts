import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'

/**
 * Who may do what with the forms about a person. Who reads the file by office makes them; a helper does not, to whom a part of
 * the file is handed only. The person concerned sees the columns of the central forms filled, to copy them.
 */
export function may(actor: Actor, it: { id: string; path: OrgPath }) {
  const isOwn = actor.personId === it.id
  const reads = actor.holds('read-files', it.path)
  return {
    make: reads,
    copy: reads || (isOwn && actor.administrator === null),
    report: actor.holds('keep-files', it.path) && !isOwn,
  }
}

/** Who sees the list of forms, and who changes the templates of the university. */
export const mayForms = (actor: Actor) => ({
  make: actor.holdsAnywhere('read-files'),
  settle: actor.holdsAnywhere('configure-rules'),
})
