import type { Day } from '@zhibu/rules'
import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isOneOf } from '../../platform/within.ts'
import { isCurrent } from '../archive/queries.ts'
import { closuresOf } from '../archive/sealed-owners.ts'
import { archiveDocuments } from '../archive/tables.ts'
import { filingListOf, placesOf } from '../archive/template.ts'
import type { FormInForce } from './forms-in-force.ts'
import { formFilings } from './tables.ts'

/** That the file of a person is closed, and the paper of the form that lies in it. */
export interface ClosedFile {
  number: string
  on: Day
  filed: FiledPaper | null
}

export interface FiledPaper {
  documentId: string
  title: string
}

/**
 * Which of these persons' files are closed, where the form is one of their papers. The paper that lies there is the one that was made
 * from this form, or the only one that its place takes. One statement, three where a file is closed.
 */
export async function closedFilesOf(
  ctx: Context,
  form: FormInForce,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ClosedFile>> {
  if (!isOfFile(form)) return new Map()
  const closures = await closuresOf(ctx, personIds)
  if (closures.size === 0) return new Map()
  const filed = form.row.scope === 'person' ? await filedPapers(ctx, form, [...closures.keys()]) : new Map()
  return new Map([...closures].map(([id, it]) => [id, { ...it, filed: filed.get(id) ?? null }]))
}

/** What stands above a paper that was made of a closed file. */
export const remarkOn = ({ number, on }: Pick<ClosedFile, 'number' | 'on'>): string =>
  `封存后生成，不作为档案原件（档号 ${number}，${on} 封存）`

/** Whether a form is a paper of a person's file: filed there, or of a step of the way. */
const isOfFile = ({ row: { place, step } }: FormInForce): boolean =>
  place === null ? step !== null : place.subject === 'person'

async function filedPapers(
  ctx: Context,
  { row }: FormInForce,
  personIds: readonly string[],
): Promise<Map<string, FiledPaper>> {
  if (row.place === null) return new Map()
  const { code } = row.place
  const place = placesOf(await filingListOf(ctx)).find((it) => it.code === code)
  const rows = await ctx.db
    .select({
      documentId: archiveDocuments.id,
      personId: archiveDocuments.personId,
      title: archiveDocuments.title,
      formId: formFilings.formId,
    })
    .from(archiveDocuments)
    .leftJoin(
      formFilings,
      and(eq(formFilings.tenantId, archiveDocuments.tenantId), eq(formFilings.documentId, archiveDocuments.id)),
    )
    .where(
      and(
        eq(archiveDocuments.tenantId, ctx.tenantId),
        eq(archiveDocuments.place, code),
        isOneOf(archiveDocuments.personId, personIds),
        isCurrent,
      ),
    )
    .orderBy(desc(archiveDocuments.id))
  const filed = new Map<string, FiledPaper>()
  for (const { personId, formId, documentId, title } of rows) {
    if (personId === null || filed.has(personId)) continue
    if (formId === row.id || place?.several === false) filed.set(personId, { documentId, title })
  }
  return filed
}
