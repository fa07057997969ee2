import type { Hit } from '@zhibu/server/modules/search/schema'

/** The address of the page on which a hit is read: a document at its page, an act in the file of its person. */
export function hitAddress({ kind, id, page, person }: Pick<Hit, 'kind' | 'id' | 'page' | 'person'>): string {
  if (kind === 'act') return person === null ? '/development' : `/development/${person.id}`
  return `/archive/documents/${id}${page === null || page === 1 ? '' : `?page=${page}`}`
}
