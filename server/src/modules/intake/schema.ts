import { ruleBooks } from '@zhibu/rules'
import { z } from 'zod'
import { withoutNumbers } from '../../platform/identity-numbers.ts'
import { withoutMarks } from '../../platform/visible-text.ts'
import { cursor, line, page, pageSize } from '../../platform/wire.ts'
import { branchTypes } from '../organization/schema.ts'

/** What crosses the wire about imports. */

/** What an import would do with a row: enter somebody, change somebody, nothing, or nothing until a doubt is settled; or it was skipped by hand. */
export const rowEffects = ['new', 'changed', 'unchanged', 'doubt', 'skipped'] as const
export type RowEffect = (typeof rowEffects)[number]

/** How far an import has come; derived from its days. `interrupted` may be taken up again. */
export const importStates = [
  'unrecognised',
  'reading',
  'preview',
  'committing',
  'interrupted',
  'committed',
  'undoing',
  'undone',
  'discarded',
] as const
export type ImportState = (typeof importStates)[number]

const severity = z.enum(['error', 'warning', 'info'])

/** What is wrong with a cell, or with the row where `column` is null. */
export const rowProblem = z.object({ column: z.string().nullable(), code: z.string(), severity, message: z.string() })
export type RowProblem = z.infer<typeof rowProblem>

/** A contradiction of the facts as they would be after the import. */
export const rowNote = z.object({
  rule: z.string(),
  severity,
  ruleBook: z.enum(ruleBooks).nullable(),
  article: z.string().nullable(),
  message: z.string(),
})
export type RowNote = z.infer<typeof rowNote>

/** A field of the person, old and new; null where there was nothing. Identity and phone numbers are masked. */
export const fieldChange = z.object({ label: z.string(), old: z.string().nullable(), new: z.string().nullable() })
export type FieldChange = z.infer<typeof fieldChange>

/** An act that is recorded for the first time, or one that replaces the recorded one. */
export const actChange = z.object({ kind: z.string(), old: z.string().nullable(), new: z.string() })
export type ActChange = z.infer<typeof actChange>

/** A row of the preview. */
export const importRow = z.object({
  row: z.number().int(),
  name: z.string().nullable(),
  branch: z.string().nullable(),
  organizationName: z.string().nullable(),
  effect: z.enum(rowEffects),
  doubt: z.string().nullable(),
  decided: z.string().nullable(),
  personId: z.uuid().nullable(),
  candidates: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      studentNumber: z.string().nullable(),
      bornOn: z.string().nullable(),
      organization: z.string(),
    }),
  ),
  cells: z.record(z.string(), z.string()),
  /** Letters of the columns that were changed by hand. */
  edited: z.array(z.string()),
  problems: z.array(rowProblem),
  findings: z.array(rowNote),
  fieldChanges: z.array(fieldChange),
  actChanges: z.array(actChange),
})
export type ImportRow = z.infer<typeof importRow>
export const importRowPage = page(importRow)

/** An import in the list. */
export const importItem = z.object({
  id: z.uuid(),
  fileName: z.string(),
  organization: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  state: z.enum(importStates),
  rowsTotal: z.number().int(),
  written: z
    .object({
      registered: z.number().int(),
      changed: z.number().int(),
      acts: z.number().int(),
      leftOut: z.number().int(),
    })
    .nullable(),
})
export type ImportItem = z.infer<typeof importItem>
export const importPage = page(importItem)

/** A column of the table with the field it is taken as, and what stands in its first rows. */
export const layoutColumn = z.object({
  letter: z.string(),
  header: z.string(),
  field: z.string().nullable(),
  samples: z.array(z.string()),
  /** Why the column is not imported as it stands, such as identity numbers without a field; null where there is nothing to say. */
  warning: z.string().nullable(),
})

/** One import with all that the wizard shows. */
export const importView = importItem.extend({
  organizationId: z.uuid(),
  fileBytes: z.number().int(),
  sheets: z.array(
    z.object({
      name: z.string(),
      hidden: z.boolean(),
      lineCount: z.number().int(),
      recognisedColumnCount: z.number().int(),
    }),
  ),
  layout: z.object({ sheet: z.string(), headerRow: z.number().int(), columns: z.array(layoutColumn) }).nullable(),
  /** The fields that a column may be mapped to. */
  fields: z.array(z.object({ code: z.string(), name: z.string() })),
  /** How far the work that goes on is, and how much it is. */
  rowsDone: z.number().int(),
  rowsToDo: z.number().int(),
  failure: z.string().nullable(),
  /** Null while the server works on the import: it is asked again and again then. */
  counts: z
    .object({
      new: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
      doubt: z.number().int(),
      skipped: z.number().int(),
      /** Rows with a problem or finding. */
      noted: z.number().int(),
      /** Rows with cells that cannot be read, among the new and changed ones. */
      faulty: z.number().int(),
    })
    .nullable(),
  /** Names of branches in the table that stand for no organisation, with the number of rows. */
  unknownBranches: z.array(z.object({ name: z.string().nullable(), rows: z.number().int() })),
  /** Branches that a name may be mapped to; at most 500. */
  branches: z.array(z.object({ id: z.uuid(), name: z.string() })),
  /** Committees below which a branch may be set up by the actor; empty where that is not allowed. */
  parents: z.array(z.object({ id: z.uuid(), name: z.string() })),
  can: z.object({ change: z.boolean(), commit: z.boolean(), undo: z.boolean(), discard: z.boolean() }),
})
export type ImportView = z.infer<typeof importView>
/** One import on which the server does not work at the moment. */
export type CountedImport = ImportView & { counts: NonNullable<ImportView['counts']> }

export const uploadQuery = z.object({
  /** The name of the file. */
  name: z.string().trim().overwrite(withoutNumbers).min(1).max(200),
  /** The part of the tree to write into; the highest part in which the actor may import, unless told otherwise. */
  organizationId: z.uuid().optional(),
})

export const layoutChoice = z.object({
  sheet: z.string().max(200),
  /** The number of the last header line. */
  headerRow: z.number().int().min(1).max(200).optional(),
  /** Field codes, or null for “keep as a detail”, by column letter. */
  columns: z.record(z.string().max(3), z.string().max(60).nullable()).default({}),
})
export type LayoutChoice = z.infer<typeof layoutChoice>

/** What a name of a branch in the table stands for: an organisation, or one to be set up; or its rows are left out. */
const branchChoice = z.union([
  z.object({ name: z.string().max(200), organizationId: z.uuid() }),
  z.object({
    name: z.string().min(1).max(200),
    parentId: z.uuid(),
    /** What the new branch is called, where the table writes its name otherwise. */
    newName: line.min(1, '请填写支部名称').max(100, '名称不超过 100 个字').exactOptional(),
    branchType: z.enum(branchTypes).optional(),
  }),
  z.object({ name: z.string().max(200), skip: z.literal(true) }),
])
export type BranchChoice = z.infer<typeof branchChoice>

/** As many names as wanted, all or none. */
export const branchChoices = z.object({ choices: z.array(branchChoice).min(1).max(500, '一次不超过 500 个名称') })

export const rowChange = z.object({
  /** New texts of cells by column letter; an empty text empties the cell. */
  cells: z.record(z.string().max(3), z.string().overwrite(withoutMarks).max(2000)).optional(),
  /** Whose row it is: a person of the register, somebody new, or again what the import finds by itself. */
  person: z.union([z.uuid(), z.literal('new'), z.null()]).optional(),
  skip: z.boolean().optional(),
})
export type RowChange = z.infer<typeof rowChange>

export const rowsQuery = z.object({
  effect: z.enum(rowEffects).optional(),
  noted: z.stringbool().optional(),
  q: line.max(50).optional(),
  cursor,
  limit: pageSize,
})
export type RowsQuery = z.infer<typeof rowsQuery>

export const importsQuery = z.object({ cursor, limit: pageSize })
export type ImportsQuery = z.infer<typeof importsQuery>

/** `takesFaulty`: rows with cells that cannot be read are written without those cells; otherwise they are left out. */
export const commitChoice = z.object({ takesFaulty: z.boolean().default(false) })
export type CommitChoice = z.infer<typeof commitChoice>

/** What stands against undoing an import. */
export const undoConflict = z.object({
  personId: z.uuid(),
  name: z.string(),
  what: z.string(),
  by: z.string().nullable(),
})
export type UndoConflict = z.infer<typeof undoConflict>
export const undoCheck = z.object({ conflicts: z.array(undoConflict) })

/** A list to be written out as .xlsx in the layout that the import reads, filtered and sorted as its page asks for it. */
export const exportOrder = z.object({
  list: z.enum(['people', 'development']),
  /** The filters and the order; `columns` in it, codes separated by commas, means the same as below. */
  query: z.record(z.string().max(30), z.string().max(2_000)).default({}),
  /** Which columns are written: codes of fields, or headers of details. Name, number and branch always are. */
  columns: z.array(z.string().max(90)).max(200).optional(),
})
export type ExportOrder = z.infer<typeof exportOrder>

export const created = z.object({ id: z.uuid() })
