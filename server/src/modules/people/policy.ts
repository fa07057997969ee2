import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { type FieldName, fieldNames } from './schema.ts'

/** By what a helper knows whose task it is. */
const tellingApart: readonly FieldName[] = ['name', 'studentNumber']

/** What the rules read of a person beside the acts: a change of it changes what is found and due in the file. */
export const judgedFields: readonly FieldName[] = ['bornOn', 'idNumber', 'leavesOn', 'isMobile']

/**
 * Who may do what with a person of the register. Of the own entry nobody changes what the rules read, as nobody writes in the
 * own file. A helper sees, beside name and number, only the fields of the task, and
 * enters and reads in the clear no others.
 */
export function may(actor: Actor, it: { id: string; path: OrgPath }) {
  const keeps = actor.holds('keep-files', it.path)
  const isConcerned = actor.personId === it.id
  const seesAll = actor.holds('read-files', it.path) || isConcerned
  const helpsWith = (field?: FieldName) => keeps || actor.isHelperFor(it.id, field)
  const own = isConcerned ? judgedFields : []
  const changeFields = fieldNames.filter((field) => helpsWith(field) && !own.includes(field))
  return {
    read: seesAll || helpsWith(),
    /** The fields that may be seen; those that are sealed as masks. */
    see: seesAll ? [...fieldNames] : helpsWith() ? [...new Set([...tellingApart, ...changeFields])] : [],
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
