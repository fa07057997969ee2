import { actKinds } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, day, line, page, pageSize } from '../../platform/wire.ts'
import { fieldNames } from '../people/schema.ts'

/** What crosses the wire about delegations. */

/** What a helper may enter: codes of acts and of fields of a person. */
const delegableFields = [...actKinds, ...fieldNames] as const

/** The longest that a task is handed on at a time, in days. */
export const longestDelegationDays = 180

/** How many persons one task may concern. */
const mostDelegatedPersons = 500

export const newDelegation = z.object({
  helperAccountId: z.uuid(),
  personIds: z.array(z.uuid()).min(1, '请选择人员').max(mostDelegatedPersons, '一次不超过 500 人'),
  fields: z.array(z.enum(delegableFields)).min(1, '请选择可填写的内容'),
  purpose: line.min(2, '请写明授权事项').max(200, '不超过 200 个字'),
  from: day.exactOptional(),
  until: day,
})
export type NewDelegation = z.infer<typeof newDelegation>

export const delegationRow = z.object({
  id: z.uuid(),
  giver: z.object({ accountId: z.uuid(), name: z.string() }),
  helper: z.object({ accountId: z.uuid(), name: z.string() }),
  purpose: z.string(),
  fields: z.array(z.string()),
  from: day,
  until: day,
  endedOn: day.nullable(),
  /** Whether it lasts today. It ends by itself. */
  isRunning: z.boolean(),
  personCount: z.number().int(),
  can: z.object({ end: z.boolean() }),
})
export type DelegationRow = z.infer<typeof delegationRow>
export const delegationsQuery = z.object({
  only: z.enum(['given', 'received']).optional(),
  running: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type DelegationsQuery = z.infer<typeof delegationsQuery>
export const delegationsPage = page(delegationRow).extend({ can: z.object({ give: z.boolean() }) })

/** The persons of a delegation whom the reader may see at present. */
export const delegatedPersons = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string(), organizationName: z.string() })),
})

/** Numbers out of a list that somebody has; not in the address, where they would reach a log. */
export const numberedPersons = z.object({
  numbers: z
    .array(line.min(1).max(40, '有一行不是学号（工号），请核对'))
    .min(1, '请填写学号（工号）')
    .max(mostDelegatedPersons, '一次不超过 500 个'),
})
/** Those whose files the reader keeps. `missing` are the places of the other numbers in the list, from 0. */
export const foundPersons = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string(), organizationName: z.string() })),
  missing: z.array(z.number().int()),
})

/** A part of the name, or the beginning of a student number, of the pinyin or of its initials. */
export const helpersQuery = z.object({ q: line.min(1, '请填写姓名、学号（工号）或拼音首字母').max(50) })
/** Accounts to which a task can be handed. */
export const helpers = z.object({
  items: z.array(
    z.object({
      accountId: z.uuid(),
      name: z.string(),
      studentNumber: z.string().nullable(),
      organizationName: z.string(),
    }),
  ),
})
export type Helper = z.infer<typeof helpers>['items'][number]
