/** The kinds of organisations, and which stand below which. Pages load this file by value, so it brings no schema library. */

export const organizationKinds = [
  'universityCommittee',
  'partyCommittee',
  'generalBranch',
  'branch',
  'directBranch',
  'jointBranch',
  'temporaryBranch',
  'functionalBranch',
  'partyGroup',
] as const
export type OrganizationKind = (typeof organizationKinds)[number]

const branchesOfCommittee = ['branch', 'jointBranch', 'temporaryBranch', 'functionalBranch'] as const
const group = ['partyGroup'] as const

/** Which organisations may be set up below which. A directly affiliated branch stands below a committee only. */
export const kindsBelow: Readonly<Record<OrganizationKind, readonly OrganizationKind[]>> = {
  universityCommittee: ['partyCommittee', 'generalBranch', 'directBranch', ...branchesOfCommittee],
  partyCommittee: ['partyCommittee', 'generalBranch', 'directBranch', ...branchesOfCommittee],
  generalBranch: branchesOfCommittee,
  branch: group,
  directBranch: group,
  jointBranch: group,
  temporaryBranch: group,
  functionalBranch: group,
  partyGroup: [],
}

/** The kinds that are a branch, whatever its sort. */
export const branchKinds: readonly OrganizationKind[] = kindsBelow.universityCommittee.filter((kind) =>
  kindsBelow[kind].includes('partyGroup'),
)
