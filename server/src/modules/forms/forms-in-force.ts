import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { TemplateField } from '../../platform/papers/word-scan.ts'
import type { Bindings } from '../../platform/papers/word-template.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { type FilingList, filingListOf } from '../archive/template.ts'
import { catalogue, shippedForm } from './catalogue.ts'
import { clearNumbers } from './dictionary.ts'
import { mayForms } from './policy.ts'
import type { FormPlace, FormRow } from './schema.ts'
import { fieldsOf, type ShippedForm } from './shipped-form.ts'
import { formTemplates, formTemplateVersions } from './tables.ts'

/** A form as it is made today: one of ours, or the newest version of an uploaded one. */
export interface FormInForce {
  row: FormRow
  fields: readonly TemplateField[]
  bindings: Bindings
  shipped: ShippedForm | null
}

/** All forms in the order of the steps: those of the university first in each step. Retired ones only for who settles them. */
export async function listForms(ctx: Context): Promise<{ items: FormRow[]; can: { make: boolean; settle: boolean } }> {
  const can = mayForms(ctx.actor)
  authorize(can.make || can.settle, '查看表格')
  const list = await filingListOf(ctx)
  const own = (await newestVersions(ctx))
    .map((it) => rowOfUploaded(it, list))
    .filter((it) => can.settle || !it.isRetired)
  const stepOf = (it: FormRow) => it.step ?? 99
  return {
    items: [...own, ...catalogue.map((it) => rowOfShipped(it, list))].toSorted((a, b) => stepOf(a) - stepOf(b)),
    can,
  }
}

/** The form of an id. Refuses one that there is not, or that is no longer in use. */
export async function formInForce(ctx: Context, formId: string): Promise<FormInForce> {
  const list = await filingListOf(ctx)
  const shipped = shippedForm(formId)
  if (shipped) return { row: rowOfShipped(shipped, list), fields: fieldsOf(shipped), bindings: {}, shipped }
  const [version] = isId(formId) ? await newestVersions(ctx, formId) : []
  const it = found(version?.isRetired ? undefined : version, '个表格')
  return { row: rowOfUploaded(it, list), fields: it.fields, bindings: it.bindings, shipped: null }
}

/** The Word file of an uploaded form, as it is in force. */
export async function contentOf(ctx: Context, { row }: FormInForce): Promise<Uint8Array> {
  const [version] = await ctx.db
    .select({ content: formTemplateVersions.content })
    .from(formTemplateVersions)
    .where(
      and(
        eq(formTemplateVersions.tenantId, ctx.tenantId),
        eq(formTemplateVersions.templateId, row.id),
        eq(formTemplateVersions.number, row.version ?? 0),
      ),
    )
  return found(version, '个模板').content
}

/** An uploaded form as lists show it. */
export async function uploadedRow(ctx: Context, templateId: string): Promise<FormRow | undefined> {
  const [version] = await newestVersions(ctx, templateId)
  return version && rowOfUploaded(version, await filingListOf(ctx))
}

interface UploadedForm {
  id: string
  title: string
  scope: FormRow['scope']
  step: number | null
  place: string | null
  needsHand: boolean
  isRetired: boolean
  number: number
  fields: readonly TemplateField[]
  bindings: Bindings
}

function newestVersions(ctx: Context, templateId?: string): Promise<UploadedForm[]> {
  return ctx.db
    .selectDistinctOn([formTemplates.title, formTemplates.id], {
      id: formTemplates.id,
      title: formTemplates.title,
      scope: formTemplates.scope,
      step: formTemplates.step,
      place: formTemplates.place,
      needsHand: formTemplates.needsHand,
      isRetired: formTemplates.isRetired,
      number: formTemplateVersions.number,
      fields: formTemplateVersions.fields,
      bindings: formTemplateVersions.bindings,
    })
    .from(formTemplates)
    .innerJoin(
      formTemplateVersions,
      and(
        eq(formTemplateVersions.tenantId, formTemplates.tenantId),
        eq(formTemplateVersions.templateId, formTemplates.id),
      ),
    )
    .where(
      and(
        eq(formTemplates.tenantId, ctx.tenantId),
        templateId === undefined ? undefined : eq(formTemplates.id, templateId),
      ),
    )
    .orderBy(formTemplates.title, formTemplates.id, sql`${formTemplateVersions.number} desc`)
}

const rowOfUploaded = (it: UploadedForm, list: FilingList): FormRow => ({
  id: it.id,
  isOwn: true,
  title: it.title,
  step: it.step,
  scope: it.scope,
  purpose: '本校上传的模板。',
  formats: ['word'],
  version: it.number,
  showsNumbers: asksForNumbers(it.fields, it.bindings).length > 0,
  isRetired: it.isRetired,
  place: placeIn(list, it.place),
  needsHand: it.needsHand,
})

const rowOfShipped = (form: ShippedForm, list: FilingList): FormRow => ({
  id: form.code,
  isOwn: false,
  title: form.title,
  step: form.step,
  scope: form.scope,
  purpose: form.purpose,
  formats: ['word', 'pdf'],
  version: null,
  showsNumbers: asksForNumbers(fieldsOf(form), {}).length > 0,
  isRetired: false,
  place: placeIn(list, form.place ?? null),
  needsHand: form.isElectronic !== true,
})

/** The places in which forms may be filed: those in use. */
export const formPlaces = ({ person, organization }: FilingList): FormPlace[] =>
  [...person, ...organization].map(({ code, label, subject }) => ({ code, label, subject }))

/** A form whose place is out of use has none. */
const placeIn = (list: FilingList, code: string | null): FormRow['place'] =>
  formPlaces(list).find((it) => it.code === code) ?? null

/** The numbers in the clear for which a form asks. */
export function asksForNumbers(
  fields: readonly TemplateField[],
  bindings: Bindings,
): (typeof clearNumbers)[keyof typeof clearNumbers][] {
  const asked = new Set(fields.map(({ path }) => bindings[path] ?? path))
  return Object.entries(clearNumbers).flatMap(([name, field]) => (asked.has(name) ? [field] : []))
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
