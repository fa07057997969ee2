import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReceptionRow } from '@zhibu/server/modules/archive/reception-schema'
import { InstantText } from '../../ui/InstantText.tsx'
import type { Row } from '../../ui/RowList.tsx'

/** A package that was taken over, as a row of a list. */
export function receptionRowOf(it: ReceptionRow): Row {
  const { id, number, version, title, sender, person, organization, acceptedBy, acceptedAt } = it
  return {
    key: id,
    title: (
      <Link to="/archive/receptions/$receptionId" params={{ receptionId: id }}>
        {title}
      </Link>
    ),
    mark: <Badge variant="default">{number}</Badge>,
    facts: [
      `${sender} 移交，第 ${version} 次封存`,
      person === null ? `归入${organization.name}的档案` : `归入${person.name}（${organization.name}）的档案`,
      fatesText(it),
      <span key="at">
        {acceptedBy} 接收于 <InstantText at={acceptedAt} />
      </span>,
    ],
  }
}

/** What became of the documents of a package. */
export const fatesText = ({ filed, present, leftOut }: Pick<ReceptionRow, 'filed' | 'present' | 'leftOut'>): string =>
  [`归档 ${filed} 件`, present > 0 && `已有 ${present} 件`, leftOut > 0 && `未接收 ${leftOut} 件`]
    .filter((it) => it !== false)
    .join('，')
