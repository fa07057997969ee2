import { type Act, actKinds } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import { type ActDraft, actFrom, draftOf, incompleteIn, ownFields } from './actDraft.ts'

const vote = { entitled: 17, present: 15, yes: 14, no: 0, abstain: 1 }

describe('an act with everything that can be recorded comes out of its draft as it went in', () => {
  const on = '2026-11-09'
  test.each<Act>([
    { kind: 'application', on, receivedOn: on, firstSubmittedOn: '2026-01-05', reason: '重新誊写' },
    { kind: 'applicantTalk', on, talkers: [{ name: '沈知远', isCommitteeMemberOrOrganiser: true }] },
    { kind: 'review' },
    { kind: 'publicNotice', on, endedOn: '2026-11-17' },
    {
      kind: 'admissionAssembly',
      on,
      vote,
      resolution: { on, hasCounts: true },
      attendees: [{ name: '沈知远', leftOn: on }],
    },
    { kind: 'introducers', on, members: [{ name: '沈知远', discipline: { kind: 'warning', from: on } }] },
    { kind: 'duesStart', month: '2026-12' },
    {
      kind: 'archiving',
      on,
      alsoDated: [{ source: '移交清单', on }],
      signatures: [{ by: '沈知远', on, office: '支部书记' }],
    },
  ])('$kind', (act) => {
    expect(actFrom(act.kind, draftOf({ ...act, id: '0' }))).toEqual(act)
  })
})

test('fields of another kind are left behind when the kind is changed', () => {
  expect(actFrom('review', { on: '2026-11-09', vote, trainingHours: 24 })).toEqual({ kind: 'review', on: '2026-11-09' })
})

test.each<[string, ActDraft, boolean]>([
  ['nothing typed into the tally', { vote: { entitled: undefined } }, true],
  ['all counts', { vote }, true],
  ['one count missing', { vote: { ...vote, abstain: undefined } }, false],
  ['a member with a name', { members: [{ name: '沈知远' }] }, true],
  ['a member without a name', { members: [{ name: ' ' }] }, false],
  ['another paper with its day', { alsoDated: [{ source: '志愿书', on: '2026-11-09' }] }, true],
  ['another paper without a day', { alsoDated: [{ source: '志愿书' }] }, false],
  ['a signature with its day', { signatures: [{ by: '沈知远', on: '2026-11-09' }] }, true],
  ['a signature without a day', { signatures: [{ by: '沈知远' }] }, false],
  ['a signature without a name', { signatures: [{ by: '', on: '2026-11-09' }] }, false],
  ['somebody present without a name', { attendees: [{ name: '' }] }, false],
])('%s', (_, draft, isComplete) => {
  expect(incompleteIn(draft) === undefined).toBe(isComplete)
})

test.each(actKinds)('%s has its list of fields', (kind) => {
  expect(ownFields[kind]).toBeDefined()
})
