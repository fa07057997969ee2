import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'

/** Who may do what with an import into this part of the tree: whoever may import there. */
export function may(actor: Actor, it: { path: OrgPath }) {
  const imports = actor.holds('import', it.path)
  return { read: imports, change: imports, commit: imports, undo: imports }
}
