import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import type { Finding } from '@zhibu/rules'
import type { ActCheck } from '@zhibu/server/modules/development/act-schema'
import type {
  CompletenessCounts,
  KeeperPapers,
  PersonPapers,
} from '@zhibu/server/modules/development/completeness-schema'
import type { OffersView } from '@zhibu/server/modules/development/offer-schema'
import type { FilingEffect } from '@zhibu/server/modules/development/request-schema'
import type { development } from '@zhibu/server/modules/development/routes'
import type {
  BatchRow,
  BatchView,
  Board,
  DueCounts,
  DueRow,
  FileRow,
  FileView,
  PapersView,
  SettingsView,
} from '@zhibu/server/modules/development/schema'
import { hc } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'
import { isUnsaved } from '../../ui/unsaved.ts'
import { archiveKey } from '../archive/key.ts'
import { peopleKey } from '../people/api.ts'

/** The files, lists, batches and settings at the server. */
export const developmentClient = hc<typeof development>('/api/development', clientOptions)

/** Everything about the development of members in the cache lies under this key. */
const developmentKey = ['development'] as const

/** A page of a list as it crosses the wire. */
interface Page<Item> {
  items: Item[]
  next?: string
  total?: number
}

/**
 * An answer as the shape that the schema gives it. The client's own type allows `undefined` wherever a field may be
 * absent, which JSON has no word for.
 */
type Answer = Promise<Pick<Response, 'headers' | 'json'>>
const bodyOf = async <Shape>(answer: Answer): Promise<Shape> => (await answer).json()
const plain = (answer: Answer) => answer

type DuesAsked = Parameters<typeof developmentClient.dues.$get>[0]['query']
type DueCountsAsked = Parameters<typeof developmentClient.dues.counts.$get>[0]['query']
type FilesAsked = Parameters<typeof developmentClient.files.$get>[0]['query']

/** What is due, page after page. */
export const duesQuery = (query: DuesAsked) =>
  infiniteQueryOptions({
    queryKey: [...developmentKey, 'dues', query],
    queryFn: ({ pageParam: cursor, signal }) =>
      bodyOf<Page<DueRow>>(
        developmentClient.dues.$get(
          { query: { ...query, ...(cursor !== undefined && { cursor }) } },
          { init: { signal } },
        ),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** How much is due on each side, and how much of the side that is shown is overdue or near. */
export const dueCountsQuery = (query: DueCountsAsked) =>
  queryOptions({
    queryKey: [...developmentKey, 'due-counts', query],
    queryFn: ({ signal }) => bodyOf<DueCounts>(developmentClient.dues.counts.$get({ query }, { init: { signal } })),
  })

/** A page of the list of files. */
export const filesQuery = (query: FilesAsked) =>
  queryOptions({
    queryKey: [...developmentKey, 'files', query],
    queryFn: ({ signal }) => bodyOf<Page<FileRow>>(developmentClient.files.$get({ query }, { init: { signal } })),
  })

/** One file and the tag under which it was read. */
export const fileQuery = (personId: string) =>
  queryOptions({
    queryKey: [...developmentKey, 'file', personId],
    queryFn: () => withEtag<FileView>(plain(developmentClient.files[':personId'].$get({ param: { personId } }))),
  })

/** What rests on papers as well as on acts: read again after a change of either. */
const papersKey = [...archiveKey, 'papers'] as const

/** What the filing list says of the papers of one file. */
export const papersQuery = (personId: string) =>
  queryOptions({
    queryKey: [...papersKey, personId],
    queryFn: () => bodyOf<PapersView>(developmentClient.files[':personId'].papers.$get({ param: { personId } })),
  })

/** What of a paper could be recorded, with the tag of the person's file. */
export const offersQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...papersKey, 'offers', documentId],
    queryFn: () =>
      withEtag<OffersView>(plain(developmentClient.documents[':documentId'].offers.$get({ param: { documentId } }))),
  })

/** What an act would contradict, asked of the server where the browser does not have the whole file. */
export const checkQuery = (personId: string, json: ActCheck) =>
  queryOptions({
    queryKey: [...developmentKey, 'check', personId, json],
    queryFn: () =>
      bodyOf<{ findings: Finding[] }>(developmentClient.files[':personId'].check.$post({ param: { personId }, json })),
  })

/** How many files stand where. */
export const boardQuery = (organizationId: string | undefined) =>
  queryOptions({
    queryKey: [...developmentKey, 'board', organizationId ?? 'all'],
    queryFn: () => bodyOf<Board>(developmentClient.board.$get({ query: organizationId ? { organizationId } : {} })),
  })

type CompletenessAsked = Parameters<typeof developmentClient.completeness.$get>[0]['query']
type CompletenessCountsAsked = Parameters<typeof developmentClient.completeness.counts.$get>[0]['query']

/** A page of the persons whose papers are not all there and in order. */
export const completenessQuery = (query: CompletenessAsked) =>
  queryOptions({
    queryKey: [...papersKey, 'list', query],
    queryFn: ({ signal }) =>
      bodyOf<Page<PersonPapers>>(developmentClient.completeness.$get({ query }, { init: { signal } })),
  })

/** How many of them there are, by paper and by organisation. */
export const completenessCountsQuery = (query: CompletenessCountsAsked) =>
  queryOptions({
    queryKey: [...papersKey, 'counts', query],
    queryFn: ({ signal }) =>
      bodyOf<CompletenessCounts>(developmentClient.completeness.counts.$get({ query }, { init: { signal } })),
  })

/** The papers of organisations themselves that are not there for a year, page after page. */
export const keepersQuery = ({
  organizationId,
  year,
}: {
  organizationId: string | undefined
  year: string | undefined
}) =>
  infiniteQueryOptions({
    queryKey: [...papersKey, 'keepers', organizationId, year],
    queryFn: ({ pageParam: cursor }) =>
      bodyOf<Page<KeeperPapers>>(
        developmentClient.completeness.organizations.$get({
          query: {
            limit: '50',
            ...(organizationId !== undefined && { organizationId }),
            ...(year !== undefined && { year }),
            ...(cursor !== undefined && { cursor }),
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** The batches, the newest first, page after page. */
export const batchesQuery = infiniteQueryOptions({
  queryKey: [...developmentKey, 'batches'],
  queryFn: ({ pageParam: cursor }) =>
    bodyOf<Page<BatchRow>>(
      developmentClient.batches.$get({ query: { limit: '20', ...(cursor !== undefined && { cursor }) } }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next,
})

/** One batch with its latest run. */
export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: [...developmentKey, 'batch', id],
    queryFn: () => bodyOf<BatchView>(developmentClient.batches[':id'].$get({ param: { id } })),
  })

/** What the university has settled, and the working days, with the revision for changing them. */
export const settingsQuery = queryOptions({
  queryKey: [...developmentKey, 'settings'],
  queryFn: () => withEtag<SettingsView>(plain(developmentClient.settings.$get())),
  // What others have saved would take the place of what was typed, and of the refusal that tells of it.
  refetchOnWindowFocus: () => !isUnsaved(),
})

type FilingEffectAsked = Parameters<(typeof developmentClient)['filing-effect']['$get']>[0]['query']

/** How much a change of the filing list would touch. */
export const filingEffectQuery = (query: FilingEffectAsked) =>
  queryOptions({
    queryKey: [...papersKey, 'effect', query],
    queryFn: () => bodyOf<FilingEffect>(developmentClient['filing-effect'].$get({ query })),
  })

/** Has everything about the development of members read again after a write, and persons, whose revision counts it. */
export function useReadAgain(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([developmentKey, peopleKey, papersKey].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
}
