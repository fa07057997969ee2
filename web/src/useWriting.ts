import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'

/** Writes something and reads what lies under `changes` anew; then tells that it is done. */
export function useWriting<Given = void, Answer = unknown>(
  changes: QueryKey,
  write: (given: Given) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
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
