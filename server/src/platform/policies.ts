import { appRole, keeperRole, rangeLimit } from './database.ts'

/**
 * What row-level security lets the application see and write in a table of a university.
 * Without an entry the columns decide: `path` bounds a row by the tree, `person_id` opens it to the person concerned.
 */
export interface RowRule {
  /** `university`: everyone of the university reads all rows; writing stays bounded by the tree. */
  reads?: 'university'
  /** The column with the person concerned; `person_id` where the table has it. */
  person?: string
  /** Columns with accounts that read the row wherever it stands in the tree. */
  accounts?: readonly string[]
}

/** A table as the catalogue of the database has it. */
export interface TableShape {
  name: string
  columns: readonly string[]
}

/** Tables to which rows are only ever added. */
export const appendOnlyTables: readonly string[] = ['journal']

/** Tables to which rows are only ever added, but whose rows move through the tree together with their person. */
export const movingTables: readonly string[] = ['development_acts']

/** Tables that only upkeep writes. */
export const keeperTables: readonly string[] = ['journal_seals', 'journal_sealed_rows']

/** The value of a setting of the transaction, null when it is not set: on a reused connection an unset one comes back as ''. */
export const setting = (name: string) => `nullif(current_setting('app.${name}', true), '')`

/**
 * The same as a subselect, which is worked out once for each statement and not for each row. It is prepared each time, though,
 * and the planner does not see its value: for what is looked at in nearly every row. The ranges that each query names itself
 * give the plan.
 */
const settingOnce = (name: string) => `(select ${setting(name)})`

/** True for a row of the university of the transaction. */
export const withinTenant = `tenant_id = ${settingOnce('tenant')}`

/** True for a path in one of the subtrees of the transaction: mostly there is one. */
export function withinScope(column = 'path'): string {
  const further = Array.from({ length: rangeLimit - 1 }, (_, at) => at + 2)
  return [
    `(${column} >= ${settingOnce('lo1')} and ${column} < ${settingOnce('hi1')})`,
    ...further.map((n) => `(${column} >= ${setting(`lo${n}`)} and ${column} < ${setting(`hi${n}`)})`),
  ].join(' or ')
}

/** The statements that put a table under row-level security: enabled, forced, its policies written anew, its rights granted. */
export function securityStatements(table: TableShape, rule: RowRule = {}): string[] {
  const name = `"${table.name}"`
  const rights = grantsOf(table)
  if (!table.columns.includes('tenant_id')) return rights
  const { reads, writes } = conditions(table, rule)
  return [
    ...rights,
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
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
  if (movingTables.includes(name)) return 'select, insert, update (path)'
  return 'select, insert, update, delete'
}

function conditions({ name, columns }: TableShape, rule: RowRule): { reads: string; writes: string } {
  if (!columns.includes('path')) return { reads: withinTenant, writes: withinTenant }
  const person = rule.person ?? (columns.includes('person_id') ? 'person_id' : undefined)
  const places = [withinScope()]
  if (person) places.push(isDelegated(name, person))
  const writes = `${withinTenant} and (${places.join(' or ')})`
  if (rule.reads === 'university') return { reads: withinTenant, writes }
  const own = person ? [`${person} = ${setting('person')}::uuid`] : []
  const accounts = (rule.accounts ?? []).map((column) => `${column} = ${setting('account')}::uuid`)
  return { reads: `${withinTenant} and (${[...places, ...own, ...accounts].join(' or ')})`, writes }
}

/** True for a person whom a delegation hands to the account of the transaction, until its last day in China. */
function isDelegated(table: string, person: string): string {
  return `(${setting('helper')} = '1' and exists (select 1 from delegation_persons as given
    where given.tenant_id = "${table}".tenant_id and given.person_id = "${table}".${person}
    and given.helper_account_id = ${setting('account')}::uuid and given.until_on >= (now() at time zone 'Asia/Shanghai')::date))`
}
