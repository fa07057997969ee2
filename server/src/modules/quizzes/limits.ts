import { rateLimit } from '../../platform/rate-limit.ts'
import { Refusal } from '../../platform/refusal.ts'

/** How often one person answers and comes in: enough for a lively hour, too little to try out all codes. Counted in memory, never written down. */
const limits = {
  answers: rateLimit({ burst: 120, perSeconds: 120 }, Date.now),
  codes: rateLimit({ burst: 20, perSeconds: 300 }, Date.now),
}
const words: Record<keyof typeof limits, string> = { answers: '作答', codes: '输入答题码' }

/** Takes one of what the person has left; refuses where nothing is. */
export function refuseFlood(of: keyof typeof limits, personId: string): void {
  const waitSeconds = limits[of].take(personId)
  if (waitSeconds > 0) throw new Refusal('too-many', `您${words[of]}太频繁，请 ${waitSeconds} 秒后再试。`)
}

/** So many sets and open rooms one organisation has, and so many people a room holds at most. */
export const mostSets = 200
export const mostOpenRooms = 20
export const mostPlayers = 2_000
