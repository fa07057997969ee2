import type { DevelopmentFacts } from '@zhibu/rules'
import type { OrgPath } from '../../platform/org-path.ts'
import type { PersonChange, PersonFields } from '../people/schema.ts'
import type { StoredPerson } from '../people/sealing.ts'
import type { ActToWrite } from './act-changes.ts'
import type { NamedOrganization } from './branch-names.ts'
import type { RowReading } from './reading.ts'
import type { ActChange, FieldChange, RowEffect, RowNote, RowProblem } from './schema.ts'

/** What an import would do with a row. */
export interface Judgement {
  effect: RowEffect
  organization: NamedOrganization | null
  person: StoredPerson | null
  doubt: string | null
  candidates: readonly string[]
  problems: readonly RowProblem[]
  findings: readonly RowNote[]
  fieldChanges: readonly FieldChange[]
  actChanges: readonly ActChange[]
  /** What the rules are asked about: the file as it would be afterwards. */
  facts: DevelopmentFacts
  /** What is written where the row is taken. */
  write: { fields: Partial<PersonFields>; change: PersonChange | null; acts: readonly ActToWrite[] }
}

/** What is said of a row of which nothing but the row itself is known. */
export function undecided(reading: RowReading, organization: NamedOrganization | null): Judgement {
  return {
    effect: 'doubt',
    organization,
    person: null,
    doubt: null,
    candidates: [],
    problems: reading.problems.map(problemOf),
    findings: [],
    fieldChanges: [],
    actChanges: [],
    facts: reading.facts,
    write: { fields: { ...reading.person }, change: null, acts: [] },
  }
}

/** A problem of a row without the number of the row. */
export const problemOf = ({ column, code, severity, message }: RowProblem): RowProblem => ({
  ...{ column, code, severity, message },
})

/** A judged row as JSON with the columns of `import_rows` in which it differs from `storedAlike`. `edits` are sealed. */
export function storedText({ reading, judgement, decided, edits }: StorableRow): string {
  const { problems, findings, doubt, candidates } = judgement
  return JSON.stringify({
    row: reading.row,
    name: reading.name,
    branch: reading.branch,
    organization_id: judgement.organization?.id,
    edits: edits ?? undefined,
    effect: judgement.effect,
    decided: decided ?? undefined,
    matched_id: judgement.person?.id,
    revision: judgement.person?.revision,
    error_count: problems.filter((it) => it.severity === 'error').length || undefined,
    note_count:
      problems.filter((it) => it.severity !== 'info').length + findings.length + (doubt === null ? 0 : 1) || undefined,
    doubt: doubt ?? undefined,
    candidates: filled(candidates),
    problems: filled(problems),
    findings: filled(findings),
    field_changes: filled(judgement.fieldChanges),
    act_changes: filled(judgement.actChanges),
  })
}

/** What the rows of an import have in common as long as they do not say otherwise, by the columns of `import_rows`. */
export const storedAlike = (of: { tenantId: string; importId: string; path: OrgPath }) => ({
  ...{ tenant_id: of.tenantId, import_id: of.importId, path: of.path },
  ...{ error_count: 0, note_count: 0, problems: [], findings: [], field_changes: [], act_changes: [] },
})

const filled = (items: readonly unknown[]) => (items.length > 0 ? items : undefined)

interface StorableRow {
  reading: RowReading
  judgement: Judgement
  decided: string | null
  edits: string | null
}
