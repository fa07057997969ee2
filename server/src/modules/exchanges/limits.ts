import { floodGuard } from '../../platform/flood.ts'

/** How often one address opens links, and one person or guest writes: enough for a lively meeting, too little to try secrets or to fill a page. */
export const refuseFlood = floodGuard({
  links: { burst: 60, perSeconds: 300, doing: '打开邀请链接' },
  cases: { burst: 30, perSeconds: 600, doing: '保存案例' },
  comments: { burst: 20, perSeconds: 600, doing: '发言' },
})

/** So many meetings that are planned or announced one organisation has. */
export const mostOpenMeetings = 50

/** So many comments a case has. */
export const mostComments = 300
