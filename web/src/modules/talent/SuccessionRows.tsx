import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { officeLabels } from '@zhibu/server/modules/accounts/names-schema'
import { successionStateNames, successionTaskNames } from '@zhibu/server/modules/talent/names-schema'
import type { SuccessionRow } from '@zhibu/server/modules/talent/succession-schema'
import { RowList } from '../../ui/RowList.tsx'
import { dayInWords } from './words.ts'

/** Hand-overs of offices, one a line. */
export function SuccessionRows({ label, rows }: { label: string; rows: readonly SuccessionRow[] }) {
  return (
    <RowList
      label={label}
      rows={rows.map((it) => ({
        key: it.id,
        title: (
          <Link to="/staff/successions/$successionId" params={{ successionId: it.id }}>
            {`${it.organization.name} ${officeLabels[it.office]}`}
          </Link>
        ),
        mark: <Badge variant="default">{successionStateNames[it.state]}</Badge>,
        facts: [
          it.incoming === null
            ? `移交人 ${it.outgoing.name}，${it.state === 'finished' ? '没有接手人' : '接手人尚未确定'}`
            : `${it.outgoing.name} 交给 ${it.incoming.name}`,
          it.firstOn !== null && `${dayInWords(it.firstOn)}接手`,
          it.task !== null && `等您：${successionTaskNames[it.task]}`,
        ],
      }))}
    />
  )
}
