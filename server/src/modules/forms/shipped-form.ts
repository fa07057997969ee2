import type { Day } from '@zhibu/rules'
import type { Paper, PaperBlock } from '../../platform/papers/official-paper.ts'
import { fillText, tagsIn, textOf, type Values, valueAt } from '../../platform/papers/tags.ts'
import type { TemplateField } from '../../platform/papers/word-scan.ts'
import { headRemark } from '../../platform/papers/word-template.ts'

/** A form that comes with the program: a paper in whose texts tags stand. */
export interface ShippedForm {
  code: string
  title: string
  /** The step of the way to which it belongs, as `steps` number them; null where it belongs to none. */
  step: number | null
  /** For one person, or for the persons of a list together. */
  scope: 'person' | 'list'
  /** What it is for, in a sentence. */
  purpose: string
  /** The code of its place in the filing list; absent where it is not filed. */
  place?: string
  /** True where nobody signs or seals it: the file itself is the original. */
  isElectronic?: true
  paper: FormPaper
}

/** The paper of a form. A table may have a line for everybody of a list. */
export interface FormPaper
  extends Pick<Paper, 'letterhead' | 'number' | 'title' | 'to' | 'signer' | 'signedOn' | 'landscape'> {
  body: readonly FormBlock[]
  attachments?: readonly string[]
}

export type FormBlock = Exclude<PaperBlock, { kind: 'table' | 'chart' }> | FormTable

interface FormTable extends Extract<PaperBlock, { kind: 'table' }> {
  /** The list for each of whose items there is the only row. */
  each?: string
}

/** The form filled: what is missing is a line to write on in the text, and an empty cell in a table. */
export function filledPaper({ paper }: ShippedForm, values: Values, madeOn: Day): Paper {
  const remark = textOf(valueAt(values, headRemark), null)
  return mapped(
    remark === '' ? paper : { ...paper, body: [line(remark), ...paper.body] },
    madeOn,
    (text) => fillText(text, [values], toWriteOn),
    (table) => {
      const cells = (row: readonly string[], scopes: readonly Values[]) => row.map((text) => fillText(text, scopes, ''))
      if (table.each === undefined) return table.rows.map((row) => cells(row, [values]))
      const items = valueAt(values, table.each)
      const all: readonly Values[] = Array.isArray(items) ? items : []
      return all.flatMap((item) => table.rows.map((row) => cells(row, [item, values])))
    },
  )
}

/** The form with its tags, as a Word template from which a university may make its own. */
export function taggedPaper({ paper }: ShippedForm, madeOn: Day): Paper {
  return mapped(
    paper,
    madeOn,
    (text) => text,
    ({ each, rows }) =>
      each === undefined
        ? rows
        : rows.map((row) =>
            row.map((text, at) => `${at === 0 ? `{#${each}}` : ''}${text}${at === row.length - 1 ? `{/${each}}` : ''}`),
          ),
  )
}

/** The fields for which a form asks, in the order of the paper. */
export function fieldsOf({ paper }: ShippedForm): TemplateField[] {
  const ofText = (text: string | undefined, within: readonly string[] = []): TemplateField[] =>
    tagsIn(text ?? '').map((tag) => ({ ...tag, within }))
  const ofBlock = (block: FormBlock): TemplateField[] => {
    if (block.kind !== 'table') return ofText(block.text)
    const { each, head, rows } = block
    const list = each === undefined ? [] : [{ path: each, filter: null, within: [] }]
    const around = each === undefined ? [] : [each]
    return [...list, ...[...head, ...rows.flat()].flatMap((text) => ofText(text, around))]
  }
  return [
    ...[paper.letterhead, paper.number, paper.title, paper.to].flatMap((it) => ofText(it)),
    ...paper.body.flatMap(ofBlock),
    ...(paper.attachments ?? []).flatMap((it) => ofText(it)),
    ...[paper.signer, paper.signedOn].flatMap((it) => ofText(it)),
  ]
}

const toWriteOn = '＿＿＿＿'

function mapped(
  paper: FormPaper,
  madeOn: Day,
  textOf: (text: string) => string,
  rowsOf: (table: FormTable) => readonly (readonly string[])[],
): Paper {
  const { letterhead, number, title, to, signer, signedOn, landscape } = paper
  return {
    ...(letterhead !== undefined && { letterhead: textOf(letterhead), number: textOf(number ?? '') }),
    title: textOf(title),
    ...(to !== undefined && { to: textOf(to) }),
    body: paper.body.map((block): PaperBlock => {
      if (block.kind !== 'table') return { ...block, text: textOf(block.text) }
      const { kind, widths, head } = block
      return { kind, widths, head: head.map(textOf), rows: rowsOf(block) }
    }),
    attachments: (paper.attachments ?? []).map(textOf),
    ...(signer !== undefined && { signer: textOf(signer), signedOn: textOf(signedOn ?? '') }),
    ...(landscape && { landscape }),
    madeOn,
  }
}

/** Parts of papers, so that forms read like what is written in them. */
export const text = (it: string): FormBlock => ({ kind: 'paragraph', text: it })
export const line = (it: string): FormBlock => ({ kind: 'line', text: it })
export const heading = (it: string): FormBlock => ({ kind: 'heading', level: 1, text: it })

/** A table of labels and what stands beside them, one or two pairs a line. */
export const record = (...rows: readonly (readonly string[])[]): FormBlock => ({
  kind: 'table',
  widths: rows.some((it) => it.length === 4) ? [1, 2, 1, 2] : [1, 5],
  head: [],
  rows,
})

/** A table with a line for everybody of the list. */
export function roster(columns: readonly (readonly [head: string, cell: string, width: number])[]): FormBlock {
  return {
    kind: 'table',
    each: '名单',
    widths: columns.map(([, , width]) => width),
    head: columns.map(([head]) => head),
    rows: [columns.map(([, cell]) => cell)],
  }
}

/** Room to write by hand. */
export const room = (lines: number): string => '\n'.repeat(lines)
