import { useInfiniteQuery } from '@tanstack/react-query'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { receptionsQuery } from './api.ts'
import { receptionRowOf } from './receptionRow.tsx'

/** The packages of other keepers that went into a person's file, where there are any. */
export function Receptions({ personId }: { personId: string }) {
  const { data } = useInfiniteQuery(receptionsQuery(personId))
  const rows = data?.pages.flatMap((it) => it.items) ?? []
  if (rows.length === 0) return null
  return (
    <Section title="接收的档案包" lead="包中所记的事实不会自动写入发展档案，打开后可以对照登记。">
      <RowList label="接收的档案包" rows={rows.map(receptionRowOf)} />
    </Section>
  )
}
