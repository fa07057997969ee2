import { floodGuard } from '../../platform/flood.ts'

/** How often one person asks, supports and raises a hand: enough for a lively hour, too little for a flood. Refuses what is more. */
export const refuseFlood = floodGuard({
  questions: { burst: 5, perSeconds: 300, doing: '提问' },
  gestures: { burst: 60, perSeconds: 120, doing: '操作' },
})

/** So many questions and polls a lecture has at most: a page shows them all. */
export const mostQuestions = 500
export const mostPolls = 30
