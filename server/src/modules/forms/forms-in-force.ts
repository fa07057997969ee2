import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { TemplateField } from '../../platform/papers/word-scan.ts'
import type { Bindings } from '../../platform/papers/word-template.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { catalogue, shippedForm } from './catalogue.ts'
import { clearNumbers } from './dictionary.ts'
import { mayForms } from './policy.ts'
import type { FormRow } from './schema.ts'
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
  const own = (await newestVersions(ctx)).map(rowOfUploaded).filter((it) => can.settle || !it.isRetired)
  const stepOf = (it: FormRow) => it.step ?? 99
  return { items: [...own, ...catalogue.map(rowOfShipped)].toSorted((a, b) => stepOf(a) - stepOf(b)), can }
}

/** The form of an id. Refuses one that there is not, or that is no longer in use. */
export async function formInForce(ctx: Context, formId: string): Promise<FormInForce> {
  const shipped = shippedForm(formId)
  if (shipped) return { row: rowOfShipped(shipped), fields: fieldsOf(shipped), bindings: {}, shipped }
  const [version] = isId(formId) ? await newestVersions(ctx, formId) : []
  const it = found(version?.isRetired ? undefined : version, '个表格')
  return { row: rowOfUploaded(it), fields: it.fields, bindings: it.bindings, shipped: null }
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
  return version && rowOfUploaded(version)
}

interface UploadedForm {
  id: string
  title: string
  scope: FormRow['scope']
  step: number | null
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

const rowOfUploaded = ({ id, title, scope, step, isRetired, number, fields, bindings }: UploadedForm): FormRow => ({
  id,
  isOwn: true,
  title,
  step,
  scope,
  purpose: '本校上传的模板。',
  formats: ['word'],
  version: number,
  showsNumbers: asksForNumbers(fields, bindings).length > 0,
  isRetired,
})

const rowOfShipped = (form: ShippedForm): FormRow => ({
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
})

/** The numbers in the clear for which a form asks. */
export function asksForNumbers(
  fields: readonly TemplateField[],
  bindings: Bindings,
): (typeof clearNumbers)[keyof typeof clearNumbers][] {
  const asked = new Set(fields.map(({ path }) => bindings[path] ?? path))
  return Object.entries(clearNumbers).flatMap(([name, field]) => (asked.has(name) ? [field] : []))
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
