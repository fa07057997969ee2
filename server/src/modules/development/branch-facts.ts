import type { BranchFacts } from '@zhibu/rules'
import type { offices } from '../organization/tables.ts'

/** Who held an office of an organisation. */
export type OfficeRow = Pick<typeof offices.$inferSelect, 'organizationId' | 'personName' | 'office' | 'from' | 'until'>

/** The register knows where a person is now, not where an act took place: from when until when this branch existed says nothing about it (T54). */
export function branchFrom(organization: string, held: readonly OfficeRow[]): BranchFacts {
  return {
    name: organization,
    ...(held.length > 0 && {
      offices: held.map(({ personName, office, from, until }) => ({
        name: personName,
        office: officeTitles[office],
        from,
        ...(until && { until }),
      })),
    }),
  }
}

/** As they are written beside a signature. */
const officeTitles: Record<OfficeRow['office'], string> = {
  secretary: '支部书记',
  deputySecretary: '支部副书记',
  orgMember: '组织委员',
  publicityMember: '宣传委员',
  disciplineMember: '纪检委员',
  organiser: '组织员',
  orgDepartment: '组织部工作人员',
  publicityDepartment: '宣传部工作人员',
  partySchool: '党校工作人员',
}
