/** The codes of examinations (考试) in Chinese, for server and web. */

/** How an examination is taken. */
export const examFormNames = { online: '网上考试', paper: '纸笔考试' } as const
export type ExamForm = keyof typeof examFormNames

/** When whoever has taken it sees what was right, and why. */
export const explainNames = { afterEach: '交卷后马上', afterEnd: '考试结束后', never: '不显示' } as const
export type Explains = keyof typeof explainNames

/** Where an examination stands: prepared, told to its candidates, under way, over. */
export const examStateNames = { draft: '筹备中', announced: '未开始', open: '进行中', closed: '已结束' } as const
export type ExamState = keyof typeof examStateNames

/** How a paper is made: by chance out of the banks, or the same questions for all. */
export const paperWayNames = { drawn: '随机抽题', fixed: '固定题目' } as const
export type PaperWay = keyof typeof paperWayNames

/** Who handed an attempt in. */
export const handedInByNames = { person: '本人交卷', time: '到时间收卷' } as const
export type HandedInBy = keyof typeof handedInByNames

/** How far a candidate has come. */
export const candidateStateNames = { none: '未参加', underWay: '作答中', done: '已有成绩' } as const
export type CandidateState = keyof typeof candidateStateNames

/** So many questions a bank has, so many come into it at a time, so many a paper has. */
export const mostInBank = 3_000
export const mostAtOnce = 500
export const mostInPaper = 200
/** So many banks one paper is drawn from, and by so many lines. */
export const mostBanks = 10
export const mostDraws = 60
/** So many people take one examination, and so many are added at a time. */
export const mostCandidates = 3_000
export const mostAdded = 500
/** So many times one person may take one examination. */
export const mostAttempts = 10
/** So many minutes an attempt lasts at most, and so many more somebody may have. */
export const mostMinutes = 600
export const mostMoreMinutes = 300

/** From so many attempts on it is told how a question fell: the figures of fewer would be those of persons. */
export const leastAnalysed = 10

/** So long after its end an answer is still taken that was on its way. */
export const graceMs = 10_000

/** So large a list of results is at most, in megabytes: what the server takes in one piece. */
export const largestResultsMb = 1
