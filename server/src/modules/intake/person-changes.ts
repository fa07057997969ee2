import type { Context } from '../../platform/context.ts'
import { differencesOf } from '../people/bulk.ts'
import { personKindNames, sexNames } from '../people/names-schema.ts'
import type { FieldName, PersonChange, PersonFields } from '../people/schema.ts'
import type { StoredPerson } from '../people/sealing.ts'
import { fields as knownFields } from './fields.ts'
import type { FieldChange } from './schema.ts'

/** What the fields of a row change in a person. A detail that the row does not name stays. */
export function personChanges(
  ctx: Context,
  person: StoredPerson,
  fields: Partial<PersonFields>,
): { change: PersonChange; changes: FieldChange[] } {
  const { details, ...plain } = fields
  const found = differencesOf(ctx, person, { set: plain, clear: [] })
  const changes: FieldChange[] = []
  const set: Record<string, unknown> = {}
  for (const [key, it] of Object.entries(found)) {
    if (!isField(key)) continue
    set[key] = fields[key]
    changes.push({ label: fieldLabel(key), old: shown(it.old), new: shown(it.new) })
  }
  const added = Object.entries(details ?? {}).filter(([header, text]) => person.details[header] !== text)
  for (const [header, text] of added) changes.push({ label: header, old: person.details[header] ?? null, new: text })
  if (added.length > 0) set.details = { ...person.details, ...Object.fromEntries(added) }
  return { change: { set, clear: [] }, changes }
}

/** The name of a field of a person. */
const fieldLabel = (key: FieldName): string =>
  knownFields.find(({ feeds }) => feeds.to === 'person' && feeds.key === key)?.name ?? key

const isField = (key: string): key is FieldName =>
  knownFields.some(({ feeds }) => feeds.to === 'person' && feeds.key === key)

/** The value of a field in words; null where there is none. */
export function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? '是' : '否'
  return words[String(value)] ?? String(value)
}

const words: Readonly<Record<string, string>> = { ...sexNames, ...personKindNames }
