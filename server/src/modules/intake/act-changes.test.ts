import type { Act } from '@zhibu/rules'
import { expect, test } from 'vitest'
import { changesOf } from './act-changes.ts'

const on = '2026-01-08'
const day = '2026-02-03'

test.each<[Act, string]>([
  [{ kind: 'recommendation', on, by: 'league' }, '团组织推优'],
  [{ kind: 'opinions', on, from: ['group', 'masses'] }, '党小组，群众'],
  [{ kind: 'politicalReview', on, lastReplyOn: day, conclusion: 'qualified' }, '最后回复 2026-02-03，合格'],
  [{ kind: 'preReview', on, passed: true }, '通过'],
  [{ kind: 'confirmationAssembly', on, outcome: 'extend', until: day }, '延长预备期，截至 2026-02-03'],
  [{ kind: 'introducers', on, members: [{ name: '沈知远' }, { name: '陈知微', fullOn: day }] }, '沈知远、陈知微'],
  [{ kind: 'applicantTalk', on, talkers: [{ name: '沈知远' }], reason: '补谈' }, '沈知远，说明 补谈'],
  [{ kind: 'archiving', on, alsoDated: [{ source: '登记表', on: day }] }, '登记表 2026-02-03'],
  [{ kind: 'oath', on, signatures: [{ by: '沈知远', on: day, office: 'secretary' }] }, '沈知远签名 2026-02-03'],
  [{ kind: 'admissionAssembly', on, resolution: { on: day }, attendees: [{ name: '沈知远' }] }, '到会 沈知远'],
])('what a row changes is told in the words of the file: %j', (act, text) => {
  const { changes } = changesOf([{ ...act, id: '1' }], [{ ...act, on: day }], '核对原件')
  expect(changes).toEqual([{ kind: act.kind, old: `2026-01-08，${text}`, new: `2026-02-03，${text}` }])
})
