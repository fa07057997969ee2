import { z } from 'zod'
import { codesOf, day, line, prose, reason } from '../../platform/wire.ts'
import { officeKinds } from '../organization/schema.ts'
import {
  type AccessDecision,
  type AccessKind,
  accessDecisionNames,
  accessKindNames,
  type EntryKind,
  entryKindNames,
  type KitPartName,
  kitPartNames,
  type Side,
  type SuccessionState,
  type SuccessionTask,
  sideNames,
  successionStateNames,
  successionTaskNames,
} from './names-schema.ts'

/** What crosses the wire when an office changes hands (工作交接): the kit, what is settled, and who signs. */

const named = z.object({ id: z.uuid(), name: z.string() })
const decision = codesOf<AccessDecision>(accessDecisionNames)

export const newSuccession = z.object({
  organizationId: z.uuid(),
  /** The office that changes hands; its holder goes. */
  officeId: z.uuid(),
  incomingPersonId: z.uuid().nullable(),
})
export type NewSuccession = z.infer<typeof newSuccession>

export const successorNaming = z.object({ personId: z.uuid() })

/** What was promised, or where something lies: in a line of whoever writes it. */
export const newEntry = z.object({
  kind: codesOf<EntryKind>(entryKindNames),
  text: line.min(2, '请写几个字').max(200, '不超过 200 个字'),
  toWhom: line.max(60, '不超过 60 个字'),
  untilOn: day.nullable(),
})
export type NewEntry = z.infer<typeof newEntry>

/** What becomes of every access, in one step. */
export const settlement = z.object({
  /** The first day of who comes; the office of who goes ends on the day before. */
  firstOn: day,
  documentNumber: line.max(60, '文号不超过 60 个字'),
  decisions: z
    .array(z.object({ key: z.string().max(80), decision }))
    .max(200)
    .refine((all) => new Set(all.map((it) => it.key)).size === all.length, '有权限重复，请刷新页面重新办理'),
})
export type Settlement = z.infer<typeof settlement>

/** 已交、已接. */
export const signing = z.object({ remark: prose.max(500, '不超过 500 个字') })
export type Signing = z.infer<typeof signing>

export const successionReason = z.object({ reason })

/** Where and how the kit is written out. */
export const kitOrder = z.object({ form: z.enum(['pdf', 'word']) })

/** A line of a kit: what it is, facts of it, its day, and the page that it leads to. */
export const kitLine = z.object({
  text: z.string(),
  facts: z.array(z.string()),
  on: day.nullable(),
  isOverdue: z.boolean(),
  page: z.string().nullable(),
})
export type KitLine = z.infer<typeof kitLine>

export const kitPart = z.object({
  name: codesOf<KitPartName>(kitPartNames),
  lines: z.array(kitLine),
  /** How many more there are than are listed; 0 where all are. */
  more: z.number().int(),
})
export type KitPart = z.infer<typeof kitPart>

const entry = z.object({
  id: z.uuid(),
  ...newEntry.shape,
  writtenBy: z.string(),
  writtenOn: day,
  can: z.object({ remove: z.boolean() }),
})
export type Entry = z.infer<typeof entry>

/** A kit as it is signed. */
export const keptKit = z.object({ parts: z.array(kitPart), entries: z.array(entry.omit({ can: true })) })
export type KeptKit = z.infer<typeof keptKit>

/** An access that is still to be decided on. */
export const access = z.object({
  key: z.string(),
  kind: codesOf<AccessKind>(accessKindNames),
  title: z.string(),
  facts: z.array(z.string()),
  /** What can be decided; of one there is nothing to choose. */
  allowed: z.array(decision),
})
export type Access = z.infer<typeof access>
export const decidedAccess = access.omit({ allowed: true }).extend({ decision })
export type DecidedAccess = z.infer<typeof decidedAccess>

const successionRowShape = {
  id: z.uuid(),
  organization: named,
  office: z.enum(officeKinds),
  outgoing: named,
  incoming: named.nullable(),
  state: codesOf<SuccessionState>(successionStateNames),
  begunOn: day,
  lastOn: day.nullable(),
  firstOn: day.nullable(),
}

/** With what the reader has to do in it; null where nothing waits for them. */
export const successionRow = z.object({
  ...successionRowShape,
  task: codesOf<SuccessionTask>(successionTaskNames).nullable(),
})
export type SuccessionRow = z.infer<typeof successionRow>
export const successionList = z.object({
  items: z.array(successionRow),
  isCut: z.boolean(),
  /** The organisations whose offices the reader may hand over. */
  places: z.array(named),
})
export type SuccessionList = z.infer<typeof successionList>
/** What waits for the reader. */
export const successionDesk = z.object({ items: z.array(successionRow) })
export type SuccessionDesk = z.infer<typeof successionDesk>

export const successionView = z.object({
  ...successionRowShape,
  begunBy: z.string(),
  /** The first and, where it is known, the planned last day of the office. */
  officeFrom: day,
  officeUntil: day.nullable(),
  /** As it was drawn up, or as the records say now. Null for whoever may not, or no longer, do what the office may. */
  kit: z.object({ asOf: day, isDrawnUp: z.boolean(), parts: z.array(kitPart) }).nullable(),
  entries: z.array(entry),
  /** What is still to be decided, for who gives the office and who goes. */
  accesses: z.array(access),
  decided: z.array(decidedAccess),
  settledOn: day.nullable(),
  settledBy: z.string().nullable(),
  signatures: z.array(
    z.object({ side: codesOf<Side>(sideNames), name: z.string(), remark: z.string(), signedOn: day }),
  ),
  closedOn: day.nullable(),
  closedBy: z.string().nullable(),
  closeReason: z.string().nullable(),
  dropReason: z.string().nullable(),
  isOutgoing: z.boolean(),
  isIncoming: z.boolean(),
  can: z.object({
    nameSuccessor: z.boolean(),
    write: z.boolean(),
    settle: z.boolean(),
    signOutgoing: z.boolean(),
    signIncoming: z.boolean(),
    close: z.boolean(),
    drop: z.boolean(),
    export: z.boolean(),
  }),
  revision: z.number().int(),
})
export type SuccessionView = z.infer<typeof successionView>
