import { Link } from '@tanstack/react-router'
import type { KitRow } from '@zhibu/server/modules/activities/schema'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { activityKindNames, kitLengthNames, lengthOf } from './words.ts'

/** Plans of the library, one below the other. */
export function KitRows({ label, rows }: { label: string; rows: readonly KitRow[] }) {
  return (
    <RowList
      label={label}
      rows={rows.map((it) => ({
        key: it.kitKey,
        title: (
          <Link to="/activities/kits/$kitKey" params={{ kitKey: it.kitKey }} className={parts.link}>
            {it.title}
          </Link>
        ),
        facts: [
          lengthOf(it, kitLengthNames),
          activityKindNames[it.kind],
          it.organization === null ? '随系统提供' : `${it.organization.name}办过`,
        ],
      }))}
    />
  )
}
