import { useWriting } from '../../useWriting.ts'
import { exchangesKey } from './api.ts'

/** Writes something and reads everything about exchanges anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(exchangesKey, write, onDone)
