import type { CopySheet } from './schema.ts'

/** The words of the office for the codes of this module. Pages load this file by value, so it brings no schema library. */

/** The forms and screens that are not ours. */
export const copySheetNames: Readonly<Record<CopySheet, string>> = {
  'member-record': '上级系统党员信息',
  'admission-form': '入党志愿书',
  'observation-register': '培养考察登记表',
  'probation-register': '教育考察登记表',
}

/** What a form is made as. */
export const formatNames = { word: 'Word', pdf: 'PDF' } as const

/** For whom a form is made. */
export const formScopeNames = { person: '每人一份', list: '多人一份' } as const
