import { text } from '../../address.ts'

/** What the address of the page of covers carries. */
export interface CoversSearch {
  organizationId?: string | undefined
}

/** The address of the page of covers as far as it can be understood. */
export const coversSearch = (it: Record<string, unknown>): CoversSearch => ({ organizationId: text(it.organizationId) })

/** What the address of a stack carries: the part that is looked at. */
export interface StackSearch {
  part?: string | undefined
}

/** The address of a stack as far as it can be understood. */
export const stackSearch = (it: Record<string, unknown>): StackSearch => ({ part: text(it.part) })
