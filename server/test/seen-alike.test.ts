import { expect, test } from 'vitest'
import type { z } from 'zod'
import { newDelegation } from '../src/modules/accounts/delegation-schema.ts'
import { newAccount, passwordSignIn } from '../src/modules/accounts/schema.ts'
import { newAct } from '../src/modules/development/act-schema.ts'
import { newBatch } from '../src/modules/development/request-schema.ts'
import { rowChange } from '../src/modules/intake/schema.ts'
import { newOffice, newOrganization, organizationChange } from '../src/modules/organization/schema.ts'
import { newPerson, personChange } from '../src/modules/people/schema.ts'

/** Two names or numbers that look the same are the same, wherever they are typed. */
const id = '01930000-0000-7000-8000-000000000000'
test.each<[what: string, schema: z.ZodType, written: (text: string) => object]>([
  ['the name of a person', newPerson, (name) => ({ organizationId: id, name })],
  ['a number', newPerson, (studentNumber) => ({ organizationId: id, name: '王小甲', studentNumber })],
  ['an identity number', personChange, (idNumber) => ({ set: { idNumber }, clear: [] })],
  ['a further detail', personChange, (text) => ({ set: { details: { [text]: text } }, clear: [] })],
  ['an organisation', newOrganization, (name) => ({ parentId: id, kind: 'branch', name })],
  ['a short name', organizationChange, (shortName) => ({ shortName })],
  [
    'the paper of an office',
    newOffice,
    (it) => ({ personId: id, office: 'secretary', from: '2026-01-01', documentNumber: it }),
  ],
  ['an account by number and name', newAccount, (text) => ({ studentNumber: text, name: text })],
  ['an account by its user name', newAccount, (name) => ({ name, userName: 'wang' })],
  ['signing in', passwordSignIn, (username) => ({ username, password: 'x', rememberMe: true })],
  [
    'a task',
    newDelegation,
    (purpose) => ({ helperAccountId: id, personIds: [id], fields: ['review'], purpose, until: '2026-12-31' }),
  ],
  ['a member in an act', newAct, (name) => ({ act: { kind: 'introducers', members: [{ name }] } })],
  ['who signed', newAct, (by) => ({ act: { kind: 'review', signatures: [{ by, on: '2026-01-01' }] } })],
  ['a batch', newBatch, (title) => ({ title, personIds: [id] })],
  ['a cell in the preview', rowChange, (text) => ({ cells: { A: text } })],
])('%s', (_what, schema, written) => {
  expect(schema.parse(written('\u202e王\u200b小甲·2024\u200f'))).toEqual(written('王小甲·2024'))
})
