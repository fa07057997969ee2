import { type FilingAdjustment, type FilingTemplate, filingTemplateOf, type Numbered } from '@zhibu/rules'
import { desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { filingAdjustments } from './tables.ts'

/** The filing list of the university: the places in use, and those that were taken out of use and may still hold papers. */
export type FilingList = FilingTemplate

/** The filing list in force. */
export async function filingListOf({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>): Promise<FilingList> {
  const [row] = await db
    .select({ adjustment: filingAdjustments.adjustment })
    .from(filingAdjustments)
    .where(eq(filingAdjustments.tenantId, tenantId))
    .orderBy(desc(filingAdjustments.from))
    .limit(1)
  return listBy(row?.adjustment ?? {})
}

/** The last list that was made: most requests ask for the same one. */
let last: { key: string; list: FilingList } | undefined

function listBy(adjustment: FilingAdjustment): FilingList {
  const key = JSON.stringify(adjustment)
  if (last?.key !== key) last = { key, list: filingTemplateOf(adjustment) }
  return last.list
}

/** All places that documents may lie in. */
export const placesOf = ({ person, organization, outOfUse }: FilingList): Numbered[] => [
  ...person,
  ...organization,
  ...outOfUse,
]

/** A place by its code, also one out of use. */
export function placeOf(list: FilingList, code: string): Numbered {
  const place = placesOf(list).find((it) => it.code === code)
  if (!place) throw new Refusal('malformed', '归档清单中没有这一类材料，请重新选择。')
  return place
}

/** Refuses that something is newly filed where nothing is to be filed any more. */
export function refuseOutOfUse(list: FilingList, { code, label }: Numbered): void {
  if (list.outOfUse.some((it) => it.code === code))
    throw new Refusal('conflict', `“${label}”已由学校停用，不再归入新的材料。请另选类别；原有的材料仍在原处。`)
}
