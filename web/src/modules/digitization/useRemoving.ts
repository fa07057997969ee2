import { useMutation, useQueryClient } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { digitizationClient, digitizationKey } from './api.ts'

/** Takes a file out of a stack that is not read yet. */
export function useRemoving(stackId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (fileId: string) =>
      parseResponse(digitizationClient.stacks[':stackId'].files[':fileId'].$delete({ param: { stackId, fileId } })),
    onSettled: () => queries.invalidateQueries({ queryKey: digitizationKey }),
  })
}
