/** The codes of quizzes (答题) in Chinese, for server and web. */

export const questionKindNames = {
  single: '单选题',
  multiple: '多选题',
  judgement: '判断题',
  blank: '填空题',
} as const
export type QuestionKind = keyof typeof questionKindNames

/** The two options of a 判断题, in this order. */
export const judgementOptions = ['正确', '错误'] as const

/** Where a room stands: people come in, a question is asked, its answer is shown, it is over. */
export const roomPhaseNames = {
  gathering: '等待开始',
  asking: '正在作答',
  shown: '公布答案',
  ended: '已结束',
} as const
export type RoomPhase = keyof typeof roomPhaseNames

/** From so many answers on it is shown how they fell. */
export const leastAnswers = 5

/** From so many people on it is shown how a team does: the figure of a smaller one would be the figure of a person. */
export const leastInTeam = 3

/** So many options a question has, and so many answers a 填空题 takes as right. */
export const mostOptions = 8
export const mostAccepted = 10

/** So large a file of questions is at most, in megabytes: what the server takes in one piece. */
export const largestFileMb = 1

/** So long after the end of its time an answer still counts that was on its way; the screen waits as long before it shows what is right. */
export const graceMs = 2_000

/** So many questions a set has, so many of them a room plays, and so many teams may play there. */
export const mostQuestions = 500
export const mostInRoom = 50
export const mostTeams = 8
