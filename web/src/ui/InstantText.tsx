/** A moment in the time of China: 2026年5月11日 09:30. */
export function InstantText({ at }: { at: string }) {
  return <time dateTime={at}>{writeInstant(at)}</time>
}

/** The same as a text. */
export function writeInstant(at: string): string {
  const part = Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
  return `${part.year}年${part.month}月${part.day}日 ${part.hour}:${part.minute}`
}

/** The time of day alone, in China: 09:30. */
export const writeClock = (at: number): string => writeInstant(new Date(at).toISOString()).split(' ')[1] ?? ''

const format = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
