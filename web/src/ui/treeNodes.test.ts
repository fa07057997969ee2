import { expect, test } from 'vitest'
import { ancestorsOf, visibleNodes } from './treeNodes.ts'

const nodes = [
  { id: 'u', parentId: null, label: '东湖大学党委' },
  { id: 'c', parentId: 'u', label: '信息工程学院党委' },
  { id: 'c1', parentId: 'c', label: '本科生第一党支部' },
  { id: 'c2', parentId: 'c', label: '研究生第一党支部' },
  { id: 'd', parentId: 'u', label: '文学院党委' },
  { id: 'd1', parentId: 'd', label: '本科生党支部' },
]

const drawn = (open: string[], query = '') =>
  visibleNodes(nodes, new Set(open), query).map((it) => `${it.level} ${it.position}/${it.siblings} ${it.id}`)

test.each([
  [[], ['1 1/1 u']],
  [['u'], ['1 1/1 u', '2 1/2 c', '2 2/2 d']],
  [
    ['u', 'd'],
    ['1 1/1 u', '2 1/2 c', '2 2/2 d', '3 1/1 d1'],
  ],
  [['c'], ['1 1/1 u']],
])('with %j open', (open, expected) => {
  expect(drawn(open)).toEqual(expected)
})

test('a search shows what matches and the way to it, open', () => {
  expect(drawn([], '研究生')).toEqual(['1 1/1 u', '2 1/1 c', '3 1/1 c2'])
  expect(drawn(['u'], '不存在')).toEqual([])
})

test('a search takes the beginning of a key as well', () => {
  const withKeys = nodes.map((it) => (it.id === 'd' ? { ...it, keys: ['wenxueyuandangwei', 'wxydw'] } : it))
  const found = (query: string) => visibleNodes(withKeys, new Set(), query).map((it) => it.id)
  expect(found('wxy')).toEqual(['u', 'd'])
  expect(found('WenXue')).toEqual(['u', 'd'])
  expect(found('xydw')).toEqual([])
})

test('only what matches is marked', () => {
  expect(
    visibleNodes(nodes, new Set(), '本科生')
      .filter((it) => it.isMatch)
      .map((it) => it.id),
  ).toEqual(['c1', 'd1'])
})

test('the nodes above, from the nearest up', () => {
  expect(ancestorsOf(nodes, 'c2')).toEqual(['c', 'u'])
  expect(ancestorsOf(nodes, 'u')).toEqual([])
  expect(ancestorsOf(nodes, 'nobody')).toEqual([])
})
