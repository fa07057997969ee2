import type { RecordedAct } from '@zhibu/server/modules/development/schema'
import { expect, test } from 'vitest'
import { changesBetween, standingActOf } from './changesBetween.ts'

const recorded = (id: string, on: '2026-05-20' | '2026-06-02' | undefined, more: Partial<RecordedAct> = {}) => ({
  act: { id, kind: 'applicantTalk' as const, ...(on && { on }) },
  recordedBy: '沈知远',
  recordedAt: '2026-11-24T01:00:00Z',
  ...more,
})
const corrected = (by: string, struckOut: boolean) => ({
  correctedBy: { id: by, reason: '看错', at: '2026-11-24T01:00:00Z', by: '沈知远', struckOut },
})
const old = recorded('1', '2026-05-20')
const label = '派人同入党申请人谈话'

test.each([
  ['nothing', [old], [old], []],
  ['another act', [], [old], [{ label, before: '没有记录', now: '2026年5月20日' }]],
  [
    'a correction',
    [old],
    [{ ...old, ...corrected('2', false) }, recorded('2', '2026-06-02', { corrects: '1' })],
    [{ label, before: '2026年5月20日', now: '2026年6月2日' }],
  ],
  [
    'a correction of something else than the day',
    [old],
    [{ ...old, ...corrected('2', false) }, recorded('2', '2026-05-20', { corrects: '1' })],
    [{ label, before: '2026年5月20日', now: '日期未变，其他内容有改动' }],
  ],
  ['struck out', [old], [{ ...old, ...corrected('2', true) }], [{ label, before: '2026年5月20日', now: '已划去' }]],
  ['a day that is not known', [], [recorded('3', undefined)], [{ label, before: '没有记录', now: '日期不详' }]],
])('%s', (_, before, now, changes) => {
  expect(changesBetween({ acts: before }, { acts: now })).toEqual(changes)
})

test.each([
  ['as it was', [old], '1'],
  [
    'as corrected twice',
    [
      { ...old, ...corrected('2', false) },
      { ...recorded('2', '2026-06-02', { corrects: '1' }), ...corrected('3', false) },
      recorded('3', '2026-06-02', { corrects: '2' }),
    ],
    '3',
  ],
  ['struck out', [{ ...old, ...corrected('2', true) }], undefined],
  ['not there', [], undefined],
])('what counts of an act %s', (_, acts, id) => {
  expect(standingActOf({ acts }, '1')?.act.id).toBe(id)
})
