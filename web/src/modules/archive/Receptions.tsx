import { useInfiniteQuery } from '@tanstack/react-query'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { type Owner, receptionsQuery } from './api.ts'
import { receptionRowOf } from './receptionRow.tsx'

/** The packages of other keepers that went into a file, where there are any. */
export function Receptions({ owner }: { owner: Owner }) {
  const { data } = useInfiniteQuery(receptionsQuery(owner))
  const rows = data?.pages.flatMap((it) => it.items) ?? []
  if (rows.length === 0) return null
  return (
    <Section
      title="接收的档案包"
      lead={
        'personId' in owner
          ? '包中所记的事实不会自动写入发展档案，打开后可以对照登记。'
          : '其他学校或其他系统移交、已归入这个组织档案的包。'
      }
    >
      <RowList label="接收的档案包" rows={rows.map(receptionRowOf)} />
    </Section>
  )
}
