import { expect, test } from 'vitest'
import { hitAddress } from './hitAddress.ts'

const person = { id: 'p1', name: '王一舟' }

test.each([
  [{ kind: 'act', id: 'a1', page: null, person }, '/development/p1'],
  [{ kind: 'act', id: 'a1', page: null, person: null }, '/development'],
  [{ kind: 'document', id: 'd1', page: 1, person }, '/archive/documents/d1'],
  [{ kind: 'document', id: 'd1', page: 3, person: null }, '/archive/documents/d1?page=3'],
  [{ kind: 'document', id: 'd1', page: null, person }, '/archive/documents/d1'],
] as const)('%o is read at %s', (hit, address) => {
  expect(hitAddress(hit)).toBe(address)
})
