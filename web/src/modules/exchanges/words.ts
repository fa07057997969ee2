import type { MeetingState } from '@zhibu/server/modules/exchanges/names-schema'
import type { CaseText, PracticeText } from '@zhibu/server/modules/exchanges/schema'

export { meetingStateNames, outcomeNames } from '@zhibu/server/modules/exchanges/names-schema'

/** The colours in which states are marked; words say the same. */
export const stateColours: Readonly<Record<MeetingState, string>> = {
  planned: 'gray',
  announced: 'blue',
  over: 'yellow',
  concluded: 'green',
  cancelled: 'red',
}

/** The parts of a case and of a card, in their order: what they are called, what is asked for, how long they may be. */
export const practiceParts: readonly {
  key: Exclude<keyof PracticeText, 'title' | 'contact'>
  label: string
  hint: string
  most: number
  isNeeded: boolean
}[] = [
  { key: 'problem', label: '问题', hint: '原来难在哪里，影响了谁', most: 1_000, isNeeded: true },
  { key: 'done', label: '做法', hint: '谁、在什么时候、分几步做了什么', most: 3_000, isNeeded: true },
  { key: 'effect', label: '成效', hint: '有什么变化，怎样看出来的；还看不出来的也请写明', most: 1_500, isNeeded: true },
  { key: 'conditions', label: '适用条件', hint: '什么样的支部适合，需要哪些人和条件', most: 1_000, isNeeded: false },
  {
    key: 'learning',
    label: '可以怎样学',
    hint: '别人要试，从哪一步开始，容易在哪里走弯路',
    most: 1_000,
    isNeeded: false,
  },
]

export const blankCase: CaseText = {
  ...{ title: '', problem: '', done: '', effect: '', conditions: '', learning: '', contact: '' },
  ...{ isSubmitted: false, agrees: false },
}

/** Words for topics as they are typed, with any of the usual marks between them. */
export const topicsIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,，、;；]+/)
      .map((it) => it.trim())
      .filter((it) => it !== ''),
  ),
]
