import { addWorkingDays, type Day, workingDays } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { dayInChina } from '../../platform/today.ts'
import { settingOf } from '../development/settings.ts'
import { type Draft, propose, type SendByThemselves } from '../notices/drafting.ts'
import { officesWith } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { offices, organizations, universities } from '../organization/tables.ts'
import { isHeld } from './office-held.ts'
import { settingsOf } from './settings.ts'
import { isUnanswered } from './suggestions.ts'
import { discussionTopics } from './tables.ts'

/** The job `discussion.remind`: every night drafts reminders of promised answers, which wait in the outbox of notices. */
export async function remindOfPromises(database: Database, now: Date, send: SendByThemselves): Promise<void> {
  const today = dayInChina(now)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), (db) => remindFor({ db, tenantId, today }, send))
}

type Reminding = Pick<Context, 'db' | 'tenantId' | 'today'>

/**
 * Drafts a reminder before the promised day, and again and again after it, until there is an answer; what was answered meanwhile and was
 * not sent is dropped. Of a complaint and of what stands under protection only the kind is told.
 */
export async function remindFor(ctx: Reminding, send: SendByThemselves): Promise<void> {
  const { settings } = await settingsOf(ctx)
  const { calendar } = (await settingOf(ctx)).setting
  const rows = await ctx.db
    .select({ topic: discussionTopics, name: organizations.name })
    .from(discussionTopics)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, discussionTopics.tenantId), eq(organizations.id, discussionTopics.organizationId)),
    )
    .where(isUnanswered(ctx.tenantId))
  const officers = rows.length === 0 ? [] : await officersOf(ctx)
  const wanted = rows.flatMap(({ topic, name }): Draft[] => {
    const { promisedOn } = topic
    if (promisedOn === null) return []
    const from = addWorkingDays(calendar, promisedOn, -settings.remindBeforeDays).day
    if (ctx.today < from) return []
    const lateDays = ctx.today <= promisedOn ? 0 : workingDays(calendar, promisedOn, ctx.today).count - 1
    const turn = Math.floor(lateDays / settings.remindAfterEveryDays)
    const isLate = ctx.today > promisedOn
    const to = answering(officers, topic.path, topic.answerOffice)
    const owner = ownerOf(officers, topic.path) ?? { id: topic.organizationId, path: topic.path }
    if (to.length === 0) return []
    return [
      {
        id: newId(),
        source: 'suggestion',
        sourceKey: `suggestion:${topic.id}:${promisedOn}:${isLate ? `after ${turn}` : 'before'}`,
        ...{ organizationId: owner.id, path: owner.path },
        ...reminder(topic.isConfidential ? null : topic.title, name, promisedOn, isLate),
        audience: { groups: [], personIds: to, exceptIds: [] },
      },
    ]
  })
  await propose(ctx, ['suggestion'], wanted, send)
}

interface Officer {
  personId: string
  office: OfficeKind
  path: OrgPath
  organizationId: string
}

const officersOf = ({ db, tenantId, today }: Reminding): Promise<Officer[]> =>
  db
    .select({
      personId: offices.personId,
      office: offices.office,
      path: offices.path,
      organizationId: offices.organizationId,
    })
    .from(offices)
    .where(isHeld({ tenantId, today }))

const moderating = officesWith('moderate')

/** Who has to answer a topic today. */
export const answeringPersons = async (
  ctx: Reminding,
  { path, answerOffice }: { path: OrgPath; answerOffice: OfficeKind | null },
): Promise<string[]> => answering(await officersOf(ctx), path, answerOffice)

/** Who answers: the office that was named, else whoever may answer there, else the nearest above. */
function answering(officers: readonly Officer[], path: OrgPath, office: OfficeKind | null): string[] {
  const there = officers.filter((it) => it.path === path && it.office === office)
  if (there.length > 0) return idsOf(there)
  for (const place of [path, ...ancestors(path).reverse()]) {
    const able = officers.filter((it) => it.path === place && moderating.includes(it.office))
    if (able.length > 0) return idsOf(able)
  }
  return []
}

const idsOf = (some: readonly Officer[]): string[] => [...new Set(some.map((it) => it.personId))].sort()

/** The organisation above, whose officers look at the reminder before it goes; itself where nothing stands above. */
function ownerOf(officers: readonly Officer[], path: OrgPath): { id: string; path: OrgPath } | undefined {
  for (const place of ancestors(path).reverse()) {
    const it = officers.find((officer) => officer.path === place && moderating.includes(officer.office))
    if (it) return { id: it.organizationId, path: place }
  }
  return undefined
}

function reminder(
  title: string | null,
  name: string,
  promisedOn: Day,
  isLate: boolean,
): { title: string; body: string } {
  const what = title === null ? '一件投诉反映或身份受保护的建议' : `建议“${title}”`
  const [year, month, date] = promisedOn.split('-').map(Number)
  const on = `${year} 年 ${month} 月 ${date} 日`
  return {
    title: isLate ? '有一件建议已过答复日期' : '有一件建议临近答复日期',
    body: isLate
      ? `${name}收到的${what}约定在 ${on}以前答复，现在已经过期。请尽快答复；确需更多时间的，请在“交流”中写明原因并另约日期。`
      : `${name}收到的${what}约定在 ${on}以前答复。请在“交流”中登记办理情况并答复作者。`,
  }
}
