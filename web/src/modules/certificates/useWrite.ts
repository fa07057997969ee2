import { useWriting } from '../../useWriting.ts'
import { certificatesKey } from './api.ts'

/** Writes something and reads everything about certificates anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(certificatesKey, write, onDone)
