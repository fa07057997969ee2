import { rateLimit } from '../../platform/rate-limit.ts'
import { Refusal } from '../../platform/refusal.ts'

/** How often one person writes: enough for a lively evening, too little for a flood. Counted in memory, never written down. */
const rates = {
  topics: { burst: 30, perSeconds: 3_600 },
  posts: { burst: 60, perSeconds: 600 },
  /** Of persons by name, each of whom is told at once. */
  mentions: { burst: 40, perSeconds: 3_600 },
  reports: { burst: 30, perSeconds: 3_600 },
  letters: { burst: 10, perSeconds: 24 * 3_600 },
}
const words: Record<keyof typeof rates, string> = {
  topics: '发起话题',
  posts: '发言',
  mentions: '提及他人',
  reports: '举报',
  letters: '提交',
}

const limits = {
  topics: rateLimit(rates.topics, Date.now),
  posts: rateLimit(rates.posts, Date.now),
  mentions: rateLimit(rates.mentions, Date.now),
  reports: rateLimit(rates.reports, Date.now),
  letters: rateLimit(rates.letters, Date.now),
}

/** Takes one of what the key has left; refuses where nothing is. */
export function refuseFlood(of: keyof typeof rates, key: string): void {
  const waitSeconds = limits[of].take(key)
  if (waitSeconds > 0)
    throw new Refusal('too-many', `您${words[of]}太频繁，请 ${Math.ceil(waitSeconds / 60)} 分钟后再试。`)
}
