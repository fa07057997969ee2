import { request } from '../api.ts'
import type { Hit, SearchEverywhere } from './Finder.tsx'

/** Asks the server: `GET /api/search?q=…` answers `{ items: Hit[] }`, within the rights of the asking person. */
export const searchEverywhere: SearchEverywhere = async (query, signal) => {
  const answer: { items: Hit[] } = await (
    await request(`/api/search?q=${encodeURIComponent(query)}`, { signal })
  ).json()
  return answer.items
}
