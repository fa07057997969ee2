import type { ComparisonResult, HandoverKind, HandoverOutcome } from './schema.ts'

/** The words of the office for the codes of this module. Pages load this file by value, so it brings no schema library. */

/** Why a file goes to another keeper. */
export const handoverKindNames: Readonly<Record<HandoverKind, string>> = {
  majorChange: '转专业',
  graduation: '毕业',
  transferOut: '转出',
  other: '其他',
}

/** How a hand-over ended. */
export const handoverOutcomeNames: Readonly<Record<HandoverOutcome, string>> = {
  accepted: '已接收',
  returned: '已退回',
  withdrawn: '已撤回',
}

/** What the receiver found of an item that did not arrive as listed. */
export const comparisonNames: Readonly<Record<ComparisonResult, string>> = {
  paperMissing: '纸质材料未到',
  differs: '与清单不符',
}

/** What runs on for a person over the hand-over. */
export const clockNames = { training: '培养教育时间', probation: '预备期' } as const
