import { floodGuard } from '../../platform/flood.ts'

/** How often one person answers and comes in: enough for a lively hour, too little to try out all codes. Refuses what is more. */
export const refuseFlood = floodGuard({
  answers: { burst: 120, perSeconds: 120, doing: '作答' },
  codes: { burst: 20, perSeconds: 300, doing: '输入答题码' },
})

/** So many sets and open rooms one organisation has, and so many people a room holds at most. */
export const mostSets = 200
export const mostOpenRooms = 20
export const mostPlayers = 2_000
