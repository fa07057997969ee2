import type { QueryKey } from '@tanstack/react-query'
import { useWriting } from '../../useWriting.ts'
import { discussionKey } from './api.ts'

/** Writes something and reads what `changes` by it anew: everything of the discussion, unless less is named. */
export const useWrite = <Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
  changes: QueryKey = discussionKey,
) => useWriting(changes, write, onDone)
