import { z } from 'zod'
import { codesOf, cursor, day, month, page, pageSize } from '../../platform/wire.ts'
import { type CardKey, cardNames, type Trait, traitNames } from './names-schema.ts'
import { type PictureList, pictureLists } from './picture-names-schema.ts'

/** What crosses the wire about statistics (统计): sums of an organisation and all below it, each with what it means and the rows behind it. */

export const cardKeys = codesOf<CardKey>(cardNames)
export const traits = codesOf<Trait>(traitNames)

const count = z.number()
const named = z.object({ id: z.uuid(), name: z.string() })

export const cardQuery = z.object({
  /** Of the card of members alone. */
  by: traits.default('sex'),
  /** Of the cards of a year: training and activities. */
  year: z.coerce.number().int().min(2000).max(2100).optional(),
})
export type CardQuery = z.infer<typeof cardQuery>

const heading = z.object({ key: z.string(), label: z.string() })

export const card = z.object({
  key: cardKeys,
  title: z.string(),
  organization: named,
  /** The day of which the figures tell, and when they were counted. */
  day,
  countedAt: z.iso.datetime(),
  columns: z.array(heading),
  rows: z.array(
    heading.extend({
      /** One for each column. */
      values: z.array(count),
      /** The organisation of which a row is; null where rows are something else. */
      organizationId: z.uuid().nullable(),
    }),
  ),
  /** The columns summed up; null where rows overlap, so that a sum would say nothing. */
  total: z.array(count).nullable(),
  /** What is counted, in sentences. */
  definitions: z.array(z.string()),
  /** Whether the rows behind a figure are listed here. */
  hasList: z.boolean(),
})
export type Card = z.infer<typeof card>

/** The rows behind one figure: a row and a column of a card. */
export const behindQuery = cardQuery.extend({
  row: z.string().min(1).max(100),
  column: z.string().min(1).max(100),
  cursor,
  limit: pageSize,
})
export type BehindQuery = z.infer<typeof behindQuery>

export const behindRow = z.object({
  id: z.uuid(),
  kind: z.enum(['person', 'organization']),
  name: z.string(),
  /** Where somebody belongs, or what lies above an organisation. */
  organization: z.string(),
  /** The day that makes the row one of these; null where there is none. */
  on: day.nullable(),
})
export type BehindRow = z.infer<typeof behindRow>
export const behind = page(behindRow)

/** Of which months sums are kept, the newest first; today's can be compared with each. */
export const keptMonths = z.object({ items: z.array(z.object({ month, on: day })) })

export const comparisonQuery = z.object({ from: month, until: month.optional() })
export type ComparisonQuery = z.infer<typeof comparisonQuery>

/** 对比: the stages on two days. */
export const comparison = z.object({
  organization: named,
  fromOn: day,
  untilOn: day,
  rows: z.array(heading.extend({ from: count, until: count })),
  definitions: z.array(z.string()),
})
export type Comparison = z.infer<typeof comparison>

export const pictureKeys = codesOf<PictureList>(pictureLists)
const columnKey = z.string().max(40)
/** By which column rows are counted, by which their bars are divided, and beside them what the list itself asks. */
export const pictureQuery = z
  .object({ by: columnKey.optional(), along: columnKey.optional() })
  .catchall(z.string().max(200))
export type PictureQuery = z.infer<typeof pictureQuery>

/** 看成图: the rows of a list, counted by one column or two. */
export const picture = z.object({
  list: pictureKeys,
  by: z.string(),
  along: z.string().nullable(),
  day,
  ...{ columns: card.shape.columns, rows: card.shape.rows, definitions: card.shape.definitions },
})
export type Picture = z.infer<typeof picture>

export const created = z.object({ id: z.uuid() })
