import { z } from 'zod'
import { day, line } from '../../platform/wire.ts'
import { organizationKinds } from './kinds-schema.ts'

/** What crosses the wire about organisations, offices and terms. */

export const branchTypes = [
  'undergraduate',
  'postgraduate',
  'teacher',
  'mixed',
  'administration',
  'logistics',
  'researchTeam',
  'retired',
] as const
export type BranchType = (typeof branchTypes)[number]

/** Offices that a person can hold in an organisation (任职). What each allows stands in `policy.ts`. */
export const officeKinds = [
  'secretary',
  'deputySecretary',
  'orgMember',
  'publicityMember',
  'disciplineMember',
  'organiser',
  'orgDepartment',
  'publicityDepartment',
  'partySchool',
] as const
export type OfficeKind = (typeof officeKinds)[number]

const name = line.min(1, '请填写名称').max(100, '名称不超过 100 个字')
const code = line.min(1).max(40, '编码不超过 40 个字')
const documentNumber = line.min(1).max(60, '文号不超过 60 个字')
const reason = z.string().trim().min(1, '请写明原因').max(500, '不超过 500 个字')

export const newOrganization = z.object({
  parentId: z.uuid(),
  kind: z.enum(organizationKinds).exclude(['universityCommittee']),
  branchType: z.enum(branchTypes).optional(),
  name,
  shortName: name.optional(),
  code: code.optional(),
  establishedOn: day.optional(),
  /** Whether a school committee is authorised to approve probationary members. */
  canApproveProbationary: z.boolean().optional(),
})
export type NewOrganization = z.infer<typeof newOrganization>

/** What is given is set; null empties. */
export const organizationChange = z.object({
  name: name.optional(),
  shortName: name.nullish(),
  code: code.nullish(),
  branchType: z.enum(branchTypes).nullish(),
  establishedOn: day.nullish(),
  canApproveProbationary: z.boolean().optional(),
})
export type OrganizationChange = z.infer<typeof organizationChange>

export const dissolution = z.object({ on: day, reason })
export type Dissolution = z.infer<typeof dissolution>

export const newOffice = z.object({
  personId: z.uuid(),
  office: z.enum(officeKinds),
  from: day,
  until: day.optional(),
  documentNumber: documentNumber.optional(),
})
export type NewOffice = z.infer<typeof newOffice>

/**
 * Offices in several organisations at once, all or none. `replaces` ends the office of who holds it now on the day before: that of
 * the secretary, or the same office of the same person.
 */
export const newOffices = z.object({
  offices: z
    .array(newOffice.extend({ organizationId: z.uuid(), replaces: z.boolean().default(false) }))
    .min(1, '请至少填写一项任职')
    .max(200, '一次不超过 200 项'),
})
export type NewOffices = z.infer<typeof newOffices>

export const officeEnd = z.object({ on: day, reason: reason.optional() })
export type OfficeEnd = z.infer<typeof officeEnd>

/** `until` is the last day of the term; without it, the last day by the rules. */
export const newTerm = z.object({ from: day, until: day.optional(), documentNumber: documentNumber.optional() })
export type NewTerm = z.infer<typeof newTerm>

/** A delay of the re-election that the higher organisation has approved. */
export const electionDelay = z.object({ until: day, documentNumber: documentNumber.optional() })
export type ElectionDelay = z.infer<typeof electionDelay>

export const treeQuery = z.object({
  /** Dissolved organisations too. */
  dissolved: z.stringbool().default(false),
})
export type TreeQuery = z.infer<typeof treeQuery>

/** The tree to be written out as a list. */
export const organizationsExport = z.object({ dissolved: z.boolean().default(false) })
export type OrganizationsExport = z.infer<typeof organizationsExport>

export const termStandings = ['running', 'plan', 'request', 'overdue', 'ended'] as const

/** The answers of the policy for one organisation. */
export const organizationCan = z.object({
  read: z.boolean(),
  change: z.boolean(),
  /** The offices that may be given here, and ended; who may give any keeps the terms, too. */
  appoint: z.array(z.enum(officeKinds)),
  /** Whether the officers of the branches directly below may be registered. */
  appointBelow: z.boolean(),
  /** Whether the authority to approve probationary members may be given or taken: by those above only. */
  authorise: z.boolean(),
  readFiles: z.boolean(),
  /** Whether persons may be entered here, or taken over from elsewhere. */
  keepFiles: z.boolean(),
  /** Whether notices may be sent in its name and to its people. */
  sendNotices: z.boolean(),
})

const standing = z.object({
  standing: z.enum(termStandings),
  /** The last day on which the re-election is still in time, an approved delay included. */
  reElectBy: day,
})

/** A node of the tree; its place is told by `parentId`, the order is that of the tree from above to below. */
export const treeNode = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  kind: z.enum(organizationKinds),
  branchType: z.enum(branchTypes).nullable(),
  name: z.string(),
  shortName: z.string().nullable(),
  code: z.string().nullable(),
  pinyin: z.string(),
  initials: z.string(),
  dissolvedOn: day.nullable(),
  /** Persons of this organisation itself, and with all below it; of those that the reader may see. */
  personCount: z.number().int(),
  personCountBelow: z.number().int(),
  secretary: z.string().nullable(),
  term: standing.nullable(),
  can: organizationCan,
})
export type TreeNode = z.infer<typeof treeNode>
export const tree = z.object({ nodes: z.array(treeNode) })

const explanation = z.object({
  text: z.string(),
  basis: z
    .object({ regulation: z.string(), article: z.string(), cited: z.string(), toVerify: z.boolean() })
    .exactOptional(),
})

export const officeRow = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  office: z.enum(officeKinds),
  from: day,
  until: day.nullable(),
  documentNumber: z.string().nullable(),
  endReason: z.string().nullable(),
})
export type OfficeRow = z.infer<typeof officeRow>

export const termRow = z.object({
  id: z.uuid(),
  from: day,
  until: day,
  delayedUntil: day.nullable(),
  documentNumber: z.string().nullable(),
  standing: z.enum(termStandings),
  reElectBy: day,
  planFrom: day,
  requestFrom: day,
  explanations: z.array(explanation),
})
export type TermRow = z.infer<typeof termRow>

/** One organisation with all that its page shows. */
export const organizationPage = z.object({
  id: z.uuid(),
  kind: z.enum(organizationKinds),
  branchType: z.enum(branchTypes).nullable(),
  name: z.string(),
  shortName: z.string().nullable(),
  code: z.string().nullable(),
  establishedOn: day.nullable(),
  dissolvedOn: day.nullable(),
  dissolutionReason: z.string().nullable(),
  canApproveProbationary: z.boolean(),
  /** From the root down, the organisation itself left out. */
  above: z.array(z.object({ id: z.uuid(), name: z.string() })),
  children: z.array(
    z.object({ id: z.uuid(), name: z.string(), kind: z.enum(organizationKinds), dissolvedOn: day.nullable() }),
  ),
  personCount: z.number().int(),
  personCountBelow: z.number().int(),
  /** In office today or later, in the order of the offices. */
  officers: z.array(officeRow),
  /** No longer in office, the last one first. */
  formerOfficers: z.array(officeRow),
  /** The present term first. */
  terms: z.array(termRow),
  revision: z.number().int(),
  can: organizationCan,
})
export type OrganizationPage = z.infer<typeof organizationPage>

/** A term whose re-election is to be planned, asked for, or overdue. */
export const expiringTerm = z.object({
  organizationId: z.uuid(),
  name: z.string(),
  kind: z.enum(organizationKinds),
  from: day,
  until: day,
  standing: z.enum(termStandings),
  reElectBy: day,
  explanations: z.array(explanation),
})
export type ExpiringTerm = z.infer<typeof expiringTerm>
export const expiringTerms = z.object({ items: z.array(expiringTerm) })

export const created = z.object({ id: z.uuid() })
