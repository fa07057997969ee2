import type { Finding } from '@zhibu/rules'

/** The reasons for which a use case may decline, and how HTTP says so. */
const statusOf = {
  malformed: 400,
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  incomplete: 409,
  changed: 412,
  'too-large': 413,
  misdirected: 421,
  unlawful: 422,
  unreadable: 422,
  'too-many': 429,
} as const
export type RefusalReason = keyof typeof statusOf

const titleOf: Record<RefusalReason, string> = {
  malformed: '提交的内容不符合要求',
  'signed-out': '请先登录',
  forbidden: '没有权限',
  'not-found': '没有找到',
  conflict: '与现有记录冲突',
  incomplete: '内容还不完整',
  changed: '记录已被他人更新',
  'too-large': '文件过大',
  misdirected: '网址不正确',
  unlawful: '与规定不符',
  unreadable: '文件无法采用',
  'too-many': '暂时不能继续',
}

/** What is wrong in which field. */
export interface FieldProblem {
  path: string
  message: string
}

/** The one error a use case throws. Any other error that reaches the top is a bug. */
export class Refusal extends Error {
  readonly reason: RefusalReason
  readonly fields: readonly FieldProblem[]
  readonly findings: readonly Finding[]

  /** `message` says in Chinese what is wrong, where, and how to mend it. */
  constructor(
    reason: RefusalReason,
    message: string,
    more: { fields?: readonly FieldProblem[]; findings?: readonly Finding[] } = {},
  ) {
    super(message)
    this.reason = reason
    this.fields = more.fields ?? []
    this.findings = more.findings ?? []
  }

  get status() {
    return statusOf[this.reason]
  }

  /** Whether the same may be done a little later, and nothing is wrong with what was asked for. */
  get isPassing(): boolean {
    return this.reason === 'too-many'
  }

  get title() {
    return titleOf[this.reason]
  }
}

/** Sends somebody to sign in. */
export const signedOut = () => new Refusal('signed-out', '登录已过期或尚未登录，请先登录。')

/** The row, or a refusal that names what was looked for. */
export function found<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new Refusal('not-found', `没有找到这${what}，可能已被删除，或不在您的权限范围内。`)
  return row
}

/**
 * Refuses what was decided on an older reading of a record: somebody has written it since, so that what is stored is newer than what was seen. Whether
 * the record is there at all was settled before (`found`). `named` is what people call it, such as 这项活动; `by` says who it was, where that is known.
 */
export function refuseStale({ revision }: { revision: number }, read: number, named: string, by = '有人'): void {
  if (revision !== read)
    throw new Refusal('changed', `${named}刚刚${by}修改过，这次没有保存。请记下要改的内容，刷新页面核对后再改。`)
}

/** The same of an act, where nothing was written that could be lost: sending, announcing, dissolving. */
export function refuseActOnStale({ revision }: { revision: number }, read: number, named: string, by = '有人'): void {
  if (revision !== read)
    throw new Refusal('changed', `${named}刚刚${by}修改过，这次没有办理。请刷新页面，看过新的内容再操作。`)
}

/** Goes on only if the policy said yes. */
export function authorize(allowed: boolean, action = '此项操作'): void {
  if (!allowed)
    throw new Refusal('forbidden', `您的职务或授权不包括${action}。如确需办理，请联系上级党组织调整任职或授权。`)
}

/** Refuses what was entered in one field; the web shows the message beside it. */
export function refuseField(path: string, message: string): never {
  throw new Refusal('malformed', message, { fields: [{ path, message }] })
}
