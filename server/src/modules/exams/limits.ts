import { floodGuard } from '../../platform/flood.ts'

/** How often one person begins and keeps answers: far more than anybody writes, too little to keep a server busy. Refuses what is more. */
export const refuseFlood = floodGuard({
  attempts: { burst: 120, perSeconds: 60, doing: '开始考试' },
  answers: { burst: 300, perSeconds: 60, doing: '保存答案' },
})

/** So many examinations one organisation has. */
export const mostExams = 500
