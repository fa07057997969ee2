import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { NamedFile } from '../../platform/http.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { openTemplate } from '../../platform/papers/filling.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import type { TemplateField } from '../../platform/papers/word-scan.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { filingListOf, placesOf } from '../archive/template.ts'
import { shippedForm } from './catalogue.ts'
import { dictionary, isKnownName } from './dictionary.ts'
import { isFiled } from './filings.ts'
import { uploadedRow } from './forms-in-force.ts'
import { formScopeNames } from './names-schema.ts'
import { mayForms } from './policy.ts'
import type { NewTemplateQuery, Template, TemplateChange } from './schema.ts'
import { taggedPaper } from './shipped-form.ts'
import { formTemplates, formTemplateVersions } from './tables.ts'

/** The most that an uploaded template may have. */
const mostTemplateBytes = 10 * 1024 * 1024

/** Refuses whoever changes no templates, before a file is taken from them. */
export async function refuseOthers(ctx: Context): Promise<void> {
  authorize(mayForms(ctx.actor).settle, '设置本校的表格模板')
}

/** The same for a form that there is. */
export async function refuseReplacing(ctx: Context, templateId: string): Promise<void> {
  await refuseOthers(ctx)
  found(await uploadedRow(ctx, templateId), '个模板')
}

/** The fields of an uploaded template, read in a thread of its own. Refuses what cannot be used, with where it is wrong. */
export async function fieldsIn(file: NamedFile): Promise<readonly TemplateField[]> {
  if (file.bytes.length > mostTemplateBytes)
    throw new Refusal('too-large', '模板超过 10 MB，没有采用。请压缩图片，只保留一份表格后再上传。')
  if (file.bytes.length === 0) throw new Refusal('unreadable', '没有收到文件内容，请重新选择模板文件。')
  const opened = await openTemplate(file.bytes)
  await opened.close()
  if (opened.fields.length === 0) {
    throw new Refusal(
      'unreadable',
      '模板里没有找到字段标记。请在 Word 中把要填的地方写成“{姓名}”“{入党申请书.日期}”这样的标记后再上传。',
    )
  }
  return opened.fields
}

/** Takes a Word template into use as a new form; returns its id. */
export async function addTemplate(
  ctx: Context,
  { title, scope, step, place, needsHand }: NewTemplateQuery,
  file: NamedFile,
  fields: readonly TemplateField[],
): Promise<string> {
  await refuseOthers(ctx)
  await refuseNoPlace(ctx, place)
  const id = newId()
  const form = { title, scope, step: step ?? null, place: place ?? null, needsHand }
  await ctx.db.insert(formTemplates).values({ tenantId: ctx.tenantId, id, ...form })
  await addVersion(ctx, id, 1, file, fields, {})
  await record(ctx, 'forms.template-added', subjectOf(id), { title, fileName: file.name })
  return id
}

/** Takes a newer file of a form into use. The older ones are kept; what was bound stays bound where the tag is still there. */
export async function replaceTemplate(
  ctx: Context,
  templateId: string,
  file: NamedFile,
  fields: readonly TemplateField[],
): Promise<void> {
  await refuseOthers(ctx)
  const it = await lockTemplate(ctx, templateId)
  const [newest] = await versionsOf(ctx, templateId)
  const tags = new Set(fields.map((field) => field.path))
  const kept = Object.entries(newest?.bindings ?? {}).filter(([tag]) => tags.has(tag))
  const number = (newest?.number ?? 0) + 1

  await addVersion(ctx, templateId, number, file, fields, Object.fromEntries(kept))
  await record(ctx, 'forms.template-replaced', subjectOf(templateId), { title: it.title, number, fileName: file.name })
}

/**
 * Says which field is meant by a tag, in the version in force. Where papers of an archive were made from it, that version stays as it is,
 * and the same file with the new meanings is the next one. Refuses tags and fields that there are not.
 */
export async function bindTemplate(
  ctx: Context,
  templateId: string,
  bindings: Readonly<Record<string, string>>,
): Promise<void> {
  await refuseOthers(ctx)
  const it = await lockTemplate(ctx, templateId)
  const newest = found((await versionsOf(ctx, templateId))[0], '个模板')
  const tags = new Set(newest.fields.map((field) => field.path))
  const names = new Set(dictionary().flatMap(({ name }) => [name, name.split('.').at(-1) ?? name]))
  const wrong = Object.entries(bindings).filter(([tag, name]) => !tags.has(tag) || (name !== '' && !names.has(name)))
  if (wrong.length > 0) {
    const told = wrong.map(([tag, name]) => `“${tag}”对应“${name}”`).join('、')
    throw new Refusal('malformed', `模板里没有这个标记，或者没有这个字段：${told}。请刷新页面后重新选择。`)
  }

  const isKept = await isFiled(ctx, templateId, newest.number)
  const number = isKept ? newest.number + 1 : newest.number
  if (isKept) {
    const { name, content } = await contentOfVersion(ctx, templateId, newest.number)
    await addVersion(ctx, templateId, number, { name, bytes: content }, newest.fields, bindings)
  } else {
    await ctx.db
      .update(formTemplateVersions)
      .set({ bindings })
      .where(
        and(
          eq(formTemplateVersions.tenantId, ctx.tenantId),
          eq(formTemplateVersions.templateId, templateId),
          eq(formTemplateVersions.number, number),
        ),
      )
  }
  await record(ctx, 'forms.template-bound', subjectOf(templateId), { title: it.title, number, bindings })
}

/** Renames a form, puts it at another step or place, or takes it out of use and back. */
export async function changeTemplate(ctx: Context, templateId: string, change: TemplateChange): Promise<void> {
  await refuseOthers(ctx)
  await lockTemplate(ctx, templateId)
  if (Object.keys(change).length === 0) return
  await refuseNoPlace(ctx, change.place ?? undefined)

  await ctx.db
    .update(formTemplates)
    .set(change)
    .where(and(eq(formTemplates.tenantId, ctx.tenantId), eq(formTemplates.id, templateId)))
  await record(ctx, 'forms.template-changed', subjectOf(templateId), {
    ...change,
    ...(change.scope && { scope: formScopeNames[change.scope] }),
  })
}

/** A form of the university with its versions and tags, for those who make forms. */
export async function readTemplate(ctx: Context, templateId: string): Promise<Template> {
  const can = mayForms(ctx.actor)
  authorize(can.make || can.settle, '查看表格模板')
  const form = found(await uploadedRow(ctx, templateId), '个模板')
  const versions = await versionsOf(ctx, templateId)
  const { fields = [], bindings = {} } = versions[0] ?? {}
  const seen = new Map(fields.map((it) => [[...it.within, it.path].join(' '), it]))
  return {
    form,
    fields: [...seen.values()].map(({ path, within }) => ({
      path,
      within: [...within],
      isKnown: isKnownName(
        path,
        within.map((it) => bindings[it] ?? it),
      ),
      boundTo: bindings[path] ?? null,
    })),
    versions: versions.map(({ number, fileName, size, uploadedByName, uploadedAt }) => ({
      number,
      fileName,
      bytes: size,
      uploadedBy: uploadedByName,
      uploadedAt: uploadedAt.toISOString(),
    })),
    can,
  }
}

/** The Word file of a version, as it was uploaded. */
export async function fileOfVersion(ctx: Context, templateId: string, number: number): Promise<NamedFile> {
  const can = mayForms(ctx.actor)
  authorize(can.make || can.settle, '下载表格模板')
  const { name, content } = await contentOfVersion(ctx, templateId, number)
  return { name, bytes: content }
}

async function contentOfVersion(ctx: Context, templateId: string, number: number) {
  const [row] = await ctx.db
    .select({ name: formTemplateVersions.fileName, content: formTemplateVersions.content })
    .from(formTemplateVersions)
    .where(
      and(
        eq(formTemplateVersions.tenantId, ctx.tenantId),
        eq(formTemplateVersions.templateId, templateId),
        eq(formTemplateVersions.number, number),
      ),
    )
  return found(row, '个模板')
}

/** A form of ours as a Word template with its tags, from which the university makes its own. */
export function templateOfShipped(ctx: Context, code: string): NamedFile {
  const can = mayForms(ctx.actor)
  authorize(can.make || can.settle, '下载表格模板')
  const form = found(shippedForm(code), '个表格')
  return { name: `${form.title}（模板）.docx`, bytes: wordPaper(taggedPaper(form, ctx.today)) }
}

async function refuseNoPlace(ctx: Context, place: string | undefined): Promise<void> {
  if (place === undefined || placesOf(await filingListOf(ctx)).some((it) => it.code === place)) return
  refuseField('place', '归档清单中没有这一类材料，请重新选择。')
}

async function lockTemplate(ctx: Context, templateId: string) {
  const [row] = await ctx.db
    .select()
    .from(formTemplates)
    .where(and(eq(formTemplates.tenantId, ctx.tenantId), eq(formTemplates.id, templateId)))
    .for('update')
  return found(row, '个模板')
}

function versionsOf(ctx: Context, templateId: string) {
  return ctx.db
    .select({
      number: formTemplateVersions.number,
      fileName: formTemplateVersions.fileName,
      size: formTemplateVersions.size,
      fields: formTemplateVersions.fields,
      bindings: formTemplateVersions.bindings,
      uploadedByName: formTemplateVersions.uploadedByName,
      uploadedAt: formTemplateVersions.uploadedAt,
    })
    .from(formTemplateVersions)
    .where(and(eq(formTemplateVersions.tenantId, ctx.tenantId), eq(formTemplateVersions.templateId, templateId)))
    .orderBy(desc(formTemplateVersions.number))
}

async function addVersion(
  ctx: Context,
  templateId: string,
  number: number,
  { name, bytes }: NamedFile,
  fields: readonly TemplateField[],
  bindings: Readonly<Record<string, string>>,
): Promise<void> {
  await ctx.db.insert(formTemplateVersions).values({
    tenantId: ctx.tenantId,
    templateId,
    number,
    fileName: name,
    content: Buffer.from(bytes),
    size: bytes.length,
    fields,
    bindings,
    uploadedBy: ctx.actor.accountId,
    uploadedByName: ctx.actor.name,
  })
}

const subjectOf = (id: string) => ({ kind: 'template', id })
