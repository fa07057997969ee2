import { z } from 'zod'
import { mostInList } from './names-schema.ts'
import { newExpert } from './schema.ts'

/** What crosses the wire when a list of experts is taken from a spreadsheet. */

/** An expert as a line of a list says it. */
export const listedExpert = newExpert.omit({ organizationId: true, personId: true })
export type ListedExpert = z.infer<typeof listedExpert>

export const listOf = z.object({ organizationId: z.uuid() })

/** What a list says: who can be entered, who is known there already, what has to be mended, and which columns were not read. */
export const listReading = z.object({
  experts: z.array(z.object({ at: z.string(), expert: listedExpert, isKnown: z.boolean() })),
  problems: z.array(z.object({ at: z.string(), message: z.string() })),
  leftOut: z.array(z.string()),
})
export type ListReading = z.infer<typeof listReading>

export const newList = listOf.extend({
  experts: z.array(listedExpert).min(1, '没有要登记的专家').max(mostInList, `一次不超过 ${mostInList} 位`),
})
export type NewList = z.infer<typeof newList>

/** How many were entered, and how many stood there already. */
export const listDone = z.object({ entered: z.number().int(), known: z.number().int() })
export type ListDone = z.infer<typeof listDone>
