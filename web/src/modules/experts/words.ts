import { dayWritten } from '@zhibu/rules'
import type { InvitationRow } from '@zhibu/server/modules/experts/invitation-schema'
import type { ExpertState, InvitationState } from '@zhibu/server/modules/experts/names-schema'
import type { ExpertRow } from '@zhibu/server/modules/experts/schema'
import { asDay, whenOf } from '../activities/words.ts'

export {
  contactNames,
  expertStateNames,
  invitationStateNames,
  mostExpertTopics,
  mostWishedDays,
  orderNames,
  venueNames,
} from '@zhibu/server/modules/experts/names-schema'
export { asDay, readMinute, whenOf, writeMinute } from '../activities/words.ts'

/** The way to these pages. */
export const above = [{ label: '培训', to: '/training' }]
export const aboveOne = [...above, { label: '专家', to: '/training/experts' }]

/** The colours in which states are marked; words say the same. */
export const expertColours: Readonly<Record<ExpertState, string>> = { listed: 'green', kept: 'gray', withdrawn: 'gray' }
export const invitationColours: Readonly<Record<InvitationState, string>> = {
  asked: 'blue',
  agreed: 'green',
  over: 'yellow',
  evaluated: 'gray',
  declined: 'gray',
  withdrawn: 'gray',
  cancelled: 'red',
}

/** 临海大学 教授 */
export const whoIs = ({ institution, title }: Pick<ExpertRow, 'institution' | 'title'>): string =>
  title === '' ? institution : `${institution} ${title}`

/** A day that came over the wire, in words. */
export const dayOf = (text: string): string => {
  const on = asDay(text)
  return on === undefined ? text : dayWritten(on)
}

/** When a lecture is, or on which days it is wished. */
export const whenInvited = (it: Pick<InvitationRow, 'on' | 'startMinute' | 'endMinute' | 'wishedOn'>): string =>
  it.on === null ? `希望在 ${it.wishedOn.map(dayOf).join('、')}` : whenOf({ ...it, fromOn: it.on, untilOn: null })
