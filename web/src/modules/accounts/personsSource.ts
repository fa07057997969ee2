import type { TreeNode } from '@zhibu/server/modules/organization/schema'
import { parseResponse } from 'hono/client'
import { peopleClient } from '../people/api.ts'
import type { FoundPerson } from '../people/PersonSelect.tsx'
import { registered } from '../people/registered.ts'
import { accountsClient } from './api.ts'
import type { Chosen } from './chosen.ts'

/** Where persons are looked for: who is found there is up to what they are chosen for. */
export interface PersonsSource {
  /** What was found is kept under this key. */
  key: readonly unknown[]
  /** By a part of the name, by number or pinyin initials. */
  find: (words: string, signal: AbortSignal) => Promise<{ items: FoundPerson[] }>
  /** The first 200 of an organisation and all below it. */
  of: (organizationId: string, signal: AbortSignal) => Promise<{ items: FoundPerson[]; next?: string | undefined }>
  /** By their numbers; `missing` are the places of those that were not found. */
  numbered: (numbers: string[]) => Promise<{ items: Chosen[]; missing: number[] }>
  /** Which organisations are offered; all where it is left out. */
  among?: (node: TreeNode) => boolean
}

/** The register, as far as the reader sees it. */
export const register: PersonsSource = {
  ...registered,
  of: (organizationId, signal) =>
    parseResponse(peopleClient.index.$get({ query: { organizationId, limit: '200' } }, { init: { signal } })),
  numbered: (numbers) => parseResponse(accountsClient.delegations.numbers.$post({ json: { numbers } })),
}
