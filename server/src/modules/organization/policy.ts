import type { Actor, Right } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import type { OfficeKind } from './schema.ts'

/** What an office allows in the organisation in which it is held, and in all below it. */
export const rightsOf: Record<OfficeKind, readonly Right[]> = {
  secretary: ['read-files', 'keep-files', 'import'],
  deputySecretary: ['read-files', 'keep-files', 'import'],
  orgMember: ['read-files', 'keep-files', 'import'],
  publicityMember: ['read-files'],
  disciplineMember: ['read-files'],
  organiser: ['read-files', 'keep-files', 'import'],
  orgDepartment: ['read-files', 'keep-files', 'import', 'manage-organization', 'configure-rules'],
  publicityDepartment: [],
  partySchool: ['read-files', 'keep-trainings'],
}

/**
 * Who may do what with an organisation. Its name and its officers are known to all who are signed in.
 * Setting up below it and dissolving it are changes; the authority to approve is given by those above, not by itself.
 */
export function may(actor: Actor, it: { path: OrgPath }) {
  const manages = actor.holds('manage-organization', it.path)
  return {
    read: true,
    change: manages,
    appoint: manages,
    authorise: actor.holds('manage-organization', ancestors(it.path).at(-1) ?? it.path),
    readFiles: actor.holds('read-files', it.path),
    keepFiles: actor.holds('keep-files', it.path),
  }
}
