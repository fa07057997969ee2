import type { Day } from '@zhibu/rules'
import type { Fact, Telling, TellingSource, ToBeSaid } from '../notices/begun-drafts.ts'
import { findOrganization } from '../organization/queries.ts'
import { clockOf } from './names-schema.ts'
import { ofActivity, type StoredActivity } from './stored.ts'
import { activities } from './tables.ts'
import { dayInWords, whenInWords } from './when.ts'

/** The text of the notice of an activity, and what has to stand in it whoever has written it over. */

const places = { when: '{时间}', where: '{地点}', who: '{单位}' } as const

/** How an activity is told now to everybody of its organisation. */
export function tellingOf(activity: StoredActivity, organization: string, base: string): Telling {
  return { title: activity.title, body: bodyOf(activity, organization, base), ...toBeSaidOf(activity) }
}

/** The same of the activity as it is stored; undefined where it is not held. */
export const activityTelling: TellingSource = async (ctx, id, { base, lock = false }) => {
  const query = ctx.db.select().from(activities).where(ofActivity(ctx, id)).$dynamic()
  const [activity] = await (lock ? query.for('update') : query)
  if (!activity || activity.cancelledAt !== null) return undefined
  return tellingOf(activity, (await findOrganization(ctx, activity.organizationId))?.name ?? '', base)
}

/** Time and place, as far as the text of the plan leaves a place for them. */
export function toBeSaidOf(activity: StoredActivity): ToBeSaid {
  const { plan, fromOn } = activity
  const says = (place: string) => plan.noticeText === '' || plan.noticeText.includes(place)
  const where = whereInWords(activity)
  return {
    happensOn: fromOn,
    facts: [
      ...(says(places.when) ? [whenFact(activity)] : []),
      ...(says(places.where) ? [{ label: '地点', now: where, words: [[where]] }] : []),
    ],
  }
}

function whenFact(activity: StoredActivity): Fact {
  const { fromOn, untilOn, startMinute, endMinute } = activity
  const day = (on: Day | null) => (on === null ? [] : [[dayInWords(on), on]])
  const clock = (minute: number | null) =>
    minute === null ? [] : [[clockOf(minute), clockOf(minute).replace(/^0/, '')]]
  return {
    ...{ label: '时间', now: whenInWords(activity) },
    words: [...day(fromOn), ...day(untilOn), ...clock(startMinute), ...clock(endMinute)],
  }
}

const whereInWords = ({ place, link }: StoredActivity): string =>
  place === '' ? (link === '' ? '另行告知' : '线上，会议网址见活动页面') : place

/** The text of the plan with its places filled in, or what is known of the activity in sentences. */
function bodyOf(activity: StoredActivity, organization: string, base: string): string {
  const { plan, summary, speaker, id, title } = activity
  const [when, where] = [whenInWords(activity), whereInWords(activity)]
  const filledIn: Readonly<Record<string, string>> = {
    [places.when]: when,
    [places.where]: where,
    [places.who]: organization,
  }
  const text =
    plan.noticeText === ''
      ? [
          summary === '' ? `${organization}将组织“${title}”。` : summary,
          `时间：${when}`,
          `地点：${where}`,
          ...(speaker === '' ? [] : [`主讲：${speaker}`]),
        ].join('\n')
      : plan.noticeText.replace(/\{(?:时间|地点|单位)\}/g, (it) => filledIn[it] ?? it)
  return `${text}\n\n详情${activity.signUp === null ? '' : '和报名'}：${base}/activities/${id}`
}
