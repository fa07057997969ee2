import { useWriting } from '../../useWriting.ts'
import { lecturesKey } from './api.ts'

/** Writes something and reads everything about lectures anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(lecturesKey, write, onDone)
