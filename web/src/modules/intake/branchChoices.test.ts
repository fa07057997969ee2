import { expect, test } from 'vitest'
import { choicesIn, leftOut, proposedType, setUp } from './branchChoices.ts'

test.each([
  ['软件工程本科生第一党支部', 'undergraduate'],
  ['计算机研究生党支部', 'postgraduate'],
  ['2023级博士生党支部', 'postgraduate'],
  ['教工第二党支部', 'teacher'],
  ['网络所师生联合党支部', 'mixed'],
  ['软件教研室教师研究生党支部', 'mixed'],
  ['本科生研究生党支部', undefined],
  ['机关党支部', 'administration'],
  ['离退休党支部', 'retired'],
  ['第三党支部', undefined],
])('%s', (name, type) => {
  expect(proposedType(name)).toBe(type)
})

test('what is decided is sent, and nothing else', () => {
  const chosen = {
    已有: { to: 'b' },
    本科一支: { to: setUp, parentId: 'p' },
    本科二支: { to: setUp, parentId: 'p', newName: ' 软件本科生第二党支部 ', branchType: null },
    没有上级: { to: setUp },
    外院: { to: leftOut },
    '': { to: setUp, parentId: 'p' },
  }
  expect(choicesIn(['已有', '本科一支', '本科二支', '没有上级', '没有决定', '外院', ''], chosen)).toEqual([
    { name: '已有', organizationId: 'b' },
    { name: '本科一支', parentId: 'p', branchType: 'undergraduate' },
    { name: '本科二支', parentId: 'p', newName: '软件本科生第二党支部' },
    { name: '外院', skip: true },
  ])
})
