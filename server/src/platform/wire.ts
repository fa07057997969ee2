import { type Day, isDay, isMonth, type Month } from '@zhibu/rules'
import { z } from 'zod'
import { inOneLine, withoutMarks } from './visible-text.ts'

/** The building blocks of what crosses the wire. The web imports this file through the schemas. */

/** Whether a day or month lies where the rules can still count years to and fro; what lies outside is a slip of the pen. */
const isNear = (it: Day | Month): boolean => it >= '1850' && it < '2200'

/** A calendar day, "2026-05-11", from 1850 to 2199. */
export const day = z
  .custom<Day>((it) => typeof it === 'string' && isDay(it) && isNear(it), '请填写真实存在的日期，格式如 2026-05-11')
  .meta({ type: 'string', format: 'date' })

/** A calendar month, "2026-05", from 1850 to 2199. */
export const month = z
  .custom<Month>((it) => typeof it === 'string' && isMonth(it) && isNear(it), '请填写月份，格式如 2026-05')
  .meta({ type: 'string', format: 'month' })

/**
 * A name, a number or another text of one line, as the import takes it from a cell: what nobody sees is left out, so that two
 * that look the same are the same. What is legitimate in names stays: the dot of 阿依古丽·买买提江, the blank of a Latin name.
 */
export const line = z.string().overwrite((text) => inOneLine(withoutMarks(text)))

/** The moment of a day in minutes since midnight in China. */
export const minuteOfDay = z
  .number()
  .int()
  .min(0)
  .max(24 * 60 - 1)

/**
 * A text of any number of lines. What nobody sees is left out here, too: a reason of hidden marks is none, and nothing on a paper is
 * turned round by them.
 */
export const prose = z.string().overwrite((text) => withoutMarks(text).trim())

/** Where people meet online: an address of any meeting service, or nothing. */
export const meetingLink = line
  .max(500, '不超过 500 个字')
  .refine((it) => it === '' || URL.canParse(it), '不是网址，请从地址栏完整复制')
  .refine((it) => !URL.canParse(it) || /^https?:\/\//i.test(it), '请填写以 http 或 https 开头的网址')

/** One of the codes of a record of names. */
export const codesOf = <Code extends string>(names: Record<Code, string>) =>
  z.enum(Object.keys(names) as [Code, ...Code[]])

/** Why something is done. */
export const reason = prose.min(2, '请写明原因').max(500, '不超过 500 个字')

/** Where the next page begins; made by the server, opaque to the reader. */
export const cursor = z.string().max(500).optional()

/** How many rows a page has. */
export const pageSize = z.coerce.number().int().min(1).max(200).default(50)

/** A page of a list. `next` is absent on the last one. `total` counts all rows that match. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().exactOptional(), total: z.number().int().exactOptional() })
/** The type of the same. */
export type Page<Item> = { items: Item[]; next?: string; total?: number }
