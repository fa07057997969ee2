import { expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { coverCodeOf, readCoverCode } from './cover-schema.ts'

const id = newId()

test.each([
  { personId: id, place: 'application' },
  { organizationId: id, place: 'ownNoticeBoard2' },
])('the code of %o says the same again', (subject) => {
  expect(readCoverCode(coverCodeOf(subject))).toEqual(subject)
})

test.each([
  ['nothing', ''],
  ['the code of something else', 'https://example.edu.cn'],
  ['another version', `ZB2:P:${id}:application`],
  ['another owner', `ZB1:X:${id}:application`],
  ['no person', 'ZB1:P:1234:application'],
  ['no place', `ZB1:P:${id}:`],
  ['a place that is a path', `ZB1:P:${id}:../application`],
  ['something behind it', `ZB1:P:${id}:application `],
  ['another line', `ZB1:P:${id}:application\n`],
])('%s is no code of a cover', (_, text) => {
  expect(readCoverCode(text)).toBeUndefined()
})
