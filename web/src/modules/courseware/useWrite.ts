import { useWriting } from '../../useWriting.ts'
import { coursewareKey } from './api.ts'

/** Writes something and reads everything about courseware anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(coursewareKey, write, onDone)
