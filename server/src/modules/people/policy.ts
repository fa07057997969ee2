import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { type FieldName, fieldNames } from './schema.ts'

/** Who may do what with a person of the register. A helper enters and reads in the clear only the fields of the task. */
export function may(actor: Actor, it: { id: string; path: OrgPath }) {
  const keeps = actor.holds('keep-files', it.path)
  const isConcerned = actor.personId === it.id
  const helpsWith = (field?: FieldName) => keeps || actor.isHelperFor(it.id, field)
  const changeFields = keeps ? [...fieldNames] : fieldNames.filter(helpsWith)
  return {
    read: actor.holds('read-files', it.path) || isConcerned || helpsWith(),
    change: changeFields.length > 0,
    changeFields,
    move: keeps,
    readIdNumber: helpsWith('idNumber'),
    readPhone: helpsWith('phone'),
    seeReadings: keeps || isConcerned,
  }
}

/** Who may enter persons into an organisation, or take them over from another. */
export function mayReceive(actor: Actor, organization: { path: OrgPath }): boolean {
  return actor.holds('keep-files', organization.path)
}
