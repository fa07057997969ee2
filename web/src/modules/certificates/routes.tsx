import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { certificatesSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'training/certificates',
  validateSearch: certificatesSearch,
  component: lazyRouteComponent(pages, 'CertificatesPage'),
})

const issuing = createRoute({
  getParentRoute,
  path: 'training/certificates/new',
  component: lazyRouteComponent(pages, 'NewCertificatesPage'),
})

const batch = createRoute({
  getParentRoute,
  path: 'training/certificates/batches/$batchId',
  component: lazyRouteComponent(pages, 'BatchPage'),
})

const certificate = createRoute({
  getParentRoute,
  path: 'training/certificates/$certificateId',
  component: lazyRouteComponent(pages, 'CertificatePage'),
})

/** 证书: one's own, those that were issued, and issuing. */
export const certificatesRoutes = [list, issuing, batch, certificate] as const
