import { useWriting } from '../../useWriting.ts'
import { trainingKey } from './api.ts'

/** Writes something and reads everything about trainings anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(trainingKey, write, onDone)
