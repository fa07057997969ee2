import { expect, test } from 'vitest'
import { audienceIn, differencesOf, emptyGroup, hurryOf, needsOf, newDraft, noticeIn, textIn } from './noticeDraft.ts'

const settings = { usualLeadDays: 5, leastLeadDays: 2 }

test.each([
  ['2026-06-06', undefined],
  ['2026-06-05', { days: 4, isBelowLeast: false }],
  ['2026-06-03', { days: 2, isBelowLeast: false }],
  ['2026-06-02', { days: 1, isBelowLeast: true }],
  ['2026-06-01', { days: 0, isBelowLeast: true }],
  ['2026-05-31', undefined],
  [undefined, undefined],
] as const)('an event on %s is announced on 2026-06-01 with %j', (happensOn, hurry) => {
  expect(hurryOf({ happensOn }, '2026-06-01', settings)).toEqual(hurry)
})

const draft = { ...newDraft('o'), title: ' 标题 ', body: '正文\n', hurriedReason: ' 临时 ' }

test.each([
  [
    { kind: 'information', dueOn: '2026-06-09', happensOn: undefined },
    { dueOn: null, happensOn: null, hurriedReason: null },
  ],
  [
    { kind: 'task', dueOn: '2026-06-09', happensOn: '2026-06-02' },
    { dueOn: '2026-06-09', happensOn: '2026-06-02', hurriedReason: '临时' },
  ],
] as const)('%j is told as %j', (part, told) => {
  expect(textIn({ ...draft, ...part })).toEqual({ kind: part.kind, title: '标题', body: '正文', ...told })
})

test('conditions without an organisation reach nobody', () => {
  expect(audienceIn({ ...draft, groups: [emptyGroup], except: [{ id: 'p', name: '某人' }] })).toEqual({
    groups: [],
    personIds: [],
    exceptIds: ['p'],
  })
  expect(audienceIn(draft).groups).toEqual([{ organizationIds: ['o'], offices: [], stages: [] }])
})

test('a task needs its day, nothing else does', () => {
  expect(needsOf({ ...draft, kind: 'task', dueOn: undefined })).toEqual({ 标题: true, 正文: true, 办理期限: false })
  expect(needsOf({ ...draft, title: '通' })).toEqual({ 标题: false, 正文: true })
})

test('what another has changed is told field by field', () => {
  const before = noticeIn({ ...newDraft('o'), title: '甲甲', body: '一' }, 'o')
  expect(differencesOf(before, before)).toEqual([])
  expect(
    differencesOf(before, {
      ...before,
      ...{ kind: 'confirmation', body: '二', audience: { ...before.audience, personIds: ['p'] } },
    }),
  ).toEqual([
    { label: '正文', before: '一', now: '二' },
    { label: '种类', before: '仅供知悉', now: '请确认' },
    { label: '发送对象', before: '原来选的', now: '有改动；再次保存后以您选的为准' },
  ])
})
