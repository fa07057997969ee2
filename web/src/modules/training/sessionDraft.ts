import { addDays, type Day } from '@zhibu/rules'
import type { Category, Form } from '@zhibu/server/modules/training/names-schema'
import type { Material, SessionFields, SessionView } from '@zhibu/server/modules/training/schema'
import { type Line, lineOf } from '../activities/draft.ts'
import { asDay, categoryNames, formNames, readMinute, whenHeld, writeMinute } from './words.ts'

/** What is read or watched, with the name of its file where it has one. */
export type DraftMaterial = Material & { fileName?: string }

/** A session as its form has it: lines with keys, times as they are typed. */
export interface SessionDraft {
  stageId: string | null
  title: string
  on: Day | undefined
  start: string
  end: string
  hours: number | undefined
  category: Category
  form: Form
  lecturers: Line<SessionFields['lecturers'][number]>[]
  place: string
  link: string
  materials: Line<DraftMaterial>[]
}

/** What the first session of a programme begins with. */
export const emptySession: SessionDraft = {
  ...{ stageId: null, title: '', on: undefined, start: '', end: '', hours: undefined },
  ...{ category: 'theory', form: 'rotation', lecturers: [], place: '', link: '', materials: [] },
}

/** What the session after this one begins with: the same but for what it is about, a week later. */
export const sessionAfter = (it: SessionDraft): SessionDraft => ({
  ...it,
  ...{ title: '', lecturers: [], materials: [], on: it.on && addDays(it.on, 7) },
})

/** A session that was read, to be changed. */
export const sessionDraftOf = (it: SessionView): SessionDraft => ({
  ...{ stageId: it.stageId, title: it.title, on: asDay(it.on), hours: it.hours },
  ...{ start: writeMinute(it.startMinute), end: writeMinute(it.endMinute) },
  ...{ category: it.category, form: it.form, place: it.place, link: it.link },
  lecturers: it.lecturers.map(lineOf),
  materials: it.materials.map((one) => lineOf<DraftMaterial>(draftOf(one))),
})

function draftOf({ mediaId, coursewareId, url, label, fileName }: SessionView['materials'][number]): DraftMaterial {
  if (mediaId !== null) return { kind: 'medium', mediaId, label, fileName }
  return coursewareId === null ? { kind: 'link', url, label } : { kind: 'courseware', coursewareId, label, fileName }
}

/** What is sent of a draft; lines in which nothing stands are left out. Without a day or hours it is not sent. */
export function sessionFieldsOf(it: SessionDraft): SessionFields | undefined {
  const { stageId, title, on, hours, category, form, place, link } = it
  if (on === undefined || hours === undefined) return undefined
  return {
    ...{ stageId, title, on, hours, category, form, place, link },
    ...{ startMinute: readMinute(it.start), endMinute: readMinute(it.end) },
    lecturers: it.lecturers.map(({ value }) => value).filter(({ name, about }) => `${name}${about}`.trim() !== ''),
    materials: it.materials
      .map(({ value }) => value)
      .filter((one) => one.kind !== 'link' || `${one.url}${one.label}`.trim() !== '')
      .map(sent),
  }
}

function sent({ fileName: _, ...it }: DraftMaterial): Material {
  return it
}

/** What somebody else has changed of a session, field by field, in words. */
export const sessionChanges = (before: SessionView, now: SessionView) =>
  inWords.map(({ label, say }) => ({ label, before: say(before), now: say(now) })).filter((it) => it.before !== it.now)

const inWords: readonly { label: string; say: (it: SessionView) => string }[] = [
  { label: '课程名称', say: (it) => it.title },
  { label: '时间', say: whenHeld },
  { label: '学时', say: (it) => String(it.hours) },
  { label: '内容', say: (it) => categoryNames[it.category] },
  { label: '形式', say: (it) => formNames[it.form] },
  { label: '地点', say: (it) => it.place },
  { label: '线上课堂', say: (it) => it.link },
  { label: '主讲人', say: (it) => it.lecturers.map(({ name, about }) => `${name} ${about}`.trim()).join('、') },
  { label: '材料', say: (it) => it.materials.map(({ label, fileName }) => label || fileName).join('、') },
  { label: '是否取消', say: (it) => (it.cancelledAt === null ? '' : '已取消') },
]
