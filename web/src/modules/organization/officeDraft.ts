import type { Day } from '@zhibu/rules'
import type { NewOffices, OfficeKind } from '@zhibu/server/modules/organization/schema'

/** An office as far as it has been filled in. */
export interface OfficeDraft {
  /** Tells the rows of the form apart. */
  key: number
  organizationId?: string | undefined
  office?: OfficeKind | undefined
  personId?: string | undefined
  from?: Day | undefined
  until?: Day | undefined
  /** Whether the present secretary leaves the office on the day before. */
  replaces: boolean
}

/** One more row: offices of one election have branch and days in common. */
export function nextDraft(rows: readonly OfficeDraft[]): OfficeDraft {
  const last = rows.at(-1)
  const key = (last?.key ?? 0) + 1
  return { key, organizationId: last?.organizationId, from: last?.from, until: last?.until, replaces: true }
}

/** What is sent; undefined while a row is half filled in, or none is whole. A row without person and office is left out. */
export function officesIn(rows: readonly OfficeDraft[], documentNumber: string): NewOffices | undefined {
  const filled = rows.filter((it) => it.office !== undefined || it.personId !== undefined)
  const offices = filled.flatMap(({ organizationId, office, personId, from, until, replaces }) =>
    organizationId !== undefined && office !== undefined && personId !== undefined && from !== undefined
      ? [
          {
            organizationId,
            office,
            personId,
            from,
            ...(until && { until }),
            ...(documentNumber.trim() !== '' && { documentNumber }),
            replaces: replaces && office === 'secretary',
          },
        ]
      : [],
  )
  return offices.length > 0 && offices.length === filled.length ? { offices } : undefined
}
