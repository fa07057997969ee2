import { expect, test } from 'vitest'
import { emptyDraft, isTouched, type KnownFields, shown, withField } from './personDraft.ts'

const recorded: KnownFields = { name: '沈知微', major: '软件工程', isMobile: true }

test('a field shows what was typed, else what is recorded', () => {
  const draft = withField(emptyDraft, 'major', '网络工程')
  expect(shown(draft, recorded, 'major')).toBe('网络工程')
  expect(shown(draft, recorded, 'name')).toBe('沈知微')
  expect(shown(draft, recorded, 'grade')).toBeUndefined()
})

test.each([
  ['setting', withField(emptyDraft, 'grade', '2025级'), { set: { grade: '2025级' }, clear: [] }],
  ['emptying', withField(emptyDraft, 'major', undefined), { set: {}, clear: ['major'] }],
  [
    'emptying what was typed',
    withField(withField(emptyDraft, 'major', '网络工程'), 'major', undefined),
    { set: {}, clear: ['major'] },
  ],
  [
    'typing what was emptied',
    withField(withField(emptyDraft, 'major', undefined), 'major', '网络工程'),
    { set: { major: '网络工程' }, clear: [] },
  ],
  ['a name is never emptied', withField(emptyDraft, 'name', undefined), { set: {}, clear: [] }],
  ['false is a value', withField(emptyDraft, 'isMobile', false), { set: { isMobile: false }, clear: [] }],
])('%s', (_what, draft, sent) => {
  expect(draft).toEqual(sent)
})

test('an emptied field is shown empty, though it is recorded', () => {
  expect(shown(withField(emptyDraft, 'major', undefined), recorded, 'major')).toBeUndefined()
  expect(shown(withField(emptyDraft, 'isMobile', false), recorded, 'isMobile')).toBe(false)
})

test('only a draft in which something was typed is sent', () => {
  expect(isTouched(emptyDraft)).toBe(false)
  expect(isTouched(withField(emptyDraft, 'major', undefined))).toBe(true)
})
