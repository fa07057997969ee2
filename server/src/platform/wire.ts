import { type Day, isDay, isMonth, type Month } from '@zhibu/rules'
import { z } from 'zod'

/** The building blocks of what crosses the wire. The web imports this file through the schemas. */

/** A calendar day, "2026-05-11". */
export const day = z.custom<Day>((it) => typeof it === 'string' && isDay(it), '请填写真实存在的日期，格式如 2026-05-11')

/** A calendar month, "2026-05". */
export const month = z.custom<Month>((it) => typeof it === 'string' && isMonth(it), '请填写月份，格式如 2026-05')

/** Where the next page begins; made by the server, opaque to the reader. */
export const cursor = z.string().max(500).optional()

/** How many rows a page has. */
export const pageSize = z.coerce.number().int().min(1).max(200).default(50)

/** A page of a list. `next` is absent on the last one. `total` counts all rows that match. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional(), total: z.number().int().optional() })
export type Page<Item> = { items: Item[]; next?: string; total?: number }
