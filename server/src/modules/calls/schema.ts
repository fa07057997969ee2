import { z } from 'zod'
import { withoutNumbers } from '../../platform/identity-numbers.ts'
import { codesOf, cursor, day, line, page, pageSize, prose, reason } from '../../platform/wire.ts'
import { begunDraft } from '../notices/schema.ts'
import {
  type CallState,
  callStateNames,
  type Decision,
  decisionNames,
  type EntryState,
  entryStateNames,
  type FieldKind,
  fieldKindNames,
  type TellingKind,
  type TellingPlace,
  tellingKindNames,
  tellingPlaceNames,
} from './names-schema.ts'

/** What crosses the wire about calls for entries (征集) and the entries themselves. What is said of reviews stands in `review-schema.ts`. */

export const callStates = codesOf<CallState>(callStateNames)
export const entryStates = codesOf<EntryState>(entryStateNames)
export const decisions = codesOf<Decision>(decisionNames)
export const fieldKinds = codesOf<FieldKind>(fieldKindNames)

export const instant = z.iso.datetime()
export const count = z.number().int()
export const named = z.object({ id: z.uuid(), name: z.string() })
export const created = z.object({ id: z.uuid() })
export const withReason = z.object({ reason })

/** The name by which a kind, a field or a criterion is known inside its call; given once and never shown. */
export const partKey = z.string().regex(/^[a-z][A-Za-z0-9]{0,19}$/, '内部名称不正确，请删去这一项后重新添加')

/** 类别: entries of a kind come in until a day of their own. */
export const callKind = z.object({
  key: partKey,
  name: line.min(1, '请填写类别的名称').max(30, '不超过 30 个字'),
  untilOn: day,
})

/** What an entry holds in one of its fields. `most`: characters of a text, pictures or files otherwise. */
export const callField = z.object({
  key: partKey,
  label: line.min(1, '请填写这一栏的名称').max(30, '不超过 30 个字'),
  kind: fieldKinds,
  isRequired: z.boolean(),
  most: z.number().int().min(1, '至少为 1').max(20_000, '不超过 20000'),
  hint: line.max(200, '不超过 200 个字'),
})
export type CallField = z.infer<typeof callField>

/** 评审标准 with its levels from the lowest to the highest, in words: never a number. */
export const criterion = z.object({
  key: partKey,
  name: line.min(1, '请填写标准的名称').max(30, '不超过 30 个字'),
  levels: z
    .array(
      z.object({
        name: line.min(1, '请填写这一档的名称').max(10, '不超过 10 个字'),
        words: line.min(1, '请写明怎样算这一档').max(200, '不超过 200 个字'),
      }),
    )
    .min(2, '每条标准至少分两档')
    .max(5, '每条标准不超过五档'),
})
export type Criterion = z.infer<typeof criterion>

/** The most pictures, sounds, films or files that one field takes. */
export const mostMedia = 20

/** Everything that is settled of a call. */
export const callFields = z
  .object({
    title: line.min(4, '标题至少 4 个字').max(80, '标题不超过 80 个字'),
    body: prose.min(10, '请写几句：征集什么、为什么、怎样算合适').max(5_000, '不超过 5000 个字'),
    kinds: z.array(callKind).min(1, '至少设一个类别').max(10, '类别不超过 10 个'),
    fields: z.array(callField).min(1, '至少设一栏').max(20, '不超过 20 栏'),
    /** How many persons one entry may have; 1: nobody but its author. */
    teamMost: z.number().int().min(1, '至少 1 人').max(20, '不超过 20 人'),
    /** How many entries of one kind somebody may send in. */
    entriesMost: z.number().int().min(1, '至少 1 件').max(10, '不超过 10 件'),
    /** 盲评: reviewers see neither author nor organisation, and the texts are looked through for what tells them. */
    isBlind: z.boolean(),
    /** Words besides names, numbers and organisations that must not stand in a blind entry. */
    words: z.array(line.min(2, '至少 2 个字').max(30, '不超过 30 个字')).max(50, '不超过 50 个词'),
    criteria: z.array(criterion).max(8, '标准不超过 8 条'),
  })
  .superRefine((it, ctx) => {
    const wrong = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    for (const part of ['kinds', 'fields', 'criteria'] as const) {
      const keys = it[part].map(({ key }) => key)
      if (new Set(keys).size < keys.length) wrong([part], '有两项的内部名称相同，请删去其中一项后重新添加')
    }
    it.fields.forEach((field, place) => {
      const isText = field.kind === 'line' || field.kind === 'prose'
      if (field.kind === 'line' && field.most > 200) wrong(['fields', place, 'most'], '一行文字不超过 200 个字')
      if (!isText && field.most > mostMedia) wrong(['fields', place, 'most'], `不超过 ${mostMedia} 个`)
    })
  })
export type CallFields = z.infer<typeof callFields>

export const newCall = callFields.safeExtend({ organizationId: z.uuid() })
export type NewCall = z.infer<typeof newCall>

export const callsQuery = z.object({
  /** Those that take entries, those that do no longer, or those that the reader holds. */
  only: z.enum(['open', 'over', 'held']).default('open'),
  q: line.max(50).optional(),
  cursor,
  limit: pageSize,
})
export type CallsQuery = z.infer<typeof callsQuery>

export const callRow = z.object({
  id: z.uuid(),
  title: z.string(),
  state: callStates,
  organization: named,
  /** The last day of all kinds, and the day on which they were closed before that. */
  untilOn: day,
  closedOn: day.nullable(),
  kinds: z.array(callKind),
})
export type CallRow = z.infer<typeof callRow>
export const callList = page(callRow)

/** What was announced wrongly of an entry and put right: when, by whom and why, what stood there and what holds. */
export const correction = z.object({
  ...{ at: instant, by: z.string(), reason: z.string() },
  ...{ from: decisions, fromWords: z.string(), to: decisions, toWords: z.string() },
})
export type Correction = z.infer<typeof correction>

/** One of the own entries, in the list of its call. */
const ownEntry = z.object({ id: z.uuid(), title: z.string(), kindKey: z.string(), state: entryStates })

const callCan = z.object({
  change: z.boolean(),
  announce: z.boolean(),
  close: z.boolean(),
  cancel: z.boolean(),
  notify: z.boolean(),
  enter: z.boolean(),
  /** See the entries, choose reviewers, hold phases, decide. */
  judge: z.boolean(),
  openPhase: z.boolean(),
  announceResults: z.boolean(),
  correctResults: z.boolean(),
  settleVote: z.boolean(),
  vote: z.boolean(),
})
export type CallCan = z.infer<typeof callCan>

export const callView = callFields.safeExtend({
  id: z.uuid(),
  state: callStates,
  organization: named,
  untilOn: day,
  closedOn: day.nullable(),
  announcedAt: instant.nullable(),
  announcedBy: z.string().nullable(),
  closeReason: z.string().nullable(),
  cancelReason: z.string().nullable(),
  resultsAt: instant.nullable(),
  hasVote: z.boolean(),
  /** A notice of it, or of its results, that waits to be sent, for those who may send it. */
  draft: begunDraft.nullable(),
  /** Of the results, the first one first; without the title of a work that is not public. */
  corrections: z.array(correction.omit({ fromWords: true, toWords: true }).extend({ title: z.string().nullable() })),
  createdBy: z.string(),
  /** Who knows it asks to review; seen by those who hold the call. */
  reviewCode: z.string().nullable(),
  /** Whoever holds the call and has an entry in it leaves it to the others. */
  isOwnConcern: z.boolean(),
  ownEntries: z.array(ownEntry),
  can: callCan,
})
export type CallView = z.infer<typeof callView>

/** What stands in one field: words, or pictures and files by their ids in the library (素材). */
const answer = z.object({
  text: prose.overwrite(withoutNumbers).max(20_000, '不超过 20000 个字'),
  mediaIds: z.array(z.uuid()).max(mostMedia, `不超过 ${mostMedia} 个`),
})
export type Answer = z.infer<typeof answer>

/** By the keys of the fields. */
export const answers = z.record(partKey, answer)
export type Answers = z.infer<typeof answers>

export const entryFields = z.object({
  title: line.overwrite(withoutNumbers).max(60, '题目不超过 60 个字'),
  kindKey: partKey,
  answers,
})
export type EntryFields = z.infer<typeof entryFields>
export const newEntry = z.object({ kindKey: partKey })

/** Something that tells whose work it is, for whoever looks at it. */
export const telling = z.object({
  /** Of the field; null for the title. */
  fieldKey: z.string().nullable(),
  place: codesOf<TellingPlace>(tellingPlaceNames),
  kind: codesOf<TellingKind>(tellingKindNames),
  word: z.string(),
})
export type Telling = z.infer<typeof telling>

/** `hasLookedAt`: the author has seen what tells who they are, and wants to submit nevertheless. */
export const submission = z.object({ hasLookedAt: z.boolean() })

/** A picture, sound, film or file of an entry; `mediaId` names it where it is asked for. */
export const entryMedium = z.object({
  mediaId: z.string(),
  kind: z.enum(['picture', 'video', 'sound', 'file']),
  fileName: z.string(),
  altText: z.string(),
  hasCaptions: z.boolean(),
  hasChapters: z.boolean(),
})
export type EntryMedium = z.infer<typeof entryMedium>

/** A field of an entry as it is read. */
export const shownField = z.object({
  key: z.string(),
  label: z.string(),
  kind: fieldKinds,
  text: z.string(),
  media: z.array(entryMedium),
})
export type ShownField = z.infer<typeof shownField>

export const consents = z.object({ publication: z.boolean(), name: z.boolean(), portrait: z.boolean() })
export type Consents = z.infer<typeof consents>

const entryMember = z.object({
  personId: z.uuid(),
  name: z.string(),
  organization: z.string(),
  isAuthor: z.boolean(),
  consents,
})

export const entryView = z.object({
  id: z.uuid(),
  call: z.object({ id: z.uuid(), title: z.string(), isBlind: z.boolean(), teamMost: count }),
  kindKey: z.string(),
  kindName: z.string(),
  untilOn: day,
  title: z.string(),
  number: count.nullable(),
  state: entryStates,
  fields: z.array(shownField),
  members: z.array(entryMember),
  /** The own consents of the reader, whose work it is. */
  own: consents.nullable(),
  /** Seen by those whose work it is; whoever knows it joins them. */
  teamCode: z.string().nullable(),
  tellings: z.array(telling),
  /** What is still missing or too long, in sentences. */
  problems: z.array(z.object({ fieldKey: z.string().nullable(), message: z.string() })),
  redactions: z.array(z.string()),
  decision: decisions.nullable(),
  decisionWords: z.string(),
  corrections: z.array(correction),
  can: z.object({
    write: z.boolean(),
    submit: z.boolean(),
    takeBack: z.boolean(),
    withdraw: z.boolean(),
    judge: z.boolean(),
  }),
})
export type EntryView = z.infer<typeof entryView>

export const code = z.object({
  code: line
    .overwrite((it) => it.toUpperCase().replace(/[^A-Z0-9]/g, ''))
    .min(1, '请填写邀请码')
    .max(20, '邀请码不正确'),
})

export const shelfQuery = z.object({
  q: line.max(50).optional(),
  callId: z.uuid().optional(),
  cursor,
  limit: pageSize,
})
export type ShelfQuery = z.infer<typeof shelfQuery>

export const shelfRow = z.object({
  id: z.uuid(),
  title: z.string(),
  kindName: z.string(),
  call: named,
  /** Who consented to be named. */
  authors: z.array(z.string()),
  excerpt: z.string(),
  /** A picture to look at beside the title. */
  cover: entryMedium.nullable(),
})
export type ShelfRow = z.infer<typeof shelfRow>
export const shelf = page(shelfRow)

export const shelfView = shelfRow.omit({ excerpt: true, cover: true }).extend({
  organization: named,
  fields: z.array(shownField),
  publishedAt: instant,
  articleId: z.uuid().nullable(),
  can: z.object({ beginArticle: z.boolean() }),
})
export type ShelfView = z.infer<typeof shelfView>

export const newArticleOf = z.object({ sectionId: z.uuid() })

/** Which medium of a work, and of which words of it. */
export const textKind = z.enum(['captions', 'chapters'])
