import { crc32 } from 'node:zlib'
import {
  isDay,
  type LocalPractice,
  nationalPractice,
  refuseLooser,
  type Setting,
  seededCalendar,
  weekdayOf,
} from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { enqueue } from '../../platform/jobs.ts'
import { record } from '../../platform/journal.ts'
import { Prepared } from '../../platform/prepared.ts'
import { authorize, type FieldProblem, Refusal, refuseStale } from '../../platform/refusal.ts'
import { maySettle } from './policy.ts'
import { type SettingsView, type SettingView, settingFrom } from './schema.ts'
import type { WorkingYear, WorkingYearChange } from './settings-schema.ts'
import { localPractices, workingYears } from './tables.ts'

/** What the rules are applied with at this university, in the form of the wire and in the form of the rules. */
export interface Settled {
  view: SettingView
  setting: Setting
}

/** What the university has settled, national where it has settled nothing. */
export async function settingOf({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>): Promise<Settled> {
  const [row] = await reading.rows(db, { tenantId })
  return settledBy(row?.practice ?? null, row?.workingYears ?? null)
}

/** The settings as the settings page shows them, and a number that is another one after each change. */
export async function readSettings(ctx: Context): Promise<{ view: SettingsView; revision: number }> {
  const { view } = await settingOf(ctx)
  const own = new Set(view.workingYears.map((it) => it.year))
  const shippedYears = [...seededCalendar.years].filter((year) => !own.has(year)).sort()
  return { view: { ...view, shippedYears, can: maySettle(ctx.actor) }, revision: revisionOf(view) }
}

/** The revision of settings. */
export const revisionOf = (view: SettingView): number => crc32(JSON.stringify(view)) % 1_000_000_000

/** Holds the settings against others who change them; refuses where somebody has since they were read. */
async function holdSettings(ctx: Context, revision: number): Promise<void> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(${settingsLockClass}::int, hashtext(${ctx.tenantId}))`)
  const { view } = await settingOf(ctx)
  refuseStale({ revision: revisionOf(view) }, revision, '本校规定或工作日表')
}

/** Tells the locks of settings from others. */
const settingsLockClass = 7_303

/**
 * Sets the local practice as read at this revision. Refuses what is looser than the national rule; every file is stated anew
 * afterwards.
 */
export async function setPractice(ctx: Context, practice: LocalPractice, revision: number): Promise<void> {
  authorize(maySettle(ctx.actor).settle, '修改本校规定')
  const refused = refuseLooser(practice, ctx.today)
  if (refused.length > 0) throw new Refusal('unlawful', `${refused.join('；')}。`)

  await holdSettings(ctx, revision)
  await ctx.db.insert(localPractices).values({ tenantId: ctx.tenantId, practice, setBy: ctx.actor.accountId })
  await record(ctx, 'development.practice-set', { kind: 'university', id: ctx.tenantId }, { practice })
  await enqueue(ctx.db, 'development.restate', { tenantId: ctx.tenantId })
}

/** Sets a year's table of working days, the settings being as read at this revision; every file is stated anew afterwards. */
export async function setWorkingYear(
  ctx: Context,
  year: number,
  change: WorkingYearChange,
  revision: number,
): Promise<void> {
  authorize(maySettle(ctx.actor).settle, '修改工作日表')
  const fields = problemsOf(year, change)
  if (fields.length > 0)
    throw new Refusal('malformed', `${year} 年工作日表有 ${fields.length} 处需要改正。`, { fields })

  await holdSettings(ctx, revision)
  await ctx.db
    .insert(workingYears)
    .values({ tenantId: ctx.tenantId, year, ...change })
    .onConflictDoUpdate({ target: [workingYears.tenantId, workingYears.year], set: change })
  await record(ctx, 'development.working-year-set', { kind: 'university', id: ctx.tenantId }, { year, ...change })
  await enqueue(ctx.db, 'development.restate', { tenantId: ctx.tenantId })
}

/** The same from what is stored, if anything is. */
export const settledBy = (practice: LocalPractice | null, years: WorkingYear[] | null): Settled =>
  settled({ practice: practice ?? nationalPractice, workingYears: years ?? [] })

/** The setting in both forms. The same object for the same content, so that what the rules derive from it is derived once. */
function settled(view: SettingView): Settled {
  const key = JSON.stringify(view)
  const known = recent.get(key)
  if (known) return known
  const made = { view, setting: settingFrom(view) }
  const oldest = recent.keys().next()
  if (recent.size >= 20 && !oldest.done) recent.delete(oldest.value)
  recent.set(key, made)
  return made
}

const recent = new Map<string, Settled>()

function problemsOf(year: number, { holidays, makeUpDays }: WorkingYearChange): FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const [field, days] of Object.entries({ holidays, makeUpDays })) {
    for (const on of Object.keys(days)) {
      if (!on.startsWith(`${year}-`)) problems.push({ path: `${field}.${on}`, message: `${on} 不在 ${year} 年内` })
    }
  }
  for (const on of Object.keys(makeUpDays).filter(isDay)) {
    const path = `makeUpDays.${on}`
    if (weekdayOf(on) <= 5) problems.push({ path, message: `${on} 不是星期六或星期日，不需要调休上班` })
    if (on in holidays) problems.push({ path, message: `${on} 同时列为放假和上班，请保留一项` })
  }
  return problems
}

/** The newest local practice and the university's own years, as subselects of any statement with a tenant. */
export const storedSetting = sql`
  (select practice from local_practices where tenant_id = ${sql.placeholder('tenantId')}
    order by from_at desc limit 1) as practice,
  (select json_agg(json_build_object('year', y.year, 'holidays', y.holidays, 'makeUpDays', y.make_up_days,
      'source', y.source) order by y.year)
    from working_years y where y.tenant_id = ${sql.placeholder('tenantId')}) as "workingYears"`

/** What `storedSetting` yields. */
export interface StoredSetting {
  practice: LocalPractice | null
  workingYears: WorkingYear[] | null
}

const reading = new Prepared<StoredSetting>('development_setting', sql`select ${storedSetting}`)
