import type { Day } from '@zhibu/rules'
import { and, eq, gte } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { firstIdOf } from '../../platform/ids.ts'
import { journal, record, recordAll } from '../../platform/journal.ts'
import { nameOf } from '../../platform/packages/names.ts'
import { isBlank, textOf, type Values, valueAt } from '../../platform/papers/tags.ts'
import { headRemark, missingFields } from '../../platform/papers/word-template.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { readIdentity } from '../people/service.ts'
import { persons } from '../people/tables.ts'
import { type ClosedFile, closedFilesOf, type FiledPaper, remarkOn } from './closed-files.ts'
import { dictionary, valuesOf, valuesOfList } from './dictionary.ts'
import { asksForNumbers, contentOf, type FormInForce, formInForce } from './forms-in-force.ts'
import { commonPath, type Known, knownOf } from './known.ts'
import { formatNames } from './names-schema.ts'
import { mayForms } from './policy.ts'
import { samplePersons } from './samples.ts'
import type { FileOrder, Format, Preview, PreviewOrder } from './schema.ts'

/** Everything that is needed to make files, read and recorded; making them takes no connection. */
export interface Order {
  form: FormInForce
  format: Format
  /** The Word file of an uploaded form. */
  content: Uint8Array | null
  pieces: readonly OrderedPiece[]
  /** What the whole is called, where it is more than one file. */
  name: string
  madeOn: Day
}

/** One file of an order. */
export interface OrderedPiece extends Piece {
  name: string
  /** A paper of a closed file, which is given in place of a new one. */
  filed: FiledPaper | null
}

/** So many papers of a preview come with what stands in them. */
const shownPieces = 3

/**
 * What a form would say about these persons, and what is missing, before anything is made. Numbers are shown as masks. Without persons
 * it is shown with invented ones. The persons see that their files were read, once a day.
 */
export async function previewForm(ctx: Context, { formId, personIds }: PreviewOrder): Promise<Preview> {
  authorize(mayForms(ctx.actor).make || mayForms(ctx.actor).settle, '预览表格')
  const form = await formInForce(ctx, formId)
  const known = personIds === undefined ? samplePersons(ctx.today) : await readable(ctx, personIds)
  if (personIds !== undefined) await recordReadings(ctx, `表格《${form.row.title}》`, known, { onceADay: true })
  const entries = new Map(dictionary().map((it) => [it.name, it.enteredAt]))
  const closed = personIds === undefined ? new Map<string, ClosedFile>() : await closedFilesOf(ctx, form, personIds)
  const pieces = piecesOf(form, known.map(withMasks), closed).map(({ persons, values }, at) => {
    // Two tags may mean the same field.
    const missing = new Set(missingFields(form.fields, values, form.bindings).map((tag) => fieldNamed(form, tag)))
    return {
      persons: persons.map((it) => ({ id: it.person.id === '' ? null : it.person.id, name: it.person.name })),
      values: at < shownPieces ? shownValues(form, values) : [],
      missing: [...missing].map((name) => ({
        name,
        enteredAt: entries.get(name) ?? null,
        persons: lacking(name, persons),
      })),
      closed: persons.flatMap(({ person }) => {
        const it = closed.get(person.id)
        return it ? [{ name: person.name, ...it }] : []
      }),
    }
  })
  return { form: form.row, pieces }
}

/**
 * Takes an order for files: authorises, reads in a few statements for any number of persons, and writes down the making and, for
 * each person, that the file was read for it. Numbers in the clear are read one by one, as everywhere. Of a closed file the paper that
 * lies in it is given; made anew it says that it is no original.
 */
export async function takeOrder(ctx: Context, { formId, personIds, format, isAnew }: FileOrder): Promise<Order> {
  const form = await formInForce(ctx, formId)
  if (!form.row.formats.includes(format)) {
    throw new Refusal('malformed', '上传的 Word 模板只能生成 Word 文件，请改选 Word。')
  }
  const known = await readable(ctx, personIds)
  const clear = await withNumbers(ctx, form, known)
  const content = form.shipped === null ? await contentOf(ctx, form) : null
  const closed = await closedFilesOf(ctx, form, personIds)
  const pieces = piecesOf(form, clear, closed)

  await recordReadings(ctx, `表格《${form.row.title}》`, known)
  const path = commonPath(known)
  await record(
    ctx,
    'forms.made',
    { kind: 'form', id: form.row.id, orgPath: path, personId: known.length === 1 ? known[0]?.person.id : null },
    { title: form.row.title, version: form.row.version, format: formatNames[format], persons: known.length },
  )
  const title = nameOf(form.row.title)
  return {
    form,
    format,
    content,
    pieces: pieces.map((it, at) => ({
      ...it,
      name: nameFor(title, it.persons, pieces.length > 1 ? at : null),
      filed: isAnew || form.row.scope === 'list' ? null : (closed.get(it.persons[0]?.person.id ?? '')?.filed ?? null),
    })),
    name: `${title} ${known.length}人 ${ctx.today}.zip`,
    madeOn: ctx.today,
  }
}

/** The persons in the order given. Refuses where one of them is none whose forms the actor makes. */
async function readable(ctx: Context, personIds: readonly string[]): Promise<Known[]> {
  const wanted = [...new Set(personIds)]
  const known = await knownOf(ctx, wanted)
  if (known.length === wanted.length) return known
  const missing = wanted.filter((id) => !known.some((it) => it.person.id === id))
  const seen = await ctx.db
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), isOneOf(persons.id, missing)))
  found(seen.length === missing.length ? seen[0] : undefined, '位人员')
  authorize(false, '为这位人员生成表格')
  return known
}

interface Piece {
  persons: readonly Known[]
  values: Values
}

/** A paper for each person, or one for all. Of a form over one person the list has that one. */
function piecesOf({ row }: FormInForce, known: readonly Known[], closed: ReadonlyMap<string, ClosedFile>): Piece[] {
  const pieceOf = (persons: readonly Known[]): Piece => {
    const [first] = persons.flatMap(({ person }) => closed.get(person.id) ?? [])
    return { persons, values: { ...valuesOfList(persons), ...(first && { [headRemark]: remarkOn(first) }) } }
  }
  return row.scope === 'list' ? [pieceOf(known)] : known.map((it) => pieceOf([it]))
}

/** The persons with the numbers that the form shows in the clear; each reading is recorded by the one function for it. */
async function withNumbers(
  ctx: Context,
  { row, fields, bindings }: FormInForce,
  known: readonly Known[],
): Promise<Known[]> {
  const asked = asksForNumbers(fields, bindings)
  const all: Known[] = []
  for (const it of known) {
    const clear: Known['clear'] = {}
    for (const field of asked) {
      const mask = field === 'idNumber' ? it.person.idNumberMask : it.person.phoneMask
      if (mask === null) continue
      const purpose = `生成表格《${row.title}》`
      clear[field] = (await readIdentity(ctx, it.person.id, { field, purpose })).value
    }
    all.push({ ...it, clear })
  }
  return all
}

/** As a preview shows them: that a number is there, and of the number the mask. */
export function withMasks(it: Known): Known {
  const { idNumberMask, phoneMask } = it.person
  return { ...it, clear: { ...(idNumberMask && { idNumber: idNumberMask }), ...(phoneMask && { phone: phoneMask }) } }
}

function shownValues({ fields, bindings }: FormInForce, values: Values): { name: string; text: string }[] {
  const own = fields.filter((it) => it.within.length === 0)
  const shown = own.map(({ path, filter }) => ({
    name: bindings[path] ?? path,
    text: textOf(valueAt(values, bindings[path] ?? path), filter),
  }))
  return [...new Map(shown.filter((it) => it.text !== '').map((it) => [it.name, it])).values()]
}

/** The name in the dictionary of what a tag asks for, the list of persons around it left out. */
function fieldNamed({ fields, bindings }: FormInForce, tag: string): string {
  const tags = fields.map(({ path, within }) => [...within, path]).find((it) => it.join('.') === tag) ?? [tag]
  return tags
    .map((it) => bindings[it] ?? it)
    .join('.')
    .replace(/^名单\./, '')
}

function lacking(field: string, known: readonly Known[]): string[] {
  return known.filter((it) => isBlank(valueAt(valuesOf(it), field))).map((it) => it.person.name)
}

/** Writes down, for the persons concerned, that their files were read; nobody's own reading. */
export async function recordReadings(
  ctx: Context,
  what: string,
  known: readonly Known[],
  { onceADay = false } = {},
): Promise<void> {
  const ids = known.map((it) => it.person.id)
  const today = onceADay ? await readToday(ctx, ids) : new Set<string | null>()
  const read = known.filter(({ person }) => person.id !== ctx.actor.personId && !today.has(person.id))
  await recordAll(
    ctx,
    'journal.read',
    read.map(({ person: { id, path } }) => ({
      subject: { kind: 'person', id, orgPath: path, personId: id },
      details: { what },
    })),
  )
}

async function readToday(ctx: Context, personIds: readonly string[]): Promise<Set<string | null>> {
  const rows = await ctx.db
    .selectDistinct({ personId: journal.personId })
    .from(journal)
    .where(
      and(
        eq(journal.tenantId, ctx.tenantId),
        isOneOf(journal.personId, personIds),
        gte(journal.id, firstIdOf(`${ctx.today}T00:00:00+08:00`)),
        eq(journal.event, 'journal.read'),
        eq(journal.accountId, ctx.actor.accountId),
      ),
    )
  return new Set(rows.map((it) => it.personId))
}

function nameFor(title: string, known: readonly Known[], at: number | null): string {
  const [first] = known
  const whose = `${first?.person.name ?? ''}${known.length === 1 ? '' : `等${known.length}人`}`
  return nameOf(at === null ? `${whose} ${title}` : `${String(at + 1).padStart(3, '0')} ${whose} ${title}`)
}
