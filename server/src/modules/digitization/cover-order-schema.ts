import { stages } from '@zhibu/rules'
import { z } from 'zod'

/** What crosses the wire about the printing of cover sheets. */

/** The most persons among whom can be chosen, and the most sheets of one printing: two reams of paper. */
export const mostCoverPersons = 500
export const mostCoverSheets = 1_000

const place = z.string().regex(/^[a-z][A-Za-z0-9]{1,60}$/, '没有这一类材料')
const named = z.object({ id: z.uuid(), name: z.string() })

const listedPlace = z.object({ code: z.string(), number: z.string(), label: z.string() })

/** The places in use of the filing list, in its order. */
export const listedPlaces = z.object({ person: z.array(listedPlace), organization: z.array(listedPlace) })
export type ListedPlaces = z.infer<typeof listedPlaces>

/** Whom covers can be printed for, of an organisation and all below it. */
export const coverChoices = z.object({
  organization: named,
  persons: z.array(
    named.extend({
      studentNumber: z.string().nullable(),
      organization: z.string(),
      stage: z.enum(stages).nullable(),
      /** The codes of the places whose papers are due and not there. */
      missing: z.array(z.string()),
    }),
  ),
})
export type CoverChoices = z.infer<typeof coverChoices>

/** Which covers: of persons, in the order of their names, or of an organisation; for these places, or for all whose papers are missing. */
export const coverOrder = z.union([
  z.object({
    personIds: z
      .array(z.uuid())
      .min(1, '请至少选择一人')
      .max(mostCoverPersons, `一次不超过 ${mostCoverPersons} 人，请分几次打印`),
    places: z.union([z.literal('missing'), z.array(place).min(1, '请至少选择一类材料').max(200)]),
  }),
  z.object({ organizationId: z.uuid(), places: z.array(place).min(1, '请至少选择一类材料').max(200) }),
])
export type CoverOrder = z.infer<typeof coverOrder>
