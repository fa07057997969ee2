import { useMutation, useQueryClient } from '@tanstack/react-query'
import { callsKey } from './api.ts'

/** Writes something about calls and reads them anew. */
export function useWrite<Given = void, Answer = unknown>(
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: async (answer) => {
      onDone?.(answer)
      await queries.invalidateQueries({ queryKey: callsKey })
    },
  })
}
