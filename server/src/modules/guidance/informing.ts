import type { Day } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { beginningOf } from '../../platform/storable.ts'
import { instantOf, whenInWords } from '../activities/when.ts'
import { type OwnTelling, tellByItself } from '../notices/by-themselves.ts'
import { mostOfTitle } from '../notices/schema.ts'
import type { StoredBooking, StoredMentor } from './stored.ts'

/**
 * What the two of a booking are told by itself, in the transaction in which it happens. Officers who send notices there see that such a notice
 * went and what it says: so it says when, and never who meets whom, where, or what about. Everything here runs over the whole university.
 */

/** At which instant something is done, and the address of this server for what is told of it. */
export interface Moment {
  now: Date
  base: string
}

/** When a talk is held. */
export interface Held {
  heldOn: Day
  startMinute: number
  endMinute: number
}

/** When a talk is held, in words: 12月4日 14:00—14:30. */
export const heldInWords = ({ heldOn, ...minutes }: Held): string =>
  whenInWords({ fromOn: heldOn, untilOn: null, startMinute: minutes.startMinute, endMinute: minutes.endMinute })

/** When it is over. */
export const endOf = ({ heldOn, endMinute }: Held): Date => instantOf(heldOn, endMinute)

type Party = Pick<StoredBooking, 'id' | 'personId' | 'mentorPersonId'>
type Place = Pick<StoredMentor, 'organizationId' | 'path'>

/** Tells both that they meet. */
export const tellBooked = (ctx: Context, place: Place, booking: Party & Held, { base }: Moment): Promise<void> =>
  tellBoth(ctx, place, booking, {
    ...{ fact: 'booked', heading: `一对一指导：${heldInWords(booking)}`, base },
    lines: [`约好了一次一对一指导：${heldInWords(booking)}。`, seeThere, '来不了的，请在页面上改期或者取消。'],
    until: endOf(booking),
  })

/** Tells both that they meet at another time. */
export const tellMoved = (
  ctx: Context,
  place: Place,
  { before, after }: { before: Held; after: Party & Held & { revision: number } },
  { base }: Moment,
): Promise<void> =>
  tellBoth(ctx, place, after, {
    ...{ fact: `moved:${after.revision}`, heading: `一对一指导改期：${heldInWords(after)}`, base },
    lines: [`一次一对一指导改期：${heldInWords(before)} → ${heldInWords(after)}。`, seeThere],
    until: endOf(after),
  })

/** Tells both that it is held elsewhere. */
export const tellPlaced = (
  ctx: Context,
  place: Place,
  booking: Party & Held,
  revision: number,
  { base }: Moment,
): Promise<void> =>
  tellBoth(ctx, place, booking, {
    ...{ fact: `placed:${revision}`, heading: `一对一指导换地点：${heldInWords(booking)}`, base },
    lines: [`${heldInWords(booking)}的一对一指导换了地点。`, seeThere],
    until: endOf(booking),
  })

/** Tells both that they do not meet; why is read by them alone, on the page. */
export const tellCancelled = (
  ctx: Context,
  place: Place,
  booking: Party & Held,
  { base, now }: Moment,
): Promise<void> =>
  tellBoth(ctx, place, booking, {
    ...{ fact: 'cancelled', heading: `一对一指导取消：${heldInWords(booking)}`, base },
    lines: [`${heldInWords(booking)}的一对一指导取消了。`, '原因请登录查看。'],
    until: endOf(booking) > now ? endOf(booking) : null,
  })

const seeThere = '和谁谈、谈什么、在哪里，请登录查看。'

interface Said {
  fact: string
  heading: string
  lines: readonly string[]
  until: Date | null
  base: string
}

async function tellBoth(ctx: Context, place: Place, { id, personId, mentorPersonId }: Party, said: Said) {
  const { fact, base, ...text } = said
  await tellByItself(ctx.db, ctx.tenantId, [
    tellingTo(place, [personId, mentorPersonId], { ...text, key: `${id}:${fact}`, url: `${base}${pageOf(id)}` }),
  ])
}

/** Tells somebody that they guide there from now on. */
export async function tellAppointed(
  ctx: Context,
  mentor: Pick<StoredMentor, 'id' | 'personId' | 'organizationId' | 'path'>,
  organization: string,
  { base }: Moment,
): Promise<void> {
  await tellByItself(ctx.db, ctx.tenantId, [
    tellingTo(mentor, [mentor.personId], {
      ...{ key: `mentor:${mentor.id}`, heading: `请您担任指导老师（${organization}）`, until: null },
      lines: [
        `${organization}请您担任一对一指导的指导老师。`,
        '请在页面上提供可以预约的时间。不合适的，请联系该组织。',
      ],
      url: `${base}/training/guidance`,
    }),
  ])
}

/** Where the page of a booking lies. */
export const pageOf = (bookingId: string): string => `/training/guidance/${bookingId}`

/** A notice of guidance to these persons. */
export function tellingTo(
  { organizationId, path }: { organizationId: string; path: OrgPath },
  to: readonly string[],
  said: { key: string; heading: string; lines: readonly string[]; url: string; until: Date | null },
): OwnTelling {
  return {
    ...{ organizationId, path, source: 'guidance', sourceKey: `guidance:${said.key}` },
    audience: { groups: [], personIds: [...to].sort(), exceptIds: [] },
    title: beginningOf(said.heading, mostOfTitle),
    body: [...said.lines, said.url].join('\n'),
    tellUntilAt: said.until,
  }
}
