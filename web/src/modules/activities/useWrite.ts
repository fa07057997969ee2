import { useWriting } from '../../useWriting.ts'
import { activitiesKey } from './api.ts'

/** Writes something and reads everything about activities anew. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWriting(activitiesKey, write, onDone)
