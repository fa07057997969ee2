import type { Actor, Right } from '../../platform/context.ts'
import { ancestors, type OrgPath, outermost } from '../../platform/org-path.ts'
import { branchKinds, type OrganizationKind } from './kinds-schema.ts'
import { type OfficeKind, officeKinds } from './schema.ts'

/** What an office allows in the organisation in which it is held, and in all below it. */
export const rightsOf: Record<OfficeKind, readonly Right[]> = {
  secretary: ['read-files', 'keep-files', 'import', 'send-notices', 'publish', 'moderate', 'hold-activities'],
  deputySecretary: ['read-files', 'keep-files', 'import', 'send-notices', 'publish', 'moderate', 'hold-activities'],
  orgMember: ['read-files', 'keep-files', 'import', 'send-notices', 'hold-activities'],
  publicityMember: ['read-files', 'send-notices', 'publish', 'moderate', 'hold-activities'],
  disciplineMember: ['read-files'],
  organiser: ['read-files', 'keep-files', 'import', 'send-notices', 'moderate', 'hold-activities'],
  orgDepartment: [
    'read-files',
    'keep-files',
    'import',
    'send-notices',
    'moderate',
    'hold-activities',
    'manage-organization',
    'configure-rules',
  ],
  publicityDepartment: ['send-notices', 'publish', 'moderate', 'hold-activities'],
  partySchool: ['read-files', 'keep-trainings', 'send-notices', 'hold-activities'],
}

/** The offices that give this right where they are held. */
export const officesWith = (right: Right): readonly OfficeKind[] =>
  officeKinds.filter((office) => rightsOf[office].includes(right))

/** Who runs trainings, and what goes with them, for an organisation: the Party school, and whoever keeps the files there or above. */
export const runsTrainings = (actor: Actor, path: OrgPath): boolean =>
  actor.administrator === null && trainingRights.some((right) => actor.holds(right, path))

/** The roots of the subtrees in which the actor does. */
export const trainingRoots = (actor: Actor): OrgPath[] =>
  actor.administrator === null ? outermost(trainingRights.flatMap((right) => actor.rootsOf(right))) : []

const trainingRights: readonly Right[] = ['keep-trainings', 'keep-files']

/** The offices of a branch. */
export const officesOfBranch: readonly OfficeKind[] = [
  'secretary',
  'deputySecretary',
  'orgMember',
  'publicityMember',
  'disciplineMember',
]

/**
 * Who may do what with an organisation. Its name and its officers are known to all who are signed in.
 * Setting up below it and dissolving it are changes; the authority to approve is given by those above, not by itself.
 * The officers and terms of a branch are registered by whoever keeps the files of the organisation above it, too: what a
 * branch elects is reported there, and no office of a branch gives more than is held there already.
 */
export function may(actor: Actor, it: { path: OrgPath; kind: OrganizationKind }) {
  const manages = actor.holds('manage-organization', it.path)
  const above = ancestors(it.path).at(-1)
  const isBelow = above !== undefined && branchKinds.includes(it.kind) && actor.holds('keep-files', above)
  return {
    read: true,
    change: manages,
    /** The offices that may be registered here. */
    appoint: manages ? [...officeKinds] : isBelow ? [...officesOfBranch] : [],
    appointBelow: actor.holds('keep-files', it.path),
    authorise: actor.holds('manage-organization', ancestors(it.path).at(-1) ?? it.path),
    readFiles: actor.holds('read-files', it.path),
    keepFiles: actor.holds('keep-files', it.path),
    sendNotices: actor.holds('send-notices', it.path),
  }
}
