import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation } from '@tanstack/react-router'
import { request } from '../api.ts'
import { useSession } from '../session.ts'
import { Leaving } from './Leaving.tsx'
import { NotOpen } from './NotOpen.tsx'
import { closedEntry } from './navigation.ts'
import { Shell } from './Shell.tsx'

/** The shell around the pages of whoever is signed in. */
export function SignedIn() {
  const session = useSession()
  const queries = useQueryClient()
  const { pathname } = useLocation()
  const signOut = useMutation({
    mutationFn: () => request('/api/auth/sign-out', { method: 'POST' }),
    // Loaded anew, so that nothing of this person stays in the memory of the page.
    onSuccess: () => window.location.assign('/sign-in'),
  })
  if (!session) return null
  const closed = closedEntry(session.can, pathname)
  return (
    <Shell
      session={session}
      search={async (query) => (await import('./search.ts')).searchEverywhere(queries, session, query)}
      onSignOut={() => signOut.mutate()}
    >
      {closed ? <NotOpen label={closed.label} /> : <Outlet />}
      <Leaving />
    </Shell>
  )
}
