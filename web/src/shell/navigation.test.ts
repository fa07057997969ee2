import { expect, test } from 'vitest'
import { closedEntry, wayFrom } from './navigation.ts'

test.each([
  ['/intake', '导入'],
  ['/people', undefined],
  ['/intake/0190f1a0-8f2c-7000-8000-000000000001', '导入'],
  ['/people/new', undefined],
  ['/people/0190f1a0-8f2c-7000-8000-000000000001/change', undefined],
  ['/development/board', '发展党员'],
  ['/development/batches', '批量预审'],
  ['/development/0190f1a0-8f2c-7000-8000-000000000001', undefined],
  ['/', '工作台'],
  ['/account', undefined],
])('to whoever may only read persons, at %s the closed page is %s', (path, label) => {
  expect(closedEntry(['people'], path)?.label).toBe(label)
})

test.each([
  [['people', 'my-way'], [{ label: '人员', to: '/people' }]],
  [['my-way'], [{ label: '我的', to: '/my' }]],
  [[], []],
] as const)('to whoever may see %j, the way to a person leads over %j', (can, way) => {
  expect(wayFrom(can, '/people')).toEqual(way)
})
