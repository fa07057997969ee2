import type { BranchFacts } from '@zhibu/rules'
import { officeNames } from '../organization/names-schema.ts'
import type { offices } from '../organization/tables.ts'

/** Who held an office of an organisation. */
export type OfficeRow = Pick<typeof offices.$inferSelect, 'organizationId' | 'personName' | 'office' | 'from' | 'until'>

/**
 * What is known of a branch: `committeeApproves` where a committee above it is. The register knows where a person is now, not where an act took place: from when until when this branch existed says nothing about it (T54).
 */
export function branchFrom(
  organization: string,
  held: readonly OfficeRow[],
  committeeApproves: boolean | null = null,
): BranchFacts {
  return {
    name: organization,
    ...(committeeApproves !== null && { committeeApproves }),
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
  ...officeNames,
  secretary: '支部书记',
  deputySecretary: '支部副书记',
}
