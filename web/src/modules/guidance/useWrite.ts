import { useWriting } from '../../useWriting.ts'
import { guidanceKey } from './api.ts'

/** Writes something and reads everything about guidance anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(guidanceKey, write, onDone)
