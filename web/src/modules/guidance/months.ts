/** The month so many months after another one, both as `2026-12`. */
export function monthOf(month: string, more: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + more, 1)).toISOString().slice(0, 7)
}

/** The days of a month in weeks from Monday to Sunday; null where a week has days of another month. */
export function weeksOf(month: string): (string | null)[][] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const before = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const weeks = Math.ceil((before + days) / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (__, weekday) => {
      const date = 7 * week + weekday - before + 1
      return date < 1 || date > days ? null : `${month}-${String(date).padStart(2, '0')}`
    }),
  )
}
