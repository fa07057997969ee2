import { expect, test } from 'vitest'
import { changesOf, draftOf, emptyStep, sentAt, textOf } from './recordDraft.ts'

const record = {
  ...{ talked: '谈了入党动机', writtenBy: 'guided' as const, writtenAt: '2026-11-30T00:00:00Z', versions: 1 },
  steps: [
    {
      ...{ id: '019e0000-0000-7000-8000-000000000001', what: '改申请书', side: 'guided' as const },
      ...{ dueOn: '2026-12-04' as const, doneOn: null, isOwn: true },
    },
  ],
}

test('a record that was read is sent as it was, with the id of what stands already', () => {
  const { talked, steps } = record
  expect(textOf(draftOf(record))).toEqual({
    talked,
    steps: steps.map(({ id, what, side, dueOn }) => ({ id, what, side, dueOn })),
  })
  expect(textOf(draftOf(null))).toEqual({ talked: '', steps: [] })
})

test('empty lines are not sent, and a refusal finds the line all the same', () => {
  const steps = [emptyStep(), { ...emptyStep(), what: '找例文' }, { ...emptyStep(), what: ' ' }]
  expect(textOf({ talked: '谈了', steps }).steps).toEqual([{ id: null, what: '找例文', side: 'guided', dueOn: null }])
  expect(steps.map((it) => sentAt(steps, it.key))).toEqual([-1, 0, -1])
})

test.each([
  ['nothing', record, []],
  ['the text', { ...record, talked: '还谈了课业' }, ['谈了什么']],
  ['the steps', { ...record, steps: [] }, ['约定事项']],
])('where the other one has changed %s it is said', (_, now, labels) => {
  expect(changesOf(record, now).map((it) => it.label)).toEqual(labels)
})
