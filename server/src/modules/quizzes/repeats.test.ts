import { describe, expect, test } from 'vitest'
import { withRepeats } from './repeats.ts'
import type { NewQuestion, ReadQuestion } from './schema.ts'

const question = (text: string, more: Partial<NewQuestion> = {}): NewQuestion => ({
  ...{ kind: 'blank', text, options: [], accepted: ['一'], explanation: '', source: '' },
  ...more,
})
/** The right ones begin with a star. */
const choice = (text: string, ...options: string[]): NewQuestion =>
  question(text, {
    ...{ kind: 'single', accepted: [] },
    options: options.map((it) => ({ text: it.replace('*', ''), isRight: it.startsWith('*') })),
  })
const repeatsOf = (read: readonly NewQuestion[], stored: readonly NewQuestion[]): ReadQuestion['repeats'][] =>
  withRepeats(
    { questions: read.map((it, at) => ({ at: `第 ${at + 2} 行`, question: it })), problems: [] },
    stored,
  ).questions.map((it) => it.repeats)

const same = { in: 'set', at: '第 1 题', isAnsweredOtherwise: false }

describe('a question of a file beside one of the set', () => {
  test.each<[string, NewQuestion, NewQuestion, ReadQuestion['repeats'] | typeof same]>([
    ['written alike', question('预备期为____年。'), question('预备期为____年。'), same],
    ['with other blanks, signs and width', question(' 预备期为__年 '), question('预备期为____年。'), same],
    ['with other letters', question('GDP 指什么？'), question('ｇｄｐ指什么?'), same],
    ['of another number', question('1.5 是什么？'), question('15 是什么？'), null],
    ['of another sign before it', question('-1 是什么？'), question('1 是什么？'), null],
    ['with its options in another order', choice('哪个？', '*甲', '乙'), choice('哪个？', '乙', '*甲'), same],
    ['with other options', choice('哪个？', '*甲', '乙'), choice('哪个？', '*甲', '丙'), null],
    ['with options, where the other has none', choice('哪个？', '*甲', '乙'), question('哪个？'), null],
    [
      'with another right one',
      choice('哪个？', '*甲', '乙'),
      choice('哪个？', '甲', '*乙'),
      { ...same, isAnsweredOtherwise: true },
    ],
    [
      'with one more right one',
      { ...choice('哪个？', '*甲', '*乙'), kind: 'multiple' },
      choice('哪个？', '*甲', '乙'),
      { ...same, isAnsweredOtherwise: true },
    ],
    ['with one more way to write it', question('几年？', { accepted: ['一', '1'] }), question('几年？'), same],
    [
      'with another word',
      question('几年？', { accepted: ['二'] }),
      question('几年？'),
      { ...same, isAnsweredOtherwise: true },
    ],
    ['with another explanation', question('几年？', { explanation: '见章程。' }), question('几年？'), same],
  ])('%s', (_, read, stored, repeats) => {
    expect(repeatsOf([read], [stored])).toEqual([repeats])
  })
})

test('of three that ask the same in one file, both later ones name the first', () => {
  const first = { in: 'file', at: '第 2 行', isAnsweredOtherwise: false }
  expect(repeatsOf([question('几年？'), question('几年？'), question('几月？'), question('几年？')], [])).toEqual([
    ...[null, first],
    ...[null, first],
  ])
})

test('where the set has it too, the set is named', () => {
  const stored = [question('几月？'), question('几年？')]
  const named = { in: 'set', at: '第 2 题', isAnsweredOtherwise: false }
  expect(repeatsOf([question('几年？'), question('几年？')], stored)).toEqual([named, named])
})
