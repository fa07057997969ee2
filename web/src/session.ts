import { queryOptions, useQuery } from '@tanstack/react-query'
import type { SessionView } from '@zhibu/server/modules/accounts/schema'
import { request } from './api.ts'

/** Who is signed in: `GET /api/accounts/session`, 401 where nobody is. `today` is the day of every page. */
export type Session = SessionView

/** As much of a session as the shell shows. */
export type Viewer = Pick<Session, 'name' | 'offices' | 'administrator' | 'universityName' | 'can' | 'today' | 'isDemo'>

/** A part of the site that a session may open. */
export type Area = Session['can'][number]

/** One of the three administrators (三员). */
export type AdministratorRole = NonNullable<Session['administrator']>['role']

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session> => (await request('/api/accounts/session')).json(),
  staleTime: 60_000,
})

/** The session inside the signed-in part of the site, where it has always been read already. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data
}
