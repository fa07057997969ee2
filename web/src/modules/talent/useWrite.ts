import { useWriting } from '../../useWriting.ts'
import { talentKey } from './api.ts'

/** Writes something and reads everything about the staff anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(talentKey, write, onDone)
