import type { SessionView } from '@zhibu/server/modules/training/schema'
import { expect, test } from 'vitest'
import { emptyProgramme, newStage, programmeFieldsOf } from './programmeDraft.ts'
import { emptySession, sessionAfter, sessionChanges, sessionDraftOf, sessionFieldsOf } from './sessionDraft.ts'

const view: SessionView = {
  ...{ id: '0', stageId: null, title: '学习党章', on: '2026-12-04', startMinute: 545, endMinute: 630, hours: 1.5 },
  ...{ category: 'discipline', form: 'partyLecture', lecturers: [{ name: '顾明远', about: '' }] },
  ...{ place: '三教', link: '' },
  materials: [
    {
      kind: 'link',
      mediaId: null,
      coursewareId: null,
      mediumKind: null,
      fileName: '',
      url: 'https://a.cn/',
      label: '章程',
      sizeBytes: null,
    },
    {
      kind: 'medium',
      mediaId: 'm',
      coursewareId: null,
      mediumKind: 'file',
      fileName: 'a.pdf',
      url: '',
      label: '',
      sizeBytes: 1,
    },
  ],
  ...{ cancelledAt: null, cancelReason: null, isRecorded: false, own: null, waitingRequests: null, revision: 1 },
  can: { change: true, remove: true, cancel: true, record: true, ask: [] },
}

test('a session that is read and saved unchanged stays as it was', () => {
  const { stageId, title, on, startMinute, endMinute, hours, category, form, lecturers, place, link } = view
  expect(sessionFieldsOf(sessionDraftOf(view))).toEqual({
    ...{ stageId, title, on, startMinute, endMinute, hours, category, form, lecturers, place, link },
    materials: [
      { kind: 'link', url: 'https://a.cn/', label: '章程' },
      { kind: 'medium', mediaId: 'm', label: '' },
    ],
  })
  expect(sessionChanges(view, view)).toEqual([])
  expect(sessionChanges(view, { ...view, place: '二教', hours: 2 })).toEqual([
    { label: '学时', before: '1.5', now: '2' },
    { label: '地点', before: '三教', now: '二教' },
  ])
})

test('without a day or hours a session is not sent; the next one is a week later, of the same kind and without what it is about', () => {
  expect(sessionFieldsOf({ ...emptySession, on: '2026-12-04' })).toBeUndefined()
  expect(sessionFieldsOf({ ...emptySession, hours: 2 })).toBeUndefined()
  expect(sessionAfter(sessionDraftOf(view))).toMatchObject({
    ...{ title: '', on: '2026-12-11', start: '09:05', hours: 1.5, category: 'discipline', place: '三教' },
    ...{ lecturers: [], materials: [] },
  })
})

test.each([
  ['2026-01-31', 2026, 'autumn'],
  ['2026-02-01', 2026, 'spring'],
  ['2026-07-31', 2026, 'spring'],
  ['2026-08-01', 2026, 'autumn'],
])('a programme begun on %s is of %i, %s', (today, year, term) => {
  expect(emptyProgramme(today)).toMatchObject({ year, term })
})

test('a last day counts only where people come by themselves, and empty stages are not sent', () => {
  const draft = {
    ...emptyProgramme('2026-11-29'),
    untilOn: '2026-12-01' as const,
    stages: [newStage(), newStage('实践')],
  }
  expect(programmeFieldsOf(draft).admission).toEqual({ byNomination: false, bySignUp: false, untilOn: null })
  expect(programmeFieldsOf({ ...draft, bySignUp: true }).admission.untilOn).toBe('2026-12-01')
  const [stage, ...others] = programmeFieldsOf(draft).stages
  expect(others).toEqual([])
  expect(stage).toMatchObject({ title: '实践', aim: '' })
  expect(stage?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})
