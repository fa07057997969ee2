import { queryOptions } from '@tanstack/react-query'
import type { organization } from '@zhibu/server/modules/organization/routes'
import { hc, type InferResponseType, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** The organisations at the server. */
export const organizationClient = hc<typeof organization>('/api/organization', clientOptions)

/** One organisation as its page reads it, and one of its terms. */
export type Organization = InferResponseType<(typeof organizationClient)[':organizationId']['$get'], 200>
export type Term = Organization['terms'][number]

/** Everything about organisations in the cache lies under this key. */
export const organizationKey = ['organization'] as const

/** The whole tree; with dissolved organisations where asked for. */
export const treeQuery = (dissolved = false) =>
  queryOptions({
    queryKey: [...organizationKey, 'tree', dissolved],
    queryFn: () => parseResponse(organizationClient.tree.$get({ query: dissolved ? { dissolved: 'true' } : {} })),
  })

/** The re-elections that are near or overdue, within the reader's reach. */
export const expiringTermsQuery = queryOptions({
  queryKey: [...organizationKey, 'expiring-terms'],
  queryFn: () => parseResponse(organizationClient['expiring-terms'].$get()),
})

/** One organisation and the tag under which it was read. */
export const oneOrganizationQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...organizationKey, 'one', organizationId],
    queryFn: () => withEtag(organizationClient[':organizationId'].$get({ param: { organizationId } })),
  })
