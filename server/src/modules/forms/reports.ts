import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { readTag, textOf, type Values, valueAt } from '../../platform/papers/tags.ts'
import { authorize, found, refuseField } from '../../platform/refusal.ts'
import { findPerson } from '../people/queries.ts'
import { moveWithPersons } from '../people/service.ts'
import { type CopyColumn, copySheets } from './copy-sheets.ts'
import { dictionary, valuesOf } from './dictionary.ts'
import { type Known, knownOf } from './known.ts'
import { copySheetNames } from './names-schema.ts'
import { recordReadings } from './orders.ts'
import { may } from './policy.ts'
import type { Copy, CopySheet, NewReport } from './schema.ts'
import { formReports } from './tables.ts'

/**
 * The columns of a form or screen that is not ours, in its order, with what is known of a person: to be copied. What has changed since
 * it was last reported has its former text beside it. Others than the person are seen to have read, once a day.
 */
export async function readCopy(ctx: Context, personId: string, sheet: CopySheet): Promise<Copy> {
  const it = await concerned(ctx, personId)
  const can = may(ctx.actor, it.person)
  await recordReadings(ctx, copySheetNames[sheet], [it], { onceADay: true })
  const last = await lastReport(ctx, personId, sheet)
  const values = valuesOf(it)
  const entries = new Map(dictionary().map((entry) => [entry.name, entry.enteredAt]))
  return {
    person: { id: it.person.id, name: it.person.name },
    sheet,
    items: copySheets[sheet].map((column) => {
      const text = columnText(column, values)
      const before = last?.values[column.label] ?? ''
      return {
        label: column.label,
        text: text === '' ? null : text,
        isByHand: column.field === null,
        enteredAt: column.field === null ? null : (entries.get(readTag(column.field).path) ?? null),
        sealed: column.sealed ?? null,
        before: last && before !== text ? before : null,
      }
    }),
    reported: last ? { on: last.on, by: last.reportedByName } : null,
    can: { report: can.report },
  }
}

/** Notes that the columns, as they are now, were entered in the system of those above; returns the id of the note. */
export async function noteReport(ctx: Context, personId: string, { sheet, on }: NewReport): Promise<string> {
  const it = await concerned(ctx, personId)
  authorize(may(ctx.actor, it.person).report, '登记上报')
  if (on > ctx.today) refuseField('on', '上报日期不能晚于今天，请在上报之后登记。')

  const id = newId()
  const values = valuesOf(it)
  const said = copySheets[sheet].map((column) => [column.label, columnText(column, values)] as const)
  await ctx.db.insert(formReports).values({
    tenantId: ctx.tenantId,
    id,
    personId,
    path: it.person.path,
    sheet,
    on,
    values: Object.fromEntries(said),
    reportedBy: ctx.actor.accountId,
    reportedByName: ctx.actor.name,
  })
  await record(
    ctx,
    'forms.reported',
    { kind: 'person', id: personId, orgPath: it.person.path, personId },
    { sheet: copySheetNames[sheet], on },
  )
  return id
}

/** What was reported moves with the person. */
moveWithPersons(formReports)

async function concerned(ctx: Context, personId: string): Promise<Known> {
  const person = found(await findPerson(ctx, personId), '位人员')
  authorize(may(ctx.actor, person).copy, '查看这位人员的填写内容')
  const [known] = await knownOf(ctx, [personId], { orOwn: true })
  return found(known, '位人员')
}

async function lastReport(ctx: Context, personId: string, sheet: CopySheet) {
  const [row] = await ctx.db
    .select({ on: formReports.on, values: formReports.values, reportedByName: formReports.reportedByName })
    .from(formReports)
    .where(
      and(eq(formReports.tenantId, ctx.tenantId), eq(formReports.personId, personId), eq(formReports.sheet, sheet)),
    )
    .orderBy(desc(formReports.id))
    .limit(1)
  return row
}

function columnText({ field }: CopyColumn, values: Values): string {
  if (field === null) return ''
  const { path, filter } = readTag(field)
  return textOf(valueAt(values, path), filter)
}
