import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { treeQuery } from '../organization/api.ts'

/** The organisations whose sums the reader may see, and the one that an address names; where it names none of them, the highest. */
export function useReadable(organizationId: string | undefined) {
  const { data, error, refetch } = useQuery(treeQuery())
  const readable = data?.nodes.filter((it) => it.can.readFiles && it.dissolvedOn === null) ?? []
  return { data, error, refetch, readable, it: readable.find(({ id }) => id === organizationId) ?? readable[0] }
}

/** Stands where the reader may see the sums of no organisation. */
export function NothingReadable() {
  return <EmptyState title="没有可以统计的组织">可以查看发展档案的人，在这里看所在组织的合计。</EmptyState>
}
