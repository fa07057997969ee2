import { QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { lazy } from 'react'
import { aboutRoutes } from './about/routes.tsx'
import { readSearch, writeSearch } from './address.ts'
import { createQueries } from './api.ts'
import { manualRoutes } from './manual/routes.tsx'
import { accountsRoutes, entranceRoutes } from './modules/accounts/routes.tsx'
import { activitiesRoutes } from './modules/activities/routes.tsx'
import { ArchivePartsContext } from './modules/archive/parts.ts'
import { archiveRoutes } from './modules/archive/routes.tsx'
import { callsRoutes } from './modules/calls/routes.tsx'
import { certificatesRoutes } from './modules/certificates/routes.tsx'
import { coursewareRoutes } from './modules/courseware/routes.tsx'
import { DevelopmentPartsContext } from './modules/development/parts.ts'
import { developmentRoutes } from './modules/development/routes.tsx'
import { digitizationRoutes } from './modules/digitization/routes.tsx'
import { discussionRoutes } from './modules/discussion/routes.tsx'
import { examsRoutes } from './modules/exams/routes.tsx'
import { exchangeGuestRoutes, exchangesRoutes } from './modules/exchanges/routes.tsx'
import { expertsRoutes } from './modules/experts/routes.tsx'
import { formsRoutes } from './modules/forms/routes.tsx'
import { guidanceRoutes } from './modules/guidance/routes.tsx'
import { handoversRoutes } from './modules/handovers/routes.tsx'
import { intakeRoutes } from './modules/intake/routes.tsx'
import { lecturesRoutes } from './modules/lectures/routes.tsx'
import { mediaRoutes } from './modules/media/routes.tsx'
import { noticesRoutes } from './modules/notices/routes.tsx'
import { OrganizationPartsContext } from './modules/organization/parts.ts'
import { organizationRoutes } from './modules/organization/routes.tsx'
import { peopleRoutes } from './modules/people/routes.tsx'
import { publicityRoutes } from './modules/publicity/routes.tsx'
import { quizScreenRoutes, quizzesRoutes } from './modules/quizzes/routes.tsx'
import { reportsRoutes } from './modules/reports/routes.tsx'
import { searchRoutes } from './modules/search/routes.tsx'
import { talentRoutes } from './modules/talent/routes.tsx'
import { trainingRoutes } from './modules/training/routes.tsx'
import { Look } from './shell/Look.tsx'
import { announceNonce } from './shell/nonce.ts'
import { Opening } from './shell/Opening.tsx'
import { bareRoute, PageFailed, rootRoute, signedInRoute } from './shell/routes.tsx'
import { signInAddress } from './shell/sign-in-address.ts'
import { isUnsaved } from './ui/unsaved.ts'
import { catalogueRoutes } from './ui-catalogue/routes.tsx'

const queries = createQueries(() => {
  if (window.location.pathname === '/sign-in' || isUnsaved()) return
  void router.navigate({ href: signInAddress(router.state.location.href) })
})

/** All pages: each module's `routes.tsx` is added here, under the shell or beside it. */
const pages = rootRoute.addChildren([
  signedInRoute.addChildren([
    ...peopleRoutes,
    ...organizationRoutes,
    ...accountsRoutes,
    ...archiveRoutes,
    ...developmentRoutes,
    ...handoversRoutes,
    ...intakeRoutes,
    ...formsRoutes,
    ...digitizationRoutes,
    ...noticesRoutes,
    ...activitiesRoutes,
    ...lecturesRoutes,
    ...quizzesRoutes,
    ...coursewareRoutes,
    ...callsRoutes,
    ...discussionRoutes,
    ...examsRoutes,
    ...guidanceRoutes,
    ...certificatesRoutes,
    ...exchangesRoutes,
    ...expertsRoutes,
    ...mediaRoutes,
    ...publicityRoutes,
    ...trainingRoutes,
    ...talentRoutes,
    ...reportsRoutes,
    ...searchRoutes,
  ]),
  bareRoute.addChildren([...quizScreenRoutes]),
  ...entranceRoutes,
  ...exchangeGuestRoutes,
  ...aboutRoutes,
  ...manualRoutes,
  ...catalogueRoutes,
])

const router = createRouter({
  routeTree: pages,
  context: { queries },
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  // What a page reads is cached by the query client, not by the router.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PageFailed,
  defaultPendingComponent: Opening,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

announceNonce()

// The script of the page is fetched while the session is still asked for, not after it.
const [opening] = router.getMatchedRoutes(window.location.pathname)
for (const route of opening) void router.loadRouteChunk(route)

/** Reads who is signed in and the script of the page; refuses nothing, as the page itself says what went wrong. */
export const openFirstPage = (): Promise<void> => router.load().catch(() => undefined)

/** What later modules put on the pages of an earlier one, which does not know them. */
const organizationParts = {
  PersonPicker: lazy(async () => ({ default: (await import('./modules/people/PersonIdPicker.tsx')).PersonIdPicker })),
  StageCounts: lazy(async () => ({ default: (await import('./modules/development/StageCounts.tsx')).StageCounts })),
}

const PersonHandovers = lazy(async () => ({
  default: (await import('./modules/handovers/PersonHandovers.tsx')).PersonHandovers,
}))

/** The same for the pages of the development of members. */
const developmentParts = {
  PersonHandovers,
  StaffCheck: lazy(async () => ({ default: (await import('./modules/talent/desk.ts')).StaffCheck })),
  WaitingCorrections: lazy(async () => ({ default: (await import('./modules/talent/desk.ts')).WaitingCorrections })),
  WaitingSuccessions: lazy(async () => ({ default: (await import('./modules/talent/desk.ts')).WaitingSuccessions })),
  MyGuidance: lazy(async () => ({ default: (await import('./modules/guidance/MyGuidance.tsx')).MyGuidance })),
  MyTraining: lazy(async () => ({ default: (await import('./modules/training/desk.ts')).MyTraining })),
  WaitingTrainings: lazy(async () => ({ default: (await import('./modules/training/desk.ts')).WaitingTrainings })),
  WaitingHandovers: lazy(async () => ({
    default: (await import('./modules/handovers/WaitingHandovers.tsx')).WaitingHandovers,
  })),
  WaitingSuggestions: lazy(async () => ({
    default: (await import('./modules/discussion/WaitingSuggestions.tsx')).WaitingSuggestions,
  })),
}

/** The same for the pages of the archive. */
const archiveParts = {
  PersonHandovers,
  FilePapers: lazy(async () => ({ default: (await import('./modules/development/FilePapers.tsx')).FilePapers })),
  PaperForms: lazy(async () => ({ default: (await import('./modules/forms/PaperForms.tsx')).PaperForms })),
  PaperOffers: lazy(async () => ({ default: (await import('./modules/development/PaperOffers.tsx')).PaperOffers })),
  PaperRecord: lazy(async () => ({ default: (await import('./modules/development/PaperRecord.tsx')).PaperRecord })),
  CoverButton: lazy(async () => ({ default: (await import('./modules/digitization/CoverButton.tsx')).CoverButton })),
}

/** The whole site. */
export function App() {
  return (
    <Look>
      <QueryClientProvider client={queries}>
        <OrganizationPartsContext value={organizationParts}>
          <ArchivePartsContext value={archiveParts}>
            <DevelopmentPartsContext value={developmentParts}>
              <RouterProvider router={router} />
            </DevelopmentPartsContext>
          </ArchivePartsContext>
        </OrganizationPartsContext>
      </QueryClientProvider>
    </Look>
  )
}
