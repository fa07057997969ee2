import type { ActivityView } from '@zhibu/server/modules/activities/schema'
import { expect, test } from 'vitest'
import { changesOf, type Draft, draftOf, emptyDraft, fieldsOf, lineOf } from './draft.ts'

const view: ActivityView = {
  ...{ id: '0', kind: 'lecture', title: '读书会', state: 'announced', organization: { id: '1', name: '一支部' } },
  ...{
    fromOn: '2026-12-04',
    untilOn: null,
    startMinute: 545,
    endMinute: 630,
    place: '三教',
    dayKey: null,
    dayName: null,
  },
  ...{ summary: '读书', link: 'https://meet.example.cn/1', speaker: '顾明远', aboutSpeaker: '教师' },
  plan: { aim: '读书', steps: [{ minutes: null, what: '读' }], materials: ['书'], noticeText: '来读书' },
  attachments: [{ mediaId: '2', kind: 'file', fileName: 'a.pdf', label: '讲稿', altText: '', sizeBytes: 1 }],
  signUp: { capacity: 30, untilOn: '2026-12-03', taken: 1, waiting: 0, own: null, isOpen: true, isOver: false },
  ...{ announcedAt: null, announcedBy: null, cancelledAt: null, cancelReason: null, createdBy: '' },
  ...{ record: null, articleId: null, draft: null, toCorrect: null },
  can: {
    ...{ change: true, announce: true, cancel: true, record: true, file: true },
    ...{ notify: true, beginArticle: true, offer: true, seeSignUps: true, removeSignUps: true },
  },
}

test('an activity that is read and saved unchanged stays as it was', () => {
  const { kind, title, summary, place, dayKey, link, speaker, aboutSpeaker, plan } = view
  expect(fieldsOf(draftOf(view))).toEqual({
    ...{ kind, title, summary, place, dayKey, link, speaker, aboutSpeaker, plan },
    ...{ fromOn: '2026-12-04', untilOn: null, startMinute: 545, endMinute: 630 },
    attachments: [{ mediaId: '2', label: '讲稿' }],
    signUp: { capacity: 30, untilOn: '2026-12-03' },
  })
})

test('lines in which nothing stands are not sent, and the same last day is none', () => {
  const draft: Draft = {
    ...emptyDraft,
    ...{ fromOn: '2026-12-04', untilOn: '2026-12-04' },
    steps: [lineOf({ minutes: 5, what: ' ' }), lineOf({ minutes: null, what: '讨论' })],
    materials: [lineOf(''), lineOf('纸笔')],
  }
  expect(fieldsOf(draft)).toMatchObject({
    untilOn: null,
    plan: { steps: [{ minutes: null, what: '讨论' }], materials: ['纸笔'] },
    signUp: null,
  })
})

test('what somebody else has changed is said of every field that a form has', () => {
  const now: ActivityView = {
    ...{ ...view, summary: '读书和讨论', link: '', kind: 'other', attachments: [] },
    plan: { ...view.plan, steps: [{ minutes: 10, what: '读' }] },
    signUp: null,
    record: {
      ...{ happened: '读了', headcount: 12, summary: '', pictures: [], isFiled: false, hasChangedSince: false },
      ...{ recordedBy: '李晓岚', recordedAt: '2026-12-04T08:00:00.000Z' },
    },
  }
  expect(changesOf(view, view)).toEqual([])
  expect(changesOf(view, now)).toEqual([
    { label: '类型', before: '讲座', now: '其他活动' },
    { label: '介绍', before: '读书', now: '读书和讨论' },
    { label: '线上会议', before: 'https://meet.example.cn/1', now: '' },
    { label: '环节', before: '读', now: '读（10 分钟）' },
    { label: '报名', before: '名额 30 个，2026-12-03 截止', now: '不用报名' },
    { label: '附件', before: '讲稿', now: '' },
    { label: '活动情况', before: '', now: '读了' },
    { label: '参加人数', before: '', now: '12' },
    { label: '照片', before: '', now: '0 张' },
  ])
})
