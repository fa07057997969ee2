import { useQueryClient } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { useSending } from '../../sending.ts'
import { fileBy } from '../archive/uploading.ts'
import { digitizationClient, stackQuery } from './api.ts'

/** Sends files into a stack. */
export function useSendingInto(stackId: string) {
  const queries = useQueryClient()
  return useSending(async (file, uploading) => {
    await fileBy(file, uploading, (uploadId) =>
      parseResponse(digitizationClient.stacks[':stackId'].files.$post({ param: { stackId }, json: { uploadId } })),
    )
    await queries.invalidateQueries({ queryKey: stackQuery(stackId).queryKey })
  })
}
