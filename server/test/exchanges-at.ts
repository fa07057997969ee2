import { eq } from 'drizzle-orm'
import { accounts } from '../src/modules/accounts/tables.ts'
import type { PracticeText } from '../src/modules/exchanges/schema.ts'
import {
  exchangeAdoptions,
  exchangeCards,
  exchangeCardVersions,
  exchangeCases,
  exchangeComments,
  exchangeGuests,
  exchangeReports,
  exchanges,
} from '../src/modules/exchanges/tables.ts'
import { newId } from '../src/platform/ids.ts'
import { today } from './factories.ts'
import type { Place, RightsWorld, Role } from './rights-world.ts'

/** How far a meeting at a place has come, and whether whoever asks has written its case and what is said of it. */
export interface ExchangeAt {
  state?: 'planned' | 'announced' | 'over'
  isOwn?: boolean
  hasCard?: boolean
}

/** A practice that names nothing. */
export const practice: PracticeText = {
  ...{ title: '把学习搬到实验室', problem: '集中学习请假多', done: '分组上门讲', effect: '多数人能到', conditions: '' },
  ...{ learning: '', contact: '' },
}

/** A meeting of a place with a case of somebody, a guest, and where it is wanted a card that the organisation there tries. */
export async function exchangeAt(place: Place, world: RightsWorld, role: Role, it: ExchangeAt = {}) {
  const { state = 'announced', isOwn = false, hasCard = false } = it
  const { tenantId, look } = world.builds[place.name]
  const { id: organizationId, path } = place.organization
  const [exchangeId, caseId, commentId, guestId, cardId] = [newId(), newId(), newId(), newId(), newId()]
  const [adoptionId, reportId] = [newId(), newId()]
  const at = world.clock.at
  const authorId = isOwn ? await personOf(world, role) : newId()
  const of = { tenantId, exchangeId, path }
  const by = { authorId, authorName: '某同志', institution: '某学院' }
  await look(async (db) => {
    await db.insert(exchanges).values({
      ...{ tenantId, id: exchangeId, organizationId, path, title: place.topic, theme: place.topic, place: '' },
      ...{ link: '', on: state === 'over' ? '2026-01-05' : '2027-12-01', createdBy: '某同志' },
      ...(state !== 'planned' && { announcedAt: at, announcedBy: '某同志' }),
    })
    await db.insert(exchangeCases).values({
      ...{ ...of, ...by, id: caseId, text: { ...practice, problem: place.topic }, submittedAt: at, agreedAt: at },
    })
    await db.insert(exchangeComments).values({ ...of, ...by, id: commentId, caseId, text: place.topic })
    await db.insert(exchangeGuests).values({
      ...{ ...of, id: guestId, name: '某老师', institution: '别的大学', email: '', secretHash: guestId },
      ...{ untilOn: '2027-12-31', invitedBy: '某同志' },
    })
    if (!hasCard) return
    const text = { ...practice, topics: ['学习'] }
    const card = { tenantId, path, text }
    await db.insert(exchangeCards).values({
      ...{ ...card, id: cardId, organizationId, exchangeId, caseId, authorName: '某同志', institution: '某学院' },
      ...{ folded: '', publishedBy: '某同志' },
    })
    await db.insert(exchangeCardVersions).values({ ...card, cardId, version: 1, change: '', savedBy: '某同志' })
    await db.insert(exchangeAdoptions).values({
      ...{ tenantId, id: adoptionId, cardId, version: 1, organizationId: newId(), path, plan: '' },
      ...{ adoptedOn: today, adoptedBy: '某同志' },
    })
    await db.insert(exchangeReports).values({
      ...{ tenantId, id: reportId, adoptionId, cardId, path, writtenBy: '某同志' },
      text: { on: today, outcome: 'none', did: '照着做了', result: '来的人没有变多', differed: '' },
    })
  })
  return { exchangeId, caseId, commentId, guestId, cardId, adoptionId, reportId }
}

async function personOf(world: RightsWorld, role: Role): Promise<string> {
  if (role === 'nobody') return newId()
  const { look } = role === 'foreigner' ? world.builds.foreign : world.builds.branch
  const [account] = await look((db) => db.select().from(accounts).where(eq(accounts.id, world.accountsOf[role].id)))
  return account?.personId ?? newId()
}
