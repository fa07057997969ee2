import { z } from 'zod'
import { codesOf, day, line } from '../../platform/wire.ts'
import { officeKinds } from '../organization/schema.ts'
import { type Every, everyNames, type Failure, failureNames } from './names-schema.ts'
import { card, cardKeys } from './schema.ts'

/** What crosses the wire about tables that go upward at set times (定期报送). */

const revision = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })

/** Offices of an organisation: whoever holds them on the day gets the table. */
const recipient = z.object({ organizationId: z.uuid(), office: z.enum(officeKinds) })
export type Recipient = z.infer<typeof recipient>

export const scheduleFields = z.object({
  title: line.min(2, '请填写名称').max(40, '不超过 40 个字'),
  cards: z.array(cardKeys).min(1, '请选择统计表').max(cardKeys.options.length),
  every: codesOf<Every>(everyNames),
  /** In a month that is shorter, its last day. */
  dayOfMonth: z.number().int('请填写 1 到 31').min(1, '请填写 1 到 31').max(31, '请填写 1 到 31'),
  recipients: z.array(recipient).min(1, '请选择收件人').max(40, '收件的职务不超过 40 个'),
})
export type ScheduleFields = z.infer<typeof scheduleFields>

export const pausing = z.object({ isPaused: z.boolean() })

export const sendingRow = z.object({
  id: z.uuid(),
  dueOn: day,
  sentOn: day,
  /** How many people got it; 0 where it did not go. */
  recipientCount: z.number().int(),
  failure: codesOf<Failure>(failureNames).nullable(),
})

export const scheduleView = scheduleFields.extend({
  id: z.uuid(),
  owner: z.string(),
  isPaused: z.boolean(),
  /** Null while it is paused. */
  nextOn: day.nullable(),
  /** The last ones, the newest first. */
  sendings: z.array(sendingRow),
  revision,
})
export type ScheduleView = z.infer<typeof scheduleView>

export const schedules = z.object({
  organization: named,
  items: z.array(scheduleView),
  /** Whom a table may go to: offices that read all files here, of the organisation itself and of those above. */
  choices: z.array(named.extend({ offices: z.array(z.enum(officeKinds)) })),
  can: z.object({ setUp: z.boolean() }),
})
export type Schedules = z.infer<typeof schedules>

/** A table as it went: the figures of that day. */
export const sending = z.object({
  id: z.uuid(),
  title: z.string(),
  organization: named,
  dueOn: day,
  sentOn: day,
  cards: z.array(z.object({ name: z.string(), card })),
})
export type Sending = z.infer<typeof sending>
