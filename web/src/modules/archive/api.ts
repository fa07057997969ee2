import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { FilingListView } from '@zhibu/server/modules/archive/filing-list-schema'
import type { archive } from '@zhibu/server/modules/archive/routes'
import type { NumberingView } from '@zhibu/server/modules/archive/seal-schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'
import { isUnsaved } from '../../ui/unsaved.ts'
import { archiveKey } from './key.ts'

/** The archive at the server. */
export const archiveClient = hc<typeof archive>('/api/archive', clientOptions)

type DocumentsQuery = NonNullable<Parameters<typeof archiveClient.documents.$get>[0]>['query']

/** The archive of one person. */
export const personArchiveQuery = (personId: string) =>
  queryOptions({
    queryKey: [...archiveKey, 'person', personId],
    queryFn: () => parseResponse(archiveClient.persons[':personId'].$get({ param: { personId } })),
  })

/** The archive of one organisation. */
export const organizationArchiveQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...archiveKey, 'organization', organizationId],
    queryFn: () => parseResponse(archiveClient.organizations[':organizationId'].$get({ param: { organizationId } })),
  })

/** The archive in which a document lies. */
export const archiveQueryOf = ({
  person,
  organization,
}: {
  person: { id: string } | null
  organization: { id: string }
}) => (person ? personArchiveQuery(person.id) : organizationArchiveQuery(organization.id))

/** A page of the documents that were filed. */
export const documentsQuery = (query: DocumentsQuery) =>
  queryOptions({
    queryKey: [...archiveKey, 'list', query],
    queryFn: ({ signal }) => parseResponse(archiveClient.documents.$get({ query }, { init: { signal } })),
  })

/** One document with what became of it. */
export const documentQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...archiveKey, 'document', documentId],
    queryFn: () => parseResponse(archiveClient.documents[':documentId'].$get({ param: { documentId } })),
  })

/** The pages of a document for looking at. Asking for them is the reading that is recorded. */
export const pagesQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...archiveKey, 'pages', documentId],
    queryFn: () => parseResponse(archiveClient.documents[':documentId'].pages.$get({ param: { documentId } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What stands on the pages of a document, as far as it was read. */
export const textQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...archiveKey, 'text', documentId],
    queryFn: () => parseResponse(archiveClient.documents[':documentId'].text.$get({ param: { documentId } })),
  })

/** Documents that may be listed for destruction. */
export const disposableQuery = infiniteQueryOptions({
  queryKey: [...archiveKey, 'disposable'],
  queryFn: ({ pageParam: cursor }) =>
    parseResponse(archiveClient.disposable.$get({ query: { limit: '50', ...(cursor !== undefined && { cursor }) } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next,
})

/** Lists of documents to be destroyed, the last one first. */
export const disposalsQuery = infiniteQueryOptions({
  queryKey: [...archiveKey, 'disposals'],
  queryFn: ({ pageParam: cursor }) =>
    parseResponse(archiveClient.disposals.$get({ query: { limit: '20', ...(cursor !== undefined && { cursor }) } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next,
})

/** Whose archive it is. */
export type Owner = { personId: string } | { organizationId: string }

/** How the file of an owner stands: its seals, and what has come since. */
export const closingQuery = (owner: Owner) =>
  queryOptions({
    queryKey: [...archiveKey, 'seals', owner],
    queryFn: () =>
      'personId' in owner
        ? parseResponse(archiveClient.persons[':personId'].seals.$get({ param: owner }))
        : parseResponse(archiveClient.organizations[':organizationId'].seals.$get({ param: owner })),
  })

/** What the nightly look at all contents has found. */
export const soundnessQuery = queryOptions({
  queryKey: [...archiveKey, 'soundness'],
  queryFn: () => parseResponse(archiveClient.soundness.$get()),
})

/** Packages that were taken over, the last one first; those of one file, where its owner is named. */
export const receptionsQuery = (owner?: Owner) =>
  infiniteQueryOptions({
    queryKey: [...archiveKey, 'receptions', owner ?? null],
    queryFn: ({ pageParam: cursor }) =>
      parseResponse(
        archiveClient.receptions.$get({
          query: { limit: '20', ...owner, ...(cursor !== undefined && { cursor }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** One package that was taken over. */
export const receptionQuery = (receptionId: string) =>
  queryOptions({
    queryKey: [...archiveKey, 'reception', receptionId],
    queryFn: () => parseResponse(archiveClient.receptions[':receptionId'].$get({ param: { receptionId } })),
  })
/** The client's own type allows `undefined` wherever a field may be absent, which JSON has no word for. */
const plain = (answer: Promise<Pick<Response, 'headers' | 'json'>>) => answer

/** What the university does differently from the shipped filing list, with the revision for changing it. */
export const filingListQuery = queryOptions({
  queryKey: [...archiveKey, 'filing-list'],
  queryFn: () => withEtag<FilingListView>(plain(archiveClient['filing-list'].$get())),
  // What others have saved would take the place of what was typed, and of the refusal that tells of it.
  refetchOnWindowFocus: () => !isUnsaved(),
})

/** Who changed the filing list, when, why and what, the last one first. */
export const filingChangesQuery = infiniteQueryOptions({
  queryKey: [...archiveKey, 'filing-list-changes'],
  queryFn: ({ pageParam: cursor }) =>
    parseResponse(
      archiveClient['filing-list'].changes.$get({ query: { limit: '20', ...(cursor !== undefined && { cursor }) } }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next,
})

/** How the numbers of closed files are written, with the revision for changing it. */
export const numberingQuery = queryOptions({
  queryKey: [...archiveKey, 'numbering'],
  queryFn: () => withEtag<NumberingView>(plain(archiveClient.numbering.$get())),
})

/** Who changed how the numbers are written, when, why and how, the last one first. */
export const numberingChangesQuery = infiniteQueryOptions({
  queryKey: [...archiveKey, 'numbering-changes'],
  queryFn: ({ pageParam: cursor }) =>
    parseResponse(
      archiveClient.numbering.changes.$get({ query: { limit: '20', ...(cursor !== undefined && { cursor }) } }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next,
})
