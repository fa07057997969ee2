import { z } from 'zod'
import { codesOf, cursor, day, line, page, pageSize, prose, reason } from '../../platform/wire.ts'
import { activityKinds } from '../activities/schema.ts'
import { type QuestionState, questionStateNames } from './names-schema.ts'

/** What crosses the wire about lectures (讲座): the live page, questions, notes, polls, the recording and what people say afterwards. */

const instant = z.iso.datetime()
const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })
const questionStates = codesOf<QuestionState>(questionStateNames)

export const created = z.object({ id: z.uuid() })
export const withReason = z.object({ reason })

/** Whether questions wait until whoever holds the lecture has looked at them. */
export const moderation = z.object({ isModerated: z.boolean() })

export const newQuestion = z.object({
  text: prose.min(2, '请写下您的问题').max(300, '不超过 300 个字'),
  /** Whether the own name stands with it, for everybody to read. */
  isNamed: z.boolean(),
})
export type NewQuestion = z.infer<typeof newQuestion>

/** Empty: it was answered by word of mouth. */
export const writtenAnswer = z.object({ answer: prose.max(2_000, '不超过 2000 个字') })

/** A question as all readers see it. Who asked is told only where they wanted it. */
export const question = z.object({
  id: z.uuid(),
  text: z.string(),
  askerName: z.string().nullable(),
  state: questionStates,
  releasedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  answer: z.string(),
  supportCount: count,
})
export type Question = z.infer<typeof question>

/** The same for whoever asked it. */
export const ownQuestion = question.extend({ declineReason: z.string().nullable() })
export type OwnQuestion = z.infer<typeof ownQuestion>

export const supporting = z.object({ supports: z.boolean() })

export const newPoll = z
  .object({
    question: line.min(2, '请写明要问什么').max(120, '不超过 120 个字'),
    options: z
      .array(line.min(1, '请填写选项，或者删去这一行').max(60, '不超过 60 个字'))
      .min(2, '至少 2 个选项')
      .max(6, '不超过 6 个选项'),
  })
  .refine((it) => new Set(it.options).size === it.options.length, { path: ['options'], message: '有两个选项相同' })
export type NewPoll = z.infer<typeof newPoll>

/** A show of hands. How many have answered is told from five on, and for what only when it is over; never who. */
export const poll = z.object({
  id: z.uuid(),
  question: z.string(),
  options: z.array(z.string()),
  openedAt: instant,
  closedAt: instant.nullable(),
  /** Null where there are too few to be told. */
  answers: count.nullable(),
  counts: z.array(count).nullable(),
})
export type Poll = z.infer<typeof poll>

/** The number of an option, from 0. */
export const hand = z.object({ choice: z.number().int().min(0).max(5) })

/** The live page as it stands. */
export const session = z.object({
  isOpen: z.boolean(),
  isModerated: z.boolean(),
  openedAt: instant.nullable(),
  closedAt: instant.nullable(),
})
export type Session = z.infer<typeof session>

const can = z.object({
  hold: z.boolean(),
  open: z.boolean(),
  close: z.boolean(),
  ask: z.boolean(),
  write: z.boolean(),
  putRecording: z.boolean(),
  giveFeedback: z.boolean(),
})
export type LectureCan = z.infer<typeof can>

/** The recording as the page shows it; its content and words are asked for by themselves. */
export const recording = z.object({
  mediaId: z.uuid(),
  kind: z.enum(['video', 'sound']),
  fileName: z.string(),
  durationSeconds: z.number().nullable(),
  hasCaptions: z.boolean(),
  hasChapters: z.boolean(),
})
export type Recording = z.infer<typeof recording>

/** What is known of a lecture from its activity. */
const lecture = z.object({
  activityId: z.uuid(),
  kind: activityKinds,
  title: z.string(),
  speaker: z.string(),
  organization: named,
  fromOn: day.nullable(),
  untilOn: day.nullable(),
  startMinute: count.nullable(),
  endMinute: count.nullable(),
  place: z.string(),
})

export const lectureView = lecture.extend({
  link: z.string(),
  isCancelled: z.boolean(),
  session,
  /** Released ones. */
  questions: z.array(question),
  /** Those that wait, for whoever holds the lecture. */
  waiting: z.array(question),
  polls: z.array(poll),
  recording: recording.nullable(),
  /** What concerns the reader alone. */
  own: z.object({
    questions: z.array(ownQuestion),
    supports: z.array(z.uuid()),
    hands: z.array(z.object({ pollId: z.uuid(), choice: count })),
    hasGivenFeedback: z.boolean(),
  }),
  can,
})
export type LectureView = z.infer<typeof lectureView>

/** What has changed, as it is told to every open page of a lecture: nothing that concerns one person. */
export const change = z.object({
  session: session.exactOptional(),
  questions: z.array(question).exactOptional(),
  /** Questions that are shown no longer. */
  gone: z.array(z.uuid()).exactOptional(),
  polls: z.array(poll).exactOptional(),
  /** The revision of the notes. */
  notes: count.exactOptional(),
  recording: z.literal(true).exactOptional(),
  /** Something may have been said before it was heard: read everything anew. */
  anew: z.literal(true).exactOptional(),
})
export type Change = z.infer<typeof change>

/** 共享笔记 */
export const notesText = z.object({ text: prose.max(20_000, '不超过 20000 个字') })
export const notesView = z.object({
  text: z.string(),
  revision: count,
  /** Who has written when, the last one first. */
  history: z.array(z.object({ revision: count, savedBy: z.string(), savedAt: instant })),
  can: z.object({ write: z.boolean() }),
})
export type NotesView = z.infer<typeof notesView>

export const newRecording = z.object({ mediaId: z.uuid() })

/** What people say afterwards, in words, without a name. */
export const newFeedback = z
  .object({
    gained: prose.max(1_000, '不超过 1000 个字'),
    suggested: prose.max(1_000, '不超过 1000 个字'),
  })
  .refine((it) => it.gained !== '' || it.suggested !== '', { path: ['gained'], message: '请至少写一句' })
export type NewFeedback = z.infer<typeof newFeedback>

/** Null where there are too few to be shown. */
export const feedbackView = z.object({
  items: z.array(z.object({ gained: z.string(), suggested: z.string() })).nullable(),
})
export type FeedbackView = z.infer<typeof feedbackView>

/** A lecture to come or under way. */
export const lectureRow = lecture.extend({
  isOpen: z.boolean(),
})
export type LectureRow = z.infer<typeof lectureRow>
export const lectureList = z.object({ items: z.array(lectureRow) })

export const recordingsQuery = z.object({ q: line.max(50).optional(), cursor, limit: pageSize })
export type RecordingsQuery = z.infer<typeof recordingsQuery>

/** A recording, and where in its words the search has found something. */
export const recordingRow = lectureRow.omit({ isOpen: true, place: true }).extend({
  mediaKind: z.enum(['video', 'sound']),
  durationSeconds: z.number().nullable(),
  hits: z.array(z.object({ seconds: z.number(), text: z.string() })),
})
export type RecordingRow = z.infer<typeof recordingRow>
export const recordingList = page(recordingRow)
