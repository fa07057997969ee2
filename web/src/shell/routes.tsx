import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  type ParsedLocation,
  redirect,
  useRouter,
} from '@tanstack/react-router'
import { Problem } from '../problem.ts'
import { type Session, sessionQuery } from '../session.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Page } from '../ui/Page.tsx'
import { NotFound } from './NotFound.tsx'
import { entriesFor } from './navigation.ts'
import { Standalone } from './Standalone.tsx'
import { signInAddress } from './sign-in-address.ts'

/** What every route is given. */
export interface RouterContext {
  queries: QueryClient
}

/** Parent of pages for everybody: sign-in, first set-up, about. */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NothingHere,
  errorComponent: SiteFailed,
})

/** Lets nobody in who is not signed in: they are sent to sign in and come back. */
const onlySignedIn = async ({ context, location }: { context: RouterContext; location: ParsedLocation }) => {
  const session = await context.queries.ensureQueryData(sessionQuery).catch((error: unknown) => {
    if (error instanceof Problem && error.isSignedOut) throw redirect({ href: signInAddress(location.href) })
    throw error
  })
  const elsewhere = wayFor(session, location.pathname)
  if (elsewhere !== undefined) throw redirect({ href: elsewhere })
}

/** Parent of pages inside the shell. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('./SignedIn.tsx'), 'SignedIn'),
  notFoundComponent: () => <NotFound />,
  errorComponent: SiteFailed,
})

/** Parent of pages for whoever is signed in that fill the whole window, such as what a projector shows. */
export const bareRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'bare',
  beforeLoad: onlySignedIn,
  component: Outlet,
  errorComponent: SiteFailed,
})

/** Where somebody has to go instead: to set up the second factor first, or to a page that they have in place of the desk. */
function wayFor({ needsSecondFactor, administrator, can }: Session, path: string): string | undefined {
  if (needsSecondFactor) return path === '/account' ? undefined : '/account'
  if (path !== '/' || can.includes('desk')) return undefined
  return administrator ? '/system' : (entriesFor(can)[0]?.to ?? '/account')
}

/** The error of a page inside the shell, with a way to load it again. */
export function PageFailed({ error }: { error: unknown }) {
  const router = useRouter()
  return (
    <Page title="页面没有打开">
      <ErrorState error={error} onRetry={() => void router.invalidate()} />
    </Page>
  )
}

function SiteFailed({ error }: { error: unknown }) {
  return (
    <Standalone>
      <PageFailed error={error} />
    </Standalone>
  )
}

function NothingHere() {
  return (
    <Standalone>
      <NotFound isAlone />
    </Standalone>
  )
}
