import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { archiveSearch, documentSearch, documentsSearch } from './searches.ts'

const documents = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive',
  validateSearch: documentsSearch,
  component: lazyRouteComponent(() => import('./DocumentsPage.tsx'), 'DocumentsPage'),
})

const person = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/persons/$personId',
  validateSearch: archiveSearch,
  component: lazyRouteComponent(() => import('./PersonArchivePage.tsx'), 'PersonArchivePage'),
})

const organization = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/organizations/$organizationId',
  component: lazyRouteComponent(() => import('./OrganizationArchivePage.tsx'), 'OrganizationArchivePage'),
})

const document = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/documents/$documentId',
  validateSearch: documentSearch,
  component: lazyRouteComponent(() => import('./DocumentPage.tsx'), 'DocumentPage'),
})

const disposals = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/disposals',
  component: lazyRouteComponent(() => import('./DisposalsPage.tsx'), 'DisposalsPage'),
})

const soundness = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/soundness',
  component: lazyRouteComponent(() => import('./SoundnessPage.tsx'), 'SoundnessPage'),
})

const receptions = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/receptions',
  component: lazyRouteComponent(() => import('./ReceptionsPage.tsx'), 'ReceptionsPage'),
})

const newReception = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/receptions/new',
  component: lazyRouteComponent(() => import('./NewReceptionPage.tsx'), 'NewReceptionPage'),
})

const reception = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/receptions/$receptionId',
  component: lazyRouteComponent(() => import('./ReceptionPage.tsx'), 'ReceptionPage'),
})

/** 电子档案: what was filed, the archive of a person or organisation, a document, lists of what is to be destroyed, packages taken over. */
export const archiveRoutes = [
  documents,
  person,
  organization,
  document,
  disposals,
  soundness,
  receptions,
  newReception,
  reception,
] as const
