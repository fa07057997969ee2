import { Refusal } from '../refusal.ts'

/** What a file may hold. Beyond it, it is refused before it is built in memory. */
export interface Limits {
  maxFileBytes: number
  maxUnpackedBytes: number
  /** Of the texts that all sheets share, once for each sheet: they stand in memory as a whole. */
  maxSharedBytes: number
  maxRatio: number
  maxEntries: number
  maxRows: number
  maxColumns: number
  maxCells: number
}

export const defaultLimits: Limits = {
  maxFileBytes: 64 * 1024 * 1024,
  maxUnpackedBytes: 600 * 1024 * 1024,
  maxSharedBytes: 200 * 1024 * 1024,
  maxRatio: 200,
  maxEntries: 4000,
  maxRows: 200_000,
  maxColumns: 500,
  maxCells: 12_000_000,
}

/** Refuses a sheet with more lines, columns or cells than the limits allow. */
export function refuseBeyond(limits: Limits, name: string, rows: number, columns: number): void {
  const say = (what: string, reason: 'too-large' | 'unreadable' = 'too-large') =>
    new Refusal(reason, `工作表“${name}”${what}，没有读取。请只保留需要的内容，另存为新的 .xlsx 后再试。`)
  if (columns > limits.maxColumns) throw say(`用到了第 ${columns} 列，超过 ${limits.maxColumns} 列`, 'unreadable')
  if (rows > limits.maxRows) throw say(`用到了第 ${rows} 行，超过 ${limits.maxRows} 行`)
  if (rows * columns > limits.maxCells) throw say(`有 ${rows} 行 ${columns} 列，超过 ${limits.maxCells} 个单元格`)
}

/** That reading a file takes more memory or time than it may. */
export const tooMuchToRead = () =>
  new Refusal('too-large', '文件内容过多，超出了一次能处理的范围，没有读取。请拆成几个文件后再导入。')
