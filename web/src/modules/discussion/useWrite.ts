import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { discussionKey } from './api.ts'

/** Writes something and reads what `changes` by it anew: everything of the discussion, unless less is named. */
export function useWrite<Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
  changes: QueryKey = discussionKey,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: changes })
      onDone?.(answer)
    },
  })
}
