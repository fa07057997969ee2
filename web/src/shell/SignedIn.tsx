import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { request } from '../api.ts'
import { useSession } from '../session.ts'
import { Shell } from './Shell.tsx'

/** The shell around the pages of whoever is signed in. */
export function SignedIn() {
  const session = useSession()
  const queries = useQueryClient()
  const signOut = useMutation({
    mutationFn: () => request('/api/auth/sign-out', { method: 'POST' }),
    // Loaded anew, so that nothing of this person stays in the memory of the page.
    onSuccess: () => window.location.assign('/sign-in'),
  })
  if (!session) return null
  return (
    <Shell
      session={session}
      search={async (query) => (await import('./search.ts')).searchEverywhere(queries, session, query)}
      onSignOut={() => signOut.mutate()}
    >
      <Outlet />
    </Shell>
  )
}
