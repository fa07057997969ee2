import { z } from 'zod'
import { codesOf, cursor, day, line, page, pageSize, prose } from '../../platform/wire.ts'
import { invitationRow, takenDay } from './invitation-schema.ts'
import {
  type Contact,
  contactNames,
  type ExpertOrder,
  type ExpertState,
  expertStateNames,
  mostExpertTopics,
  orderNames,
} from './names-schema.ts'

/** What crosses the wire about experts (专家): who they are, whether they agree to be listed, and what they have lectured on. */

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
export const contacts = codesOf<Contact>(contactNames)
const expertStates = codesOf<ExpertState>(expertStateNames)
const orders = codesOf<ExpertOrder>(orderNames)

export const created = z.object({ id: z.uuid() })

/** How an expert agreed to be listed (公开): on which day, and in which way it was said. */
export const consent = z.object({ on: day, how: prose.min(2, '请写明怎样同意的').max(200, '不超过 200 个字') })
export type Consent = z.infer<typeof consent>

const phone = line
  .max(40, '不超过 40 个字')
  .refine((it) => it === '' || (/^[\d\s+\-－—()（）转]+$/.test(it) && /^(?:\D*\d){5}/.test(it)), '不是电话号码，请检查')
const email = z.union([z.literal(''), z.email('不是电子邮箱，请检查').max(100, '不超过 100 个字')])

const fields = z.object({
  name: line.min(2, '请填写姓名').max(30, '不超过 30 个字'),
  institution: line.min(2, '请填写单位').max(60, '不超过 60 个字'),
  /** 职务、职称 */
  title: line.max(40, '不超过 40 个字'),
  /** 能讲的主题, in free words. */
  topics: z
    .array(line.min(2, '主题至少 2 个字').max(20, '每个主题不超过 20 个字'))
    .max(mostExpertTopics, `主题不超过 ${mostExpertTopics} 个`)
    .refine((it) => new Set(it).size === it.length, '有主题重复，请只写一次'),
  about: prose.max(2_000, '不超过 2000 个字'),
  /** Where the expert is a person of the register, who then sees and answers invitations themselves. */
  personId: z.uuid().nullable(),
})

export const newExpert = fields.extend({ organizationId: z.uuid(), phone, email, consent: consent.nullable() })
export type NewExpert = z.infer<typeof newExpert>

/** What is changed of an expert. A contact that is left out stays, an empty one is removed. */
export const expertChange = fields.extend({ phone: phone.exactOptional(), email: email.exactOptional() })
export type ExpertChange = z.infer<typeof expertChange>

/** Asking for a telephone number or an address in the clear. That it was read is recorded, and shown to the person where they are one of the register. */
export const contactReading = z.object({
  field: contacts,
  purpose: prose.min(2, '请写明用来做什么').max(200, '不超过 200 个字'),
})
export type ContactReading = z.infer<typeof contactReading>
export const contactValue = z.object({ value: z.string() })

export const expertsQuery = z.object({
  q: line.max(50).optional(),
  topic: line.max(20).optional(),
  institution: line.max(60).optional(),
  order: orders.default('name'),
  cursor,
  limit: pageSize,
})
export type ExpertsQuery = z.infer<typeof expertsQuery>

export const expertRow = z.object({
  id: z.uuid(),
  name: z.string(),
  institution: z.string(),
  title: z.string(),
  topics: z.array(z.string()),
  state: expertStates,
  /** Who keeps the entry. */
  organization: named,
  changedAt: instant,
})
export type ExpertRow = z.infer<typeof expertRow>

/** A page of experts; with the first one what the list is narrowed by. */
export const expertList = page(expertRow).extend({ topics: z.array(z.string()), institutions: z.array(z.string()) })
export type ExpertList = z.infer<typeof expertList>

/** What the reader is to the base of experts: where they run trainings, and what concerns themselves as an expert. */
export const ownPart = z.object({
  organizations: z.array(named),
  entries: z.array(expertRow),
  invitations: z.array(invitationRow),
})
export type OwnPart = z.infer<typeof ownPart>

/** A lecture that an expert has held, as the activity says it. */
export const pastLecture = z.object({
  activityId: z.uuid(),
  title: z.string(),
  organization: z.string(),
  on: day,
  /** What whoever invited has written of it. */
  evaluation: z.object({ fits: z.string(), suits: z.string(), more: z.string(), by: z.string() }).nullable(),
  canOpen: z.boolean(),
  /** Whether the reader holds it, and sees what listeners have said. */
  canSeeFeedback: z.boolean(),
  canUnlink: z.boolean(),
})
export type PastLecture = z.infer<typeof pastLecture>

export const expertView = expertRow.extend({
  about: z.string(),
  phoneMask: z.string().nullable(),
  emailMask: z.string().nullable(),
  /** The person of the register, for whoever keeps the entry. */
  person: named.nullable(),
  isOwn: z.boolean(),
  consent: consent.extend({ by: z.string() }).nullable(),
  createdBy: z.string(),
  changedBy: z.string(),
  lectures: z.array(pastLecture),
  /** The invitations that the reader may read, the last one first. */
  invitations: z.array(invitationRow),
  /** Days from today on that others wish or have agreed on. */
  taken: z.array(takenDay),
  /** Where the reader may invite for. */
  organizations: z.array(named),
  can: z.object({
    change: z.boolean(),
    agree: z.boolean(),
    takeBack: z.boolean(),
    withdraw: z.boolean(),
    invite: z.boolean(),
    readContacts: z.boolean(),
    link: z.boolean(),
  }),
})
export type ExpertView = z.infer<typeof expertView>
export type ExpertCan = ExpertView['can']

/** A lecture that was held and is said to be one of this expert. */
export const newLink = z.object({ activityId: z.uuid() })
export const linkable = z.object({
  items: z.array(z.object({ id: z.uuid(), title: z.string(), speaker: z.string(), on: day })),
})
export type Linkable = z.infer<typeof linkable>
