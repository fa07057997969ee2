import { expect, test } from 'vitest'
import { nextDraft, type OfficeDraft, officesIn } from './officeDraft.ts'

const whole: OfficeDraft = {
  key: 1,
  organizationId: 'b',
  office: 'secretary',
  personId: 'p',
  from: '2026-01-01',
  until: '2028-12-31',
  replaces: true,
}
const sent = {
  organizationId: 'b',
  office: 'secretary',
  personId: 'p',
  from: '2026-01-01',
  until: '2028-12-31',
  replaces: true,
}

test('the next row has branch and days of the one before', () => {
  expect(nextDraft([whole])).toEqual({
    key: 2,
    organizationId: 'b',
    from: '2026-01-01',
    until: '2028-12-31',
    replaces: true,
  })
})

test.each<[what: string, rows: OfficeDraft[], offices: object[] | undefined]>([
  ['a whole row', [whole], [sent]],
  ['an untouched row behind it is left out', [whole, nextDraft([whole])], [sent]],
  [
    'only the secretary is replaced',
    [{ ...whole, office: 'orgMember' }],
    [{ ...sent, office: 'orgMember', replaces: false }],
  ],
  ['a row without a day', [whole, { ...whole, key: 2, from: undefined }], undefined],
  ['a row without a person', [whole, { ...whole, key: 2, personId: undefined }], undefined],
  ['nothing', [nextDraft([])], undefined],
])('%s', (_what, rows, offices) => {
  expect(officesIn(rows, ' ')).toEqual(offices && { offices })
})

test('the number of the paper belongs to all', () => {
  const numbered = officesIn([whole, { ...whole, key: 2 }], '云党〔2026〕3 号')?.offices
  expect(numbered?.map((it) => it.documentNumber)).toEqual(['云党〔2026〕3 号', '云党〔2026〕3 号'])
})
