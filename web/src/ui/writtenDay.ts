import { type Day, daysBetween, isDay, isMonth } from '@zhibu/rules'

/** A typed text read as a day, or what is wrong with it. An empty text is neither. */
export type ReadDay =
  | { day: Day; problem?: undefined }
  | { day?: undefined; problem: string }
  | { day?: undefined; problem?: undefined }

/**
 * Reads 2026-05-11, 2026/5/11, 2026.5.11, 20260511 and 2026年5月11日, in full-width digits too.
 * Refuses everything that would need a guess: no year, a year of two digits, a day that does not exist.
 */
export function readDay(text: string): ReadDay {
  const written = text.normalize('NFKC').replace(/\s/g, '')
  if (written === '') return {}
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(written) ??
    /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/.exec(written)?.filter((_, at) => at !== 2) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/.exec(written)
  if (!parts) return { problem: problemOf(written) }
  const [, year = '', month = '', date = ''] = parts
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? { day } : { problem: `${year}年${Number(month)}月${Number(date)}日不存在，请核对。` }
}

/** How far a day is from today: 今天, 还有 12 天, 已过 3 天; with `isDeadline` 已逾期 3 天. */
export function distance(on: Day, today: Day, isDeadline = false): string {
  const days = daysBetween(today, on)
  if (days === 0) return isDeadline ? '今天到期' : '今天'
  if (days > 0) return days === 1 ? '明天' : `还有 ${days} 天`
  return isDeadline ? `已逾期 ${-days} 天` : days === -1 ? '昨天' : `${-days} 天前`
}

function problemOf(written: string): string {
  if (/^\d{4}([-./年]?\d{1,2}月?)?$/.test(written)) {
    return isMonth(written) || /月|[-./]/.test(written) ? '只有年月，请补上日。' : '只有年份，请补上月和日。'
  }
  if (/^\d{1,2}[-./]\d{1,2}[-./]\d{4}$/.test(written)) return '请按年、月、日的顺序写，如 2026-05-11。'
  if (/^\d{2}[-./年]/.test(written)) return '年份请写四位，如 2026。'
  if (/^\d{1,2}[-./月]\d{1,2}/.test(written)) return '缺少年份，请写成 2026-05-11 的样子。'
  return '看不出是哪一天，请写成 2026-05-11 的样子。'
}
