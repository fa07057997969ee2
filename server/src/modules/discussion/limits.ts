import { floodGuard } from '../../platform/flood.ts'

/** How often one person writes: enough for a lively evening, too little for a flood. Refuses what is more. */
export const refuseFlood = floodGuard(
  {
    topics: { burst: 30, perSeconds: 3_600, doing: '发起话题' },
    posts: { burst: 60, perSeconds: 600, doing: '发言' },
    /** Of persons by name, each of whom is told at once. */
    mentions: { burst: 40, perSeconds: 3_600, doing: '提及他人' },
    reports: { burst: 30, perSeconds: 3_600, doing: '举报' },
    letters: { burst: 10, perSeconds: 24 * 3_600, doing: '提交' },
  },
  { inMinutes: true },
)
