import { queryOptions } from '@tanstack/react-query'
import type { CertificateState } from '@zhibu/server/modules/certificates/names-schema'
import type { certificates } from '@zhibu/server/modules/certificates/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'
import type { PersonsSource } from '../accounts/personsSource.ts'
import { register } from '../accounts/personsSource.ts'

/** Certificates at the server. */
export const certificatesClient = hc<typeof certificates>('/api/certificates', clientOptions)
export const certificateClient = certificatesClient[':certificateId']

/** Everything about certificates in the cache lies under this key. */
export const certificatesKey = ['certificates'] as const

/** The reader's own certificates. */
export const ownCertificatesQuery = queryOptions({
  queryKey: [...certificatesKey, 'own'],
  queryFn: () => parseResponse(certificatesClient.own.$get()),
})

/** Where the reader issues certificates. */
export const issuingPlacesQuery = queryOptions({
  queryKey: [...certificatesKey, 'places'],
  queryFn: () => parseResponse(certificatesClient.places.$get()),
})

interface Asked {
  q?: string | undefined
  organizationId?: string | undefined
  state?: CertificateState | undefined
  cursor?: string | undefined
}

/** A page of the certificates that were issued where the reader issues. */
export const certificatesQuery = (asked: Asked) =>
  queryOptions({
    queryKey: [...certificatesKey, 'list', asked],
    queryFn: () => parseResponse(certificatesClient.index.$get({ query: asked })),
  })

/** So often a page looks whether a paper is there. */
const waitingMs = 1_500

/** One certificate; looked at again while its paper is being made. */
export const certificateQuery = (certificateId: string) =>
  queryOptions({
    queryKey: [...certificatesKey, 'one', certificateId],
    queryFn: () => parseResponse(certificateClient.$get({ param: { certificateId } })),
    refetchInterval: ({ state }) => (state.data?.paper === 'waiting' ? waitingMs : false),
  })

/** Those that were issued in one act; looked at again while their papers are being made. */
export const batchQuery = (batchId: string) =>
  queryOptions({
    queryKey: [...certificatesKey, 'batch', batchId],
    queryFn: () => parseResponse(certificatesClient.batches[':batchId'].$get({ param: { batchId } })),
    refetchInterval: ({ state: { data } }) =>
      data && data.ready + data.problems.length < data.total ? waitingMs : false,
  })

/** How an organisation numbers, and the tag under which it was read. */
export const settingsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...certificatesKey, 'settings', organizationId],
    queryFn: () => withEtag(certificatesClient.settings[':organizationId'].$get({ param: { organizationId } })),
  })

/** Where the paper of a certificate lies, and those of a batch in one. */
export const paperAt = (certificateId: string): string => `/api/certificates/${certificateId}/paper.pdf`
export const papersAt = (batchId: string): string => `/api/certificates/batches/${batchId}/papers.pdf`

/** Persons of the register where the reader issues certificates. */
export const recipients: PersonsSource = {
  ...register,
  numbered: (numbers) => parseResponse(certificatesClient.persons.numbers.$post({ json: { numbers } })),
  among: (it) => it.can.readFiles && it.dissolvedOn === null,
}
