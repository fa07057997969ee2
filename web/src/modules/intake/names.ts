import type { ImportState, RowEffect } from '@zhibu/server/modules/intake/schema'

/** How far an import has come. */
export const stateNames: Readonly<Record<ImportState, string>> = {
  unrecognised: '没有认出表头',
  reading: '正在读取',
  preview: '待提交',
  committing: '正在写入',
  interrupted: '已中断',
  committed: '已写入',
  undoing: '正在撤销',
  undone: '已撤销',
  discarded: '已放弃',
}

/** What an import would do with a row. */
const effectNames: Readonly<Record<RowEffect, string>> = {
  new: '新增',
  changed: '变更',
  unchanged: '未变',
  doubt: '存疑',
  skipped: '跳过',
}

/** What becomes of a row, and what became of it once the import has been written. */
export const effectName = (effect: RowEffect, isWritten: boolean): string =>
  isWritten ? (writtenNames[effect] ?? effectNames[effect]) : effectNames[effect]

const writtenNames: Readonly<Partial<Record<RowEffect, string>>> = { changed: '已变更', doubt: '没有写入' }
