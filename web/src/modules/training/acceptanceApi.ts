import { queryOptions } from '@tanstack/react-query'
import type { AcceptanceState } from '@zhibu/server/modules/training/names-schema'
import { parseResponse } from 'hono/client'
import { withEtag } from '../../api.ts'
import { programmeClient, trainingClient, trainingKey } from './api.ts'

/** What is read of the acceptance of results, of those who assess, and of closing. */

export const acceptanceClient = programmeClient.acceptance
export const assessingClient = trainingClient.assessing

/** The acceptance of a programme, and the tag of its criteria. */
export const acceptanceQuery = (programmeId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'acceptance', programmeId],
    queryFn: () => withEtag(acceptanceClient.$get({ param: { programmeId } })),
  })

/** The criteria of programmes that the reader runs. */
export const rubricsQuery = queryOptions({
  queryKey: [...trainingKey, 'rubrics'],
  queryFn: () => parseResponse(trainingClient.rubrics.$get()),
})

/** A page of those with a place and where each stands. */
export const acceptedListQuery = (
  programmeId: string,
  { state, q, cursor }: { state: AcceptanceState | undefined; q: string | undefined; cursor: string | undefined },
) =>
  queryOptions({
    queryKey: [...trainingKey, 'accepted', programmeId, state, q, cursor],
    queryFn: () =>
      parseResponse(
        acceptanceClient.participants.$get({
          param: { programmeId },
          query: { limit: '50', ...(state && { state }), ...(q && { q }), ...(cursor && { cursor }) },
        }),
      ),
  })

/** What the reader has done here and may name as a result. */
export const worksQuery = queryOptions({
  queryKey: [...trainingKey, 'works'],
  queryFn: () => parseResponse(trainingClient.works.$get()),
})

/** All about one participant's results. */
export const acceptedQuery = (programmeId: string, personId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'accepted', programmeId, 'one', personId],
    queryFn: () => parseResponse(acceptanceClient.participants[':personId'].$get({ param: { programmeId, personId } })),
  })

/** Of whom a closed training stands in the development record. */
export const filedQuery = (programmeId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'filed', programmeId],
    queryFn: () => parseResponse(programmeClient.filings.$get({ param: { programmeId } })),
  })

/** So often the page looks whether the papers are there. */
const waitingMs = 1_500

/** The certificates of a closed programme; looked at again while their papers are being made. */
export const certifyingQuery = (programmeId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'certifying', programmeId],
    queryFn: () => parseResponse(programmeClient.certificates.$get({ param: { programmeId } })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((it) => it.certificate?.paper === 'waiting') ? waitingMs : false,
  })

/** The programmes in which the reader assesses. */
export const assessingQuery = queryOptions({
  queryKey: [...trainingKey, 'assessing'],
  queryFn: () => parseResponse(assessingClient.$get()),
})
export const assessedQuery = (programmeId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'assessing', programmeId],
    queryFn: () => parseResponse(assessingClient[':programmeId'].$get({ param: { programmeId } })),
  })
export const assessedRoundQuery = (roundId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'assessing', 'round', roundId],
    queryFn: () => parseResponse(assessingClient.rounds[':roundId'].$get({ param: { roundId } })),
  })
