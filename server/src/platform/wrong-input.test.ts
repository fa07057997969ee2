import { expect, test } from 'vitest'
import { z } from 'zod'
import { wrongInput } from './wrong-input.ts'

test.each<[what: string, schema: z.ZodType, input: unknown, told: string]>([
  ['an unknown key', z.strictObject({}), { rank: 1 }, '有系统不认识的内容：“rank”'],
  ['two unknown keys', z.strictObject({}), { rank: 1, score: 2 }, '有系统不认识的内容：“rank”、“score”'],
  ['one below', z.string().min(2), '材', '不少于 2 个字'],
  ['an empty text', z.string().min(1), '', '请填写此项'],
  ['one above', z.string().max(1), '材料', '不超过 1 个字'],
  ['too few', z.array(z.string()).min(1), [], '不少于 1 项'],
  ['too many', z.array(z.string()).max(0), ['a'], '不超过 0 项'],
  ['the bound itself, below', z.number().gt(1), 1, '须大于 1'],
  ['the bound itself, above', z.number().lt(1), 1, '须小于 1'],
  ['no multiple', z.number().multipleOf(5), 7, '请填写 5 的倍数'],
  ['nothing in place of a choice', z.enum(['a']), undefined, '请填写此项'],
  ['none of several shapes', z.union([z.number(), z.array(z.string())]), 'x', '填写的内容不正确，请检查后重新填写'],
  ['a key that is none', z.record(z.uuid(), z.string()), { x: 'y' }, '填写的内容不正确，请检查后重新填写'],
  ['an own check without words', z.string().refine(() => false), 'x', '填写的内容不正确，请检查后重新填写'],
  ['an address', z.email(), 'x', '格式不正确，请检查后重新填写'],
  ['a choice of yes and no', z.stringbool(), 'maybe', '请从给出的选项中选择'],
])('%s', (_, schema, input, told) => {
  const { error } = schema.safeParse(input, { error: wrongInput })
  expect(error?.issues.map((it) => it.message)).toEqual([told])
})
