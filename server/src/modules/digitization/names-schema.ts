import type { PartBasis, PartState, StackSource, StackState } from './schema.ts'

/** The words of the office for the codes of this module. Pages load this file by value, so it brings no schema library. */

export const stackSourceNames: Readonly<Record<StackSource, string>> = {
  page: '网页上传',
  phone: '手机拍照',
  folder: '扫描文件夹',
}

export const stackStateNames: Readonly<Record<StackState, string>> = {
  adding: '正在添加',
  reading: '正在识别',
  sorting: '待整理',
  closed: '已办结',
}

export const partBasisNames: Readonly<Record<PartBasis, string>> = {
  code: '封面二维码',
  codeOnPaper: '封面二维码，待确认',
  text: '按文字识别，待确认',
  person: '人工确认',
}

export const partStateNames: Readonly<Record<PartState, string>> = {
  proposed: '待归档',
  filed: '已归档',
  dropped: '不归档',
}
