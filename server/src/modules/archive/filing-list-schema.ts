import { actKinds, contentKinds, deliverers, requirements, retentionPeriods } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, line, page, pageSize, reason } from '../../platform/wire.ts'

/** What crosses the wire about the filing list in force, and to change it for the university. */

const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,60}$/, '没有这一类材料')
const label = line.min(1, '请填写名称').max(60, '名称不超过 60 个字')

export const ofPlace = z.object({ code })

const ownAnywhere = z.object({
  label,
  /** Behind which place it stands. */
  after: code,
  deliveredBy: z.enum(deliverers),
  requirement: z.enum(requirements),
  form: z.enum(['original', 'either']),
  contents: z.array(z.enum(contentKinds)).min(1, '请至少选择一种文件类型').max(contentKinds.length),
  several: z.boolean(),
  sensitive: z.boolean(),
  closedToPerson: z.boolean(),
  retention: z.enum(retentionPeriods),
})
/** Once an act of this kind is recorded, a required paper is due. */
const ofPerson = ownAnywhere.extend({ subject: z.literal('person'), from: z.enum(actKinds) })
/** When a paper of it comes about. */
const ofOrganization = ownAnywhere.extend({
  subject: z.literal('organization'),
  occasion: line.min(1, '请填写何时形成').max(60, '不超过 60 个字'),
})

/** A place of the university's own, with everything that is said of it. */
export const ownPlace = z.discriminatedUnion('subject', [ofPerson, ofOrganization])
export type OwnPlace = z.infer<typeof ownPlace>

/** The same to be added, or to take the place of what was said of it before. */
export const newOwnPlace = z.discriminatedUnion('subject', [
  ofPerson.extend({ reason }),
  ofOrganization.extend({ reason }),
])
export type NewOwnPlace = z.infer<typeof newOwnPlace>

const differences = z.object({
  label: label.exactOptional(),
  requirement: z.enum(requirements).exactOptional(),
  retention: z.enum(retentionPeriods).exactOptional(),
  after: code.exactOptional(),
})

/** All that is different about a shipped place from now on; what is not given is as shipped. */
export const shippedChange = differences.extend({ reason })
export type ShippedChange = z.infer<typeof shippedChange>

export const useChange = z.object({ inUse: z.boolean(), reason })
export type UseChange = z.infer<typeof useChange>

/** What the university does differently, out of which the rules make the list in force. */
export const filingListView = z.object({
  adjustment: z.object({
    added: z.array(z.discriminatedUnion('subject', [ofPerson.extend({ code }), ofOrganization.extend({ code })])),
    changed: z.array(differences.extend({ code, off: z.literal(true).exactOptional() })),
  }),
  can: z.object({ change: z.boolean() }),
})
export type FilingListView = z.infer<typeof filingListView>

export const ownPlaceAdded = z.object({ code })

export const listChangesQuery = z.object({ cursor, limit: pageSize })
export type ListChangesQuery = z.infer<typeof listChangesQuery>

/** One change: who, when, why, and what, in sentences. */
export const listChange = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  reason: z.string(),
  changes: z.array(z.string()),
})
export type ListChange = z.infer<typeof listChange>
export const listChanges = page(listChange)

/** Nothing narrows the list that is written out. */
export const filingListExport = z.object({})
