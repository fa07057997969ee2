import { useWriting } from '../../useWriting.ts'
import { expertsKey } from './api.ts'

/** Writes something and reads everything about experts anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(expertsKey, write, onDone)
