/** The first three and the last four digits; of a short number only the last two. */
export function maskPhone(phone: string): string {
  const shown = phone.length >= 11 ? ([3, 4] as const) : ([0, 2] as const)
  return phone.slice(0, shown[0]) + '*'.repeat(Math.max(0, phone.length - shown[0] - shown[1])) + phone.slice(-shown[1])
}
