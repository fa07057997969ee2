/** What the addresses of quizzes carry: texts as somebody has typed them, read by the pages. */
export interface QuizzesSearch {
  /** Only those that were last answered wrongly, or were never answered. */
  only?: 'wrong' | 'open' | undefined
  /** So many by chance. */
  draw?: string | undefined
}

/** The address as it is. */
export const quizzesSearch = (it: QuizzesSearch): QuizzesSearch => it
