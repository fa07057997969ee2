import { type ActKind, actLabels } from '@zhibu/rules'
import type { NewDelegation } from '@zhibu/server/modules/accounts/delegation-schema'
import type { FieldName } from '@zhibu/server/modules/people/schema'
import { fieldNames } from '../people/names.ts'

/** The code of an act or of a field of a person that a helper may enter. */
export type Delegable = NewDelegation['fields'][number]

const isAct = (code: string): code is ActKind => Object.hasOwn(actLabels, code)
const isField = (code: string): code is FieldName => Object.hasOwn(fieldNames, code)

/** Whether a code is one that can be handed on. */
export const isDelegable = (code: string): code is Delegable => isAct(code) || isField(code)

/** What a helper may enter, in words. */
export function delegableName(code: string): string {
  return isAct(code) ? actLabels[code] : isField(code) ? fieldNames[code] : code
}

/** All that can be handed on, in groups. */
export const delegableChoices = [
  { group: '发展党员事项', items: Object.entries(actLabels).map(([value, label]) => ({ value, label })) },
  { group: '人员信息', items: Object.entries(fieldNames).map(([value, label]) => ({ value, label })) },
]
