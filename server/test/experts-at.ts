import { eq } from 'drizzle-orm'
import { activities } from '../src/modules/activities/tables.ts'
import { contactColumns } from '../src/modules/experts/contacts.ts'
import { expertInvitations, expertLectures, experts } from '../src/modules/experts/tables.ts'
import { newId } from '../src/platform/ids.ts'
import { encryption, today } from './factories.ts'
import type { Place, RightsWorld } from './rights-world.ts'

/** Whether an expert of a place agrees to be listed, and how far the invitation has come that is sent there. */
export interface ExpertAt {
  isListed?: boolean
  state?: 'asked' | 'agreed' | 'held'
  hasLecture?: boolean
}

/** An expert whom the organisation of a place keeps, its invitation of them, and where it is wanted a lecture that is theirs. */
export async function expertAt(place: Place, world: RightsWorld, it: ExpertAt = {}) {
  const { isListed = true, state = 'asked', hasLecture = false } = it
  const { tenantId, look } = world.builds[place.name]
  const { id: organizationId, path } = place.organization
  const [expertId, invitationId] = [newId(), newId()]
  const { id: activityId } = await world.fresh.activity(place)
  const at = world.clock.at
  const on = state === 'held' ? '2026-01-05' : '2027-12-01'
  await look(async (db) => {
    await db.update(activities).set({ kind: 'lecture' }).where(eq(activities.id, activityId))
    await db.insert(experts).values({
      ...{ tenantId, id: expertId, organizationId, path, name: '贺知新', pinyin: `hezhixin ${expertId}` },
      ...{ institution: '临海大学', title: '教授', topics: ['党史'], foldedName: expertId, folded: '' },
      about: isListed ? '' : (place.internal[0] ?? ''),
      ...contactColumns(encryption, expertId, { phone: '13800001234', email: 'he@example.cn' }),
      ...(isListed && { consentOn: today, consentHow: '电话', consentBy: '某同志' }),
      ...{ createdBy: '某同志', changedBy: '某同志' },
    })
    await db.insert(expertInvitations).values({
      ...{ tenantId, id: invitationId, expertId, organizationId, path, topic: place.topic, purpose: place.topic },
      ...{ audience: '全体', wishedOn: [on], venue: 'onSite', place: '', askedBy: '某同志', askedPersonId: newId() },
      ...(state !== 'asked' && {
        agreement: { topic: place.topic, on, startMinute: 840, endMinute: null, place: '教室', link: '', how: '电话' },
        ...{ agreedAt: at, agreedBy: '某同志' },
      }),
    })
    if (hasLecture) await db.insert(expertLectures).values({ tenantId, expertId, activityId, path, linkedBy: '某同志' })
  })
  return { expertId, invitationId, activityId }
}
