import { type FilingTemplate, filingTemplateOf, type Numbered } from '@zhibu/rules'
import { desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { filingAdjustments } from './tables.ts'

/** The filing list of the university: the places in use, and those that were taken out of use and may still hold papers. */
export interface FilingList extends FilingTemplate {
  outOfUse: readonly Numbered[]
}

/** The filing list in force. */
export async function filingListOf({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>): Promise<FilingList> {
  const [row] = await db
    .select({ adjustment: filingAdjustments.adjustment })
    .from(filingAdjustments)
    .where(eq(filingAdjustments.tenantId, tenantId))
    .orderBy(desc(filingAdjustments.from))
    .limit(1)
  const { added = [], changed = [] } = row?.adjustment ?? {}
  const template = filingTemplateOf({ added, changed })
  const all = filingTemplateOf({ added, changed: changed.map(({ off: _, ...it }) => it) })
  const isOff = ({ code }: Numbered) => changed.some((it) => it.code === code && it.off)
  return { ...template, outOfUse: [...all.person, ...all.organization].filter(isOff) }
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
