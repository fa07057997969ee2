import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { InvitationRow } from '@zhibu/server/modules/experts/invitation-schema'
import type { ExpertRow } from '@zhibu/server/modules/experts/schema'
import parts from '../../ui/Parts.module.css'
import type { Row } from '../../ui/RowList.tsx'
import {
  expertColours,
  expertStateNames,
  invitationColours,
  invitationStateNames,
  whenInvited,
  whoIs,
} from './words.ts'

/** An expert as lists show the entry. */
export const expertRow = (it: ExpertRow): Row => ({
  key: it.id,
  title: (
    <Link to="/training/experts/$expertId" params={{ expertId: it.id }} className={parts.link}>
      {it.name}
    </Link>
  ),
  mark: it.state !== 'listed' && <Badge color={expertColours[it.state]}>{expertStateNames[it.state]}</Badge>,
  facts: [whoIs(it), it.topics.join('、'), `${it.organization.name}登记`],
})

/** An invitation as lists show it: whom it concerns, or who asks. */
export const invitationRow = (it: InvitationRow, other: 'expert' | 'organization' = 'expert'): Row => ({
  key: it.id,
  title: (
    <Link to="/training/experts/invitations/$invitationId" params={{ invitationId: it.id }} className={parts.link}>
      {it.topic}
    </Link>
  ),
  mark: <Badge color={invitationColours[it.state]}>{invitationStateNames[it.state]}</Badge>,
  facts: [
    other === 'expert' && `${it.expert.name}（${it.expert.institution}）`,
    whenInvited(it),
    `${it.organization.name}邀请`,
  ],
})
