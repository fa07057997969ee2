/**
 * Lets questions be put together: those that come while an earlier one is on its way wait for its answer, and are then asked all at
 * once. Whatever anybody is told was asked after they had come. Where the asking fails, all who are in it are told so.
 */
export function together<Question, Answer>(
  ask: (questions: ReadonlySet<Question>) => Promise<Answer>,
): (question: Question) => Promise<Answer> {
  let waiting: { questions: Set<Question>; answer: Promise<Answer> } | null = null
  let before: Promise<unknown> = Promise.resolve()
  return (question) => {
    if (waiting === null) {
      const questions = new Set<Question>()
      const answer = before.then(() => {
        waiting = null
        return ask(questions)
      })
      waiting = { questions, answer }
      before = answer.catch(() => undefined)
    }
    waiting.questions.add(question)
    return waiting.answer
  }
}
