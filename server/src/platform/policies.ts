import { appRole, keeperRole } from './database.ts'

/**
 * What row-level security lets the application see and write in a table of a university.
 * Without an entry the columns decide: `path` bounds a row by the tree, `person_id` opens it to the person concerned.
 */
export interface RowRule {
  /** `university`: everyone of the university reads all rows; writing stays bounded by the tree. */
  reads?: 'university'
  /** The column with the person concerned; `person_id` where the table has it. */
  person?: string
  /** The column with a second person whose private row it is, as that of two people. */
  alsoPerson?: string
  /** Columns with accounts that read the row wherever it stands in the tree. */
  accounts?: readonly string[]
  /** A column with a second place in the tree: the row belongs to both sides. */
  otherPath?: string
  /** Only the person concerned and these accounts read and write the row, whatever offices others hold; and work that nobody's office bounds. */
  isPrivate?: true
  /** A table with a row for each person to whom this row is open besides, and its column with the id of this one. */
  openTo?: { table: string; column: string }
  /** A column that opens the row to everybody who knows the university, signed in or not; whoever is signed in reads the others, too. */
  openWhen?: string
  /** Functions with the rights of the table's owner, for a search by words: row-level security would let none use an index, so that they repeat it. */
  searchedBy?: readonly string[]
}

/** A table as the catalogue of the database has it. */
export interface TableShape {
  name: string
  columns: readonly string[]
}

/** Tables to which rows are only ever added. */
export const appendOnlyTables: readonly string[] = [
  'journal',
  'certificates',
  'certificate_revocations',
  'certificate_filings',
  'talent_succession_kits',
  'talent_succession_signatures',
]

/** Tables to which rows are only ever added, but whose rows move through the tree together with their person. */
export const movingTables: readonly string[] = [
  'development_acts',
  'archive_documents',
  'archive_seals',
  'archive_examinations',
  'archive_receptions',
  'form_filings',
]

/** Tables that only upkeep writes. */
export const keeperTables: readonly string[] = ['journal_seals', 'journal_sealed_rows']

/**
 * Tables whose texts are read only by a search: the owner of the table, in a function that repeats the scope, because row-level
 * security would let no search use an index. The application writes rows, moves and removes them, and reads these columns of them.
 */
export const searchedTables: Readonly<Record<string, readonly string[]>> = {
  search_entries: ['tenant_id', 'kind', 'id', 'path', 'person_id', 'subject'],
}

/** The value of a setting of the transaction, null when it is not set: on a reused connection an unset one comes back as ''. */
const setting = (name: string) => `nullif(current_setting('app.${name}', true), '')`

/**
 * True for a row of the university of the transaction. A setting in a subselect is looked up once for each statement and not
 * for each row; the planner does not see its value, so the ranges that each query names itself give the plan.
 */
export const withinTenant = `tenant_id = (select ${setting('tenant')})`

/** True for a path in one of the subtrees of the transaction. */
export const withinScope = liesInScope('path')

/**
 * What the policies need beside the tables: the type of many subtrees, and whether a delegation hands a person to the account
 * of the transaction until its last day in China. The function keeps the policies short: each statement goes through all of
 * theirs anew, and few rows get as far as the delegations.
 */
export const securityParts: readonly string[] = [
  `do $$ begin create type path_range as range (subtype = text, collation = "C", multirange_type_name = path_ranges);
    exception when duplicate_object then null; end $$`,
  `create or replace function is_delegated(person uuid) returns boolean stable language plpgsql as $$ begin
    return coalesce(current_setting('app.helper', true), '') = '1' and exists (select from delegation_persons as given
      where given.tenant_id = ${setting('tenant')} and given.person_id = person
      and given.helper_account_id = ${setting('account')}::uuid
      and given.until_on >= (now() at time zone 'Asia/Shanghai')::date);
  end $$`,
]

/** The statements that put a table under row-level security: enabled, forced, its policies written anew, its rights granted. */
export function securityStatements(table: TableShape, rule: RowRule = {}): string[] {
  const name = `"${table.name}"`
  const rights = grantsOf(table)
  if (!table.columns.includes('tenant_id')) return rights
  const { reads, writes } = conditions(table, rule)
  return [
    ...rights,
    `alter table ${name} enable row level security`,
    `alter table ${name} ${table.name in searchedTables || rule.searchedBy ? 'no ' : ''}force row level security`,
    ...['scope_reads', 'scope_inserts', 'scope_updates', 'scope_deletes', 'keeper'].map(
      (policy) => `drop policy if exists ${policy} on ${name}`,
    ),
    `create policy scope_reads on ${name} for select to ${appRole} using (${reads})`,
    `create policy scope_inserts on ${name} for insert to ${appRole} with check (${writes})`,
    `create policy scope_updates on ${name} for update to ${appRole} using (${writes}) with check (${writes})`,
    `create policy scope_deletes on ${name} for delete to ${appRole} using (${writes})`,
    `create policy keeper on ${name} to ${keeperRole} using (${isKeeper}) with check (${isKeeper})`,
  ]
}

/** True only after `set role`: the owner is a member of the role, and must not have its sight without asking for it. */
const isKeeper = `current_user = '${keeperRole}'`

function liesInScope(column: string): string {
  return `${column} <@ (select ${setting('scope')}::path_ranges)`
}

function grantsOf({ name }: TableShape): string[] {
  return [
    `revoke all on "${name}" from public, ${appRole}, ${keeperRole}`,
    `grant ${allowedIn(name)} on "${name}" to ${appRole}`,
    `grant select, insert on "${name}" to ${keeperRole}`,
  ]
}

function allowedIn(name: string): string {
  if (keeperTables.includes(name)) return 'select'
  if (appendOnlyTables.includes(name)) return 'select, insert'
  const searched = searchedTables[name]
  if (searched) return `select (${searched.join(', ')}), insert, update (path), delete`
  if (movingTables.includes(name)) return 'select, insert, update (path)'
  return 'select, insert, update, delete'
}

function conditions({ columns, name }: TableShape, rule: RowRule): { reads: string; writes: string } {
  if (rule.isPrivate) {
    const parties = [isEverywhere, ...ownOf(columns, rule), ...accountsOf(rule)]
    const both = `${withinTenant} and (${parties.join(' or ')})`
    return { reads: both, writes: both }
  }
  if (!columns.includes('path')) return { reads: withinTenant, writes: withinTenant }
  const person = personOf(columns, rule)
  const places = [withinScope, ...(rule.otherPath ? [liesInScope(rule.otherPath)] : [])]
  if (person) places.push(`is_delegated(${person})`)
  const writes = `${withinTenant} and (${places.join(' or ')})`
  if (rule.reads === 'university') return { reads: withinTenant, writes }
  const open = rule.openTo
    ? [
        `exists (select from "${rule.openTo.table}" as opened where opened.${withinTenant}
          and opened.person_id = ${setting('person')}::uuid and opened.${rule.openTo.column} = "${name}".id)`,
      ]
    : []
  const published = rule.openWhen ? [rule.openWhen, isSignedIn] : []
  return {
    reads: `${withinTenant} and (${[...published, ...places, ...ownOf(columns, rule), ...accountsOf(rule), ...open].join(' or ')})`,
    writes,
  }
}

/** True where somebody acts, whoever it is. */
const isSignedIn = `(select ${setting('account')}) is not null`

/** True for work that nobody's office bounds: no organisation stands at this place. */
const isEverywhere = `'.'::text <@ (select ${setting('scope')}::path_ranges)`

const personOf = (columns: readonly string[], rule: RowRule): string | undefined =>
  rule.person ?? (columns.includes('person_id') ? 'person_id' : undefined)

function ownOf(columns: readonly string[], rule: RowRule): string[] {
  const own = [personOf(columns, rule), rule.alsoPerson].filter((it) => it !== undefined)
  return own.map((column) => `${column} = ${setting('person')}::uuid`)
}

const accountsOf = ({ accounts = [] }: RowRule): string[] =>
  accounts.map((column) => `${column} = ${setting('account')}::uuid`)
