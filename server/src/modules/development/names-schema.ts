import type { PaperState } from './completeness-schema.ts'

/** What is to be said of a paper, in a few words. */
export const paperStateNames: Readonly<Record<PaperState, string>> = {
  missing: '缺',
  unexpected: '位置可疑',
  surplus: '多份',
  notOriginal: '缺原件',
  unsigned: '未签字、盖章',
  outOfUse: '位置已停用',
  differs: '日期与记录不一致',
}
