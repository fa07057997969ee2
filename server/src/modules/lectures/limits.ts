import { rateLimit } from '../../platform/rate-limit.ts'
import { Refusal } from '../../platform/refusal.ts'

/** How often one person asks, supports and raises a hand: enough for a lively hour, too little for a flood. Counted in memory, never written down. */
const limits = {
  questions: rateLimit({ burst: 5, perSeconds: 300 }, Date.now),
  gestures: rateLimit({ burst: 60, perSeconds: 120 }, Date.now),
}
const words: Record<keyof typeof limits, string> = { questions: '提问', gestures: '操作' }

/** Takes one of what the key has left; refuses where nothing is. */
export function refuseFlood(of: keyof typeof limits, key: string): void {
  const waitSeconds = limits[of].take(key)
  if (waitSeconds > 0) throw new Refusal('too-many', `您${words[of]}太频繁，请 ${waitSeconds} 秒后再试。`)
}

/** So many questions and polls a lecture has at most: a page shows them all. */
export const mostQuestions = 500
export const mostPolls = 30
