import { describe, expect, test } from 'vitest'
import { type Value, valueAt } from '../../platform/papers/tags.ts'
import { dictionary, isKnownName, valuesOf, valuesOfList } from './dictionary.ts'
import { samplePersons } from './samples.ts'

const [first, second, third] = samplePersons('2026-11-23').map((it) => ({ ...it, acts: [...it.acts] }))
if (!first || !second || !third) throw new Error('three persons are invented')

describe('what is known of a person', () => {
  test.each<[field: string, value: Value]>([
    ['姓名', '阿依古丽·买买提江'],
    ['性别', '女'],
    ['出生日期', '2004-05-11'],
    ['身份证号', '990*************01'],
    ['身份证号全号', undefined],
    ['所在支部', '云山学院本科生第一党支部'],
    ['上级党组织', '云山学院党委'],
    ['上级党委', '云山学院党委'],
    ['学校党委', '临江大学党委'],
    ['支部书记', '李晓岚'],
    ['纪检委员', undefined],
    ['发展阶段', '正式党员'],
    ['入党申请书.日期', '2023-09-20'],
    ['推荐.方式', '团组织推优'],
    ['培养联系人.姓名', '李晓岚、赵思远'],
    ['接收大会.应到', 21],
    ['接收大会.反对', 0],
    ['转正大会.结果', '按期转正'],
    ['思想汇报.次数', 1],
    ['思想汇报.各次', [{ 日期: '2024-06-20' }]],
    ['预审.结果', '合格'],
  ])('%s', (field, value) => {
    expect(valueAt(valuesOf(third), field)).toEqual(value)
  })

  test('of acts that are repeated the last one counts, and a further column stands under 资料', () => {
    const acts = [
      { kind: 'thoughtReport', on: '2025-03-01' },
      { kind: 'thoughtReport', on: '2024-03-01' },
    ] as const
    const values = valuesOf({
      ...first,
      acts: [...acts],
      person: { ...first.person, details: { '导师.姓名': '周行' } },
    })
    expect(values.思想汇报).toEqual({
      日期: '2025-03-01',
      次数: 2,
      各次: [{ 日期: '2024-03-01' }, { 日期: '2025-03-01' }],
    })
    expect(valueAt(values, '资料.导师姓名')).toBe('周行')
  })
})

test('a list says of everybody what is known, and together what all have in common', () => {
  const values = valuesOfList([second, third])
  expect(values).toMatchObject({
    人数: 2,
    名单姓名: '赵喆、阿依古丽·买买提江',
    名单称谓: '赵喆、阿依古丽·买买提江同志',
    所在支部: '云山学院本科生第一党支部',
    入党申请书: { 日期: '2023-09-20' },
    名单: [
      { 序号: 1, 姓名: '赵喆' },
      { 序号: 2, 姓名: '阿依古丽·买买提江' },
    ],
  })
  expect(valuesOfList([first, second, third, third]).名单称谓).toBe('周初晴等4名同志')
  expect(Object.hasOwn(values, '姓名')).toBe(false)
  expect(valueAt(values, '接收大会.赞成')).toBeUndefined()
})

test('every name of the dictionary is understood in a template', () => {
  const names = dictionary().map((it) => it.name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((it) => !isKnownName(it, []))).toEqual([])
  expect(isKnownName('学生姓名', [])).toBe(false)
  expect(isKnownName('日期', ['思想汇报.各次'])).toBe(true)
  expect(isKnownName('日期', [])).toBe(false)
  expect(isKnownName('序号', ['名单'])).toBe(true)
})
