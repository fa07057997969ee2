import type { Day } from '@zhibu/rules'
import type { FieldKind } from '@zhibu/server/modules/calls/names-schema'
import type { CallFields, CallView } from '@zhibu/server/modules/calls/schema'

/** A call while it is written: days may be missing still. */
export type CallDraft = Omit<CallFields, 'kinds'> & {
  kinds: (Omit<CallFields['kinds'][number], 'untilOn'> & { untilOn: Day | undefined })[]
}

/** What a call of member stories usually asks for; everything can be changed. */
export const usualDraft: CallDraft = {
  ...{ title: '', body: '', teamMost: 1, entriesMost: 1, isBlind: true, words: [] },
  kinds: [{ key: 'k1', name: '文字类', untilOn: undefined }],
  fields: [
    { key: 'f1', label: '正文', kind: 'prose', isRequired: true, most: 3_000, hint: '' },
    { key: 'f2', label: '图片', kind: 'picture', isRequired: false, most: 5, hint: '' },
  ],
  criteria: [
    {
      key: 'c1',
      name: '真实',
      levels: [
        { name: '一般', words: '人物和事情写得笼统' },
        { name: '较好', words: '有具体的人、事和时间' },
        { name: '很好', words: '细节准确，读来可信' },
      ],
    },
    {
      key: 'c2',
      name: '表达',
      levels: [
        { name: '一般', words: '能看明白' },
        { name: '较好', words: '条理清楚，语言通顺' },
        { name: '很好', words: '结构完整，有感染力' },
      ],
    },
  ],
}

/** A call that was read, to be written on. */
export function draftOf(it: CallView): CallDraft {
  const { title, body, kinds, fields, teamMost, entriesMost, isBlind, words, criteria } = it
  return { title, body, kinds, fields, teamMost, entriesMost, isBlind, words, criteria }
}

/** The call to be saved; undefined while a day is missing. */
export function wholeOf({ kinds, ...more }: CallDraft): CallFields | undefined {
  const whole = kinds.flatMap(({ untilOn, ...kind }) => (untilOn === undefined ? [] : [{ ...kind, untilOn }]))
  return whole.length === kinds.length ? { ...more, kinds: whole } : undefined
}

/** A name of a part that no other part has; nobody sees it. */
export function newKey(prefix: string, parts: readonly { key: string }[]): string {
  let number = parts.length + 1
  while (parts.some((it) => it.key === `${prefix}${number}`)) number++
  return `${prefix}${number}`
}

/** How much of each kind of field is usual. */
export const usualMost: Readonly<Record<FieldKind, number>> = {
  line: 60,
  prose: 3_000,
  picture: 5,
  sound: 1,
  video: 1,
  file: 1,
}
