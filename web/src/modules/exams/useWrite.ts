import { useWriting } from '../../useWriting.ts'
import { examsKey } from './api.ts'

/** Writes something and reads everything about examinations anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(examsKey, write, onDone)
