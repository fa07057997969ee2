import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import type { FileToFile } from '../archive/held-contents.ts'
import { findDocument } from '../archive/queries.ts'
import { type Closure, closureOfOrganization, closuresOf } from '../archive/sealed-owners.ts'
import { destinationOf, fileDocument, type Wanted } from '../archive/service.ts'
import { organizations } from '../organization/tables.ts'
import { moveWithPersons } from '../people/service.ts'
import { valuesOfList } from './dictionary.ts'
import { type FormInForce, formInForce } from './forms-in-force.ts'
import { commonPath, type Known } from './known.ts'
import { type Order, type OrderedPiece, takeOrder, withMasks } from './orders.ts'
import type { FilingOrder } from './schema.ts'
import { formFilings } from './tables.ts'

/** Forms that are to be made and filed, authorised; making them takes no connection. */
export interface Filing {
  order: Order
  /** The kinds of contents that the place takes. */
  contents: Awaited<ReturnType<typeof destinationOf>>['place']['contents']
  reason: string | undefined
}

/** Whose archive a paper goes into, by a name that people know. */
export interface FilingTarget {
  wanted: Wanted
  name: string
}

/**
 * Takes an order for forms that are made and filed in one step, as PDF/A or, of a template of the university, as Word. Refuses a form
 * that has no place, one that has to be signed or sealed by hand, who may not file there, and a closed file without a reason.
 */
export async function takeFiling(ctx: Context, { formId, personIds, reason }: FilingOrder): Promise<Filing> {
  const form = await formInForce(ctx, formId)
  const { place, needsHand, title, isOwn } = form.row
  if (place === null)
    throw new Refusal('conflict', `《${title}》在归档清单中没有对应的类别，不能直接归档。请生成后在电子档案中归档。`)
  if (needsHand)
    throw new Refusal(
      'conflict',
      `《${title}》要签字或盖章，没有签字盖章的电子文件不是档案原件，不能直接归档。请打印，签字盖章后扫描，归入“${place.label}”。`,
    )
  const order = await takeOrder(ctx, { formId, personIds, format: isOwn ? 'word' : 'pdf', isAnew: true })
  const targets = (await Promise.all(order.pieces.map((it) => targetsOf(ctx, form, it)))).flat()
  let contents: Filing['contents'] = []
  for (const { wanted, name } of targets) {
    contents = (await destinationOf(ctx, wanted)).place.contents
    const closure = await closureOf(ctx, wanted)
    if (closure && reason === undefined)
      refuseField(
        'reason',
        `${name}的档案已于 ${closure.on} 封存（档号 ${closure.number}）。封存后只能作为补充材料归档，请写明补充的原因。`,
      )
  }
  if (isOwn && !contents.includes('word'))
    throw new Refusal('conflict', `“${place.label}”只收扫描件，Word 模板生成的文件不能直接归入。请打印签字后扫描归档。`)
  return { order, contents, reason }
}

/** Whose archives a paper of an order goes into: that of the organisation to which its persons belong, or that of each of them. */
export async function targetsOf(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  { row }: FormInForce,
  { persons: of }: Pick<OrderedPiece, 'persons'>,
): Promise<FilingTarget[]> {
  const place = row.place?.code ?? ''
  if (row.place?.subject === 'person')
    return of.map(({ person }) => ({ wanted: { personId: person.id, place }, name: person.name }))
  const [at] = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.path, commonPath(of))))
  const { id, name } = found(at, '个组织')
  return [{ wanted: { organizationId: id, place }, name }]
}

/**
 * Files a form that was made, and writes down from which version and of which values. Refuses where the file was closed while the form
 * was made: it would not say so.
 */
export async function fileForm(
  ctx: Context,
  { order, reason }: Filing,
  { piece, target, uploadId }: { piece: OrderedPiece; target: FilingTarget; uploadId: string },
  file: FileToFile,
): Promise<string> {
  const { row, fields } = order.form
  const isDated = fields.some(({ path }) => path === '今天')
  const documentId = await fileDocument(
    ctx,
    {
      ...target.wanted,
      uploadId,
      title: row.title,
      nature: 'electronic',
      ...(isDated && { on: order.madeOn }),
    },
    { ...file, ...(reason !== undefined && { reason }) },
  )
  const closure = await closureOf(ctx, target.wanted)
  if (closure && reason === undefined)
    throw new Refusal('changed', `${target.name}的档案刚刚封存，没有归档。请刷新后写明补充的原因，重新办理。`)

  const { personId, path } = found(await findDocument(ctx, documentId), '份材料')
  const valuesSha256 = digestOf(piece.persons)
  await ctx.db.insert(formFilings).values({
    tenantId: ctx.tenantId,
    documentId,
    personId,
    path,
    formId: row.id,
    version: row.version,
    valuesSha256,
    afterSeal: closure?.number ?? null,
    filedBy: ctx.actor.accountId,
    filedByName: ctx.actor.name,
  })
  await record(
    ctx,
    'forms.filed',
    { kind: 'document', id: documentId, orgPath: path, personId },
    {
      title: row.title,
      version: row.version,
      sha256: valuesSha256,
      ...(closure && { number: closure.number, reason }),
    },
  )
  return documentId
}

/** Whether a version of a template stands behind a paper of an archive: then it is never changed. */
export async function isFiled(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  formId: string,
  version: number,
): Promise<boolean> {
  const [row] = await db
    .select({ documentId: formFilings.documentId })
    .from(formFilings)
    .where(and(eq(formFilings.tenantId, tenantId), eq(formFilings.formId, formId), eq(formFilings.version, version)))
    .limit(1)
  return row !== undefined
}

/** What was filed moves with its person. */
moveWithPersons(formFilings)

async function closureOf(ctx: Context, wanted: Wanted): Promise<Closure | undefined> {
  if ('organizationId' in wanted) return closureOfOrganization(ctx, wanted.organizationId)
  return (await closuresOf(ctx, [wanted.personId])).get(wanted.personId)
}

/** Of numbers their masks: a digest of a number in the clear could be tried out. */
const digestOf = (known: readonly Known[]): string =>
  createHash('sha256')
    .update(JSON.stringify(valuesOfList(known.map(withMasks))))
    .digest('hex')
