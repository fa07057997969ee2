import { addWorkingDays, type Day } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { settingOf } from '../development/settings.ts'
import type { TopicKind } from './names-schema.ts'
import { settingsOf } from './settings.ts'

/** The day by which a topic that comes in on a day is answered: so many working days later, by the table of the university. */
export async function promisedDay(ctx: Pick<Context, 'db' | 'tenantId'>, kind: TopicKind, from: Day): Promise<Day> {
  const { settings } = await settingsOf(ctx)
  const { setting } = await settingOf(ctx)
  const days = kind === 'complaint' ? settings.complaintDays : settings.suggestionDays
  return addWorkingDays(setting.calendar, from, days).day
}
