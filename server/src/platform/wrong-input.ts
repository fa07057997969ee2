import type { z } from 'zod'

/**
 * Why something is not taken, in Chinese, for whoever has filled it in: what a schema says where it says nothing of its own. Names of
 * fields that nobody knows stand in quotation marks, for who writes to the interface.
 */
export const wrongInput: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? missing : (kinds[issue.expected] ?? otherwise)
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_value':
      return issue.input === undefined ? missing : choice
    case 'invalid_union':
      return issue.input === undefined ? missing : issue.discriminator === undefined ? otherwise : choice
    case 'invalid_format':
      return '格式不正确，请检查后重新填写'
    case 'not_multiple_of':
      return `请填写 ${issue.divisor} 的倍数`
    case 'unrecognized_keys':
      return `有系统不认识的内容：${issue.keys.map((it) => `“${it}”`).join('、')}`
    default:
      return issue.input === undefined ? missing : otherwise
  }
}

const missing = '请填写此项'
const choice = '请从给出的选项中选择'
const otherwise = '填写的内容不正确，请检查后重新填写'

const kinds: Readonly<Record<string, string>> = {
  string: '请填写文字',
  number: '请填写数字',
  int: '请填写整数',
  boolean: '请选择是或否',
  array: '请按列表填写',
}

type Small = Parameters<z.core.$ZodErrorMap<z.core.$ZodIssueTooSmall>>[0]
type Big = Parameters<z.core.$ZodErrorMap<z.core.$ZodIssueTooBig>>[0]

function tooSmall({ origin, minimum, inclusive }: Small): string {
  if (origin === 'string') return minimum === 1 ? missing : `不少于 ${minimum} 个字`
  if (isCounted(origin)) return `不少于 ${minimum} 项`
  return inclusive === false ? `须大于 ${minimum}` : `不小于 ${minimum}`
}

function tooBig({ origin, maximum, inclusive }: Big): string {
  if (origin === 'string') return `不超过 ${maximum} 个字`
  if (isCounted(origin)) return `不超过 ${maximum} 项`
  return inclusive === false ? `须小于 ${maximum}` : `不大于 ${maximum}`
}

const isCounted = (origin: string): boolean => ['array', 'set', 'map', 'record'].includes(origin)
