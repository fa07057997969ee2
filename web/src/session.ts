import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import { request } from './api.ts'

/** Who is signed in, as the shell needs it: `GET /api/session`, 401 where nobody is. */
export interface Session {
  name: string
  /** Offices held today, ready to be read: “信息学院党委 组织员”. */
  offices: readonly string[]
  /** What the navigation may show: the codes of `shell/navigation.ts`. */
  can: readonly string[]
  /** The server's day. Every “today” on a page is this one. */
  today: Day
  /** A fictitious university that may be played with. */
  isDemo: boolean
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session> => (await request('/api/session')).json(),
  staleTime: 60_000,
})

/** The session inside the signed-in part of the site, where it has always been read already. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data
}
