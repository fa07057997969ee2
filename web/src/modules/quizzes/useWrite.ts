import { useWriting } from '../../useWriting.ts'
import { quizzesKey } from './api.ts'

/** Writes something and reads everything about quizzes anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(quizzesKey, write, onDone)
