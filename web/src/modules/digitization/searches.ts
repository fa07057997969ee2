import { text } from '../../address.ts'

/** What the address of the page of covers carries. */
export interface CoversSearch {
  organizationId?: string | undefined
}

/** The address of the page of covers as far as it can be understood. */
export const coversSearch = (it: Record<string, unknown>): CoversSearch => ({ organizationId: text(it.organizationId) })
