import type { Day, Setting } from '@zhibu/rules'
import type { OrgPath } from '../../platform/org-path.ts'
import type { OfficeRow } from '../development/branch-facts.ts'
import type { Likeness, RegisteredNumbers } from '../people/matching.ts'
import { type BranchNames, branchNames, type NamedOrganization } from './branch-names.ts'
import type { RowReading } from './reading.ts'
import type { Column } from './recognition.ts'

/** A row on which something is to be decided. */
export interface RowToJudge {
  reading: RowReading
  decided: string | null
}

/** What rows are judged against, as it was loaded: it may cross between threads. */
export interface GroundFacts {
  tenantId: string
  importId: string
  path: OrgPath
  fileName: string
  columns: readonly Column[]
  organizations: readonly NamedOrganization[]
  /** The organisations that names of branches stand for, as decided by hand. */
  branches: Readonly<Record<string, string>>
  offices: readonly OfficeRow[]
  setting: Setting
  today: Day
}

/** What rows are judged against. */
export interface Ground extends GroundFacts {
  names: BranchNames
  officesAt: ReadonlyMap<string, readonly OfficeRow[]>
  /** Tells which numbers are registered out of the actor's sight. Not asked at the commit, where the database refuses them. */
  registered?: (likenesses: readonly Likeness[]) => Promise<RegisteredNumbers>
}

/** What was loaded, made ready for looking things up. */
export const groundFrom = (facts: GroundFacts): Ground => ({
  ...facts,
  names: branchNames(facts.organizations, facts.path, facts.branches),
  officesAt: Map.groupBy(facts.offices, (office) => office.organizationId),
})
