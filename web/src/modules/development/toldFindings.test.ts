import { expect, test } from 'vitest'
import { isTold } from './toldFindings.ts'

const day = {
  facts: [
    { label: '入党申请书', value: '2026-08-26' },
    { label: '递交', value: '2026-08-28' },
  ],
}
const names = {
  facts: [
    { label: '入党介绍人', value: '冯一、陈二' },
    { label: '所记', value: '冯一、褚三' },
  ],
}

test.each<
  [what: string, findings: Parameters<typeof isTold>[0], value: string, recorded: string | null, told: boolean]
>([
  ['the same two days', [day], '2026-08-26', '2026-08-28', true],
  ['the same, among others', [names, day], '2026-08-26', '2026-08-28', true],
  ['one of several names', [names], '褚三', '陈二、冯一', true],
  ['another day on the paper', [day], '2026-08-27', '2026-08-28', false],
  ['another day in the record', [day], '2026-08-26', '2026-08-29', false],
  ['days out of two findings', [day, names], '2026-08-26', '冯一', false],
  ['nothing in the record', [day], '2026-08-26', null, false],
  ['no finding', [], '2026-08-26', '2026-08-28', false],
])('a contradiction is told once: %s', (_, findings, value, recorded, told) => {
  expect(isTold(findings, { value, recorded })).toBe(told)
})
