import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'

/**
 * Who sees and sorts a stack of paper: whoever keeps the files where it lies. What lies in it may be anybody's there, so that
 * neither a helper, to whom a part of one file is handed, nor the person concerned sees a stack. Where a part may be filed is
 * another question, which the archive answers.
 */
export const mayStack = (actor: Actor, it: { path: OrgPath }): boolean => actor.holds('keep-files', it.path)
