import type { AttendanceRow } from '@zhibu/server/modules/training/attendance-schema'
import { expect, test } from 'vitest'
import { countsOf, type Mark, marked, markOf, needsOfMarks, sentMarks } from './marks.ts'

const row: AttendanceRow = {
  person: { id: 'a', name: '周明远', studentNumber: null },
  ...{ organization: '一支部', place: 'taken', attendance: null, leaveKind: null, note: '', recordedBy: null },
  ...{ requests: [], conflicts: [] },
}
const waiting: AttendanceRow['requests'][number] = {
  ...{ id: 'r', kind: 'leave', leaveKind: 'sick', text: '', raisedAt: '2026-11-29T00:00:00.000Z' },
  ...{ isGranted: null, answer: null },
}
const first = { isRecorded: false, isSelf: false }

test.each([
  ['nobody said anything', row, first, 'present'],
  ['something they wrote waits', { ...row, requests: [waiting] }, first, null],
  ['what they wrote was refused', { ...row, requests: [{ ...waiting, isGranted: false }] }, first, 'present'],
  ['leave was granted', { ...row, attendance: 'leave', leaveKind: 'sick' }, first, 'leave'],
  ['they came onto the list after it was recorded', row, { ...first, isRecorded: true }, null],
  ['it was recorded that they were absent', { ...row, attendance: 'absent' }, { ...first, isRecorded: true }, 'absent'],
  ['it is whoever records', row, { ...first, isSelf: true }, null],
] as const)('where %s, the line begins so', (_, it, how, attendance) => {
  expect(markOf({ ...it, requests: [...it.requests], conflicts: [] }, how).attendance).toBe(attendance)
})

test('the kind of leave goes with leave alone, and no note with who was there', () => {
  const leave: Mark = { attendance: 'leave', leaveKind: 'sick', note: '发烧' }
  expect(marked(leave, 'leave')).toEqual(leave)
  expect(marked(leave, 'absent')).toEqual({ attendance: 'absent', leaveKind: null, note: '发烧' })
  expect(marked(leave, 'present')).toEqual({ attendance: 'present', leaveKind: null, note: '' })
})

test('leave without its kind and making up without a word are still to be filled in; what is open is not sent', () => {
  const marks = new Map<string, Mark>([
    ['a', { attendance: 'leave', leaveKind: null, note: '' }],
    ['b', { attendance: 'madeUp', leaveKind: null, note: ' ' }],
    ['c', { attendance: null, leaveKind: null, note: '' }],
    ['d', { attendance: 'present', leaveKind: null, note: '' }],
  ])
  expect(needsOfMarks(marks)).toEqual({ 请假的种类: false, 补课的时间和方式: false })
  expect(sentMarks(marks).map((it) => it.personId)).toEqual(['a', 'b', 'd'])
  expect([...countsOf(marks)]).toEqual([
    ['leave', 1],
    ['madeUp', 1],
    [null, 1],
    ['present', 1],
  ])
  const whole = new Map<string, Mark>([
    ['a', { attendance: 'leave', leaveKind: 'sick', note: '' }],
    ['b', { attendance: 'madeUp', leaveKind: null, note: ' 周三补听 ' }],
  ])
  expect(needsOfMarks(whole)).toEqual({ 请假的种类: true, 补课的时间和方式: true })
  expect(sentMarks(whole)[1]).toEqual({ personId: 'b', attendance: 'madeUp', leaveKind: null, note: '周三补听' })
})
