import { z } from 'zod'
import { day } from '../../platform/wire.ts'

/** What crosses the wire about organisations, offices and terms. */

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

const name = z.string().trim().min(1, '请填写名称').max(100, '名称不超过 100 个字')

export const newOrganization = z.object({
  parentId: z.uuid(),
  kind: z.enum(organizationKinds).exclude(['universityCommittee']),
  branchType: z.enum(branchTypes).optional(),
  name,
  shortName: name.optional(),
  code: z.string().trim().max(40).optional(),
  establishedOn: day.optional(),
  /** Whether a school committee is authorised to approve probationary members. */
  canApproveProbationary: z.boolean().optional(),
})
export type NewOrganization = z.infer<typeof newOrganization>

export const organizationChange = newOrganization.omit({ parentId: true, kind: true }).partial()
export type OrganizationChange = z.infer<typeof organizationChange>

export const dissolution = z.object({ on: day, reason: z.string().trim().min(1, '请写明原因').max(500) })

export const newOffice = z.object({
  personId: z.uuid(),
  office: z.enum(officeKinds),
  from: day,
  until: day.optional(),
  documentNumber: z.string().trim().max(60).optional(),
})
export type NewOffice = z.infer<typeof newOffice>

export const officeEnd = z.object({ on: day, reason: z.string().trim().max(500).optional() })

export const newTerm = z.object({ from: day, until: day, documentNumber: z.string().trim().max(60).optional() })
export type NewTerm = z.infer<typeof newTerm>
