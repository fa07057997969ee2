/** The codes of lectures (讲座) in Chinese, for server and web. */

/** Where a question from the audience stands. */
export const questionStateNames = {
  waiting: '等待公开',
  open: '待回答',
  answered: '已回答',
  declined: '未采用',
} as const
export type QuestionState = keyof typeof questionStateNames

/** The kinds of activities that have a live page. */
export const lectureKinds = ['lecture', 'exchange'] as const

/** From so many answers on the counts of a poll are shown. */
export const leastAnswers = 5

/** From so many on, feedback is shown to whoever holds the lecture. */
export const leastFeedback = 3

/** So many days after its end feedback is taken. */
export const feedbackDays = 30
