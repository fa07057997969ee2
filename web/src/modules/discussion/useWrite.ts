import { useMutation, useQueryClient } from '@tanstack/react-query'
import { discussionKey } from './api.ts'

/** Writes something and reads everything of the discussion anew. */
export function useWrite<Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: discussionKey })
      onDone?.(answer)
    },
  })
}
