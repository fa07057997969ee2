/**
 * Lets questions be put together: those that come while an earlier one is on its way wait for its answer, and are then asked all at
 * once. Whatever anybody is told was asked after they had come. Where the asking fails, or has no answer for `patience` milliseconds, all
 * who are in it are told so, and those after them are asked for anew.
 */
export function together<Question, Answer>(
  ask: (questions: ReadonlySet<Question>) => Promise<Answer>,
  patience = 5_000,
): (question: Question) => Promise<Answer> {
  let waiting: { questions: Set<Question>; answer: Promise<Answer> } | null = null
  let before: Promise<unknown> = Promise.resolve()
  return (question) => {
    if (waiting === null) {
      const questions = new Set<Question>()
      const answer = before.then(() => {
        waiting = null
        return answeredWithin(patience, ask(questions))
      })
      waiting = { questions, answer }
      before = answer.catch(() => undefined)
    }
    waiting.questions.add(question)
    return waiting.answer
  }
}

async function answeredWithin<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer for ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
