import type { Day } from '@zhibu/rules'
import type { Side } from '@zhibu/server/modules/guidance/names-schema'
import type { BookingView, RecordText } from '@zhibu/server/modules/guidance/schema'
import { asDay } from './words.ts'

/** A next step as its line in the form has it, with a key that stays while others come and go. */
export interface StepDraft {
  key: string
  id: string | null
  what: string
  side: Side
  dueOn: Day | undefined
}

/** A record as its form has it. */
export interface RecordDraft {
  talked: string
  steps: StepDraft[]
}

let keys = 0

/** An empty line, for whoever is guided unless told otherwise. */
export const emptyStep = (): StepDraft => ({
  ...{ key: String(++keys), id: null, what: '', side: 'guided', dueOn: undefined },
})

/** A record that was read, to be completed. */
export const draftOf = (record: BookingView['record']): RecordDraft => ({
  talked: record?.talked ?? '',
  steps: (record?.steps ?? []).map(({ id, what, side, dueOn }) => ({
    ...{ key: String(++keys), id, what, side, dueOn: asDay(dueOn) },
  })),
})

/** What is sent of it. Lines in which nothing stands are left out. */
export const textOf = ({ talked, steps }: RecordDraft): RecordText => ({
  talked,
  steps: steps
    .filter((it) => it.what.trim() !== '')
    .map(({ id, what, side, dueOn }) => ({ id, what, side, dueOn: dueOn ?? null })),
})

/** What the other one has changed of a record meanwhile, in words. */
export function changesOf(
  before: BookingView['record'],
  now: BookingView['record'],
): { label: string; before: string; now: string }[] {
  const steps = (it: BookingView['record']) => (it?.steps ?? []).map((step) => step.what).join('；')
  return [
    { label: '谈了什么', before: before?.talked ?? '', now: now?.talked ?? '' },
    { label: '约定事项', before: steps(before), now: steps(now) },
  ].filter((it) => it.before !== it.now)
}

/** The number of the line under which a line of the form is sent, where refusals name it. */
export const sentAt = (steps: readonly StepDraft[], key: string): number =>
  steps.filter((it) => it.what.trim() !== '').findIndex((it) => it.key === key)
