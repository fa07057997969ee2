import { useQueryClient } from '@tanstack/react-query'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { discussionKey } from './api.ts'
import { useWrite } from './useWrite.ts'

/** The same on a topic as it was read. Where somebody else was quicker, it is read anew, so that the next try is on what stands there now. */
export function useTopicWrite(write: () => Promise<unknown>, onDone: () => void) {
  const queries = useQueryClient()
  return useWrite(async () => {
    try {
      return await write()
    } catch (error) {
      if (isChanged(error)) await queries.invalidateQueries({ queryKey: discussionKey })
      throw error
    }
  }, onDone)
}
