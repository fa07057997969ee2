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

/** A judged row as JSON with the columns of `import_rows`. `edits` are sealed. */
export function storedText(
  of: { tenantId: string; importId: string; path: OrgPath },
  { reading, judgement, decided, edits }: StorableRow,
): string {
  const { problems, findings, doubt, candidates } = judgement
  return JSON.stringify({
    tenant_id: of.tenantId,
    import_id: of.importId,
    row: reading.row,
    path: of.path,
    name: reading.name,
    branch: reading.branch,
    organization_id: judgement.organization?.id,
    edits,
    effect: judgement.effect,
    decided,
    matched_id: judgement.person?.id,
    revision: judgement.person?.revision,
    error_count: problems.filter((it) => it.severity === 'error').length,
    note_count: problems.filter((it) => it.severity !== 'info').length + findings.length + (doubt === null ? 0 : 1),
    doubt,
    candidates: candidates.length > 0 ? candidates : null,
    problems,
    findings,
    field_changes: judgement.fieldChanges,
    act_changes: judgement.actChanges,
  })
}

interface StorableRow {
  reading: RowReading
  judgement: Judgement
  decided: string | null
  edits: string | null
}
