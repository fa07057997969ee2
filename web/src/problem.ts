import type { Finding } from '@zhibu/rules'

/** What a problem says: RFC 9457, with the members the server adds. */
export interface ProblemDetails {
  title: string
  status: number
  detail?: string
  instance?: string
  /** The server's reason (`forbidden`, `changed`, …); `offline` and `unreadable` are made here. */
  reason?: string
  fields?: readonly { path: string; message: string }[]
  findings?: readonly Finding[]
}

/** The one error that talking to the server throws. `message` is fit to be read by the person at the screen. */
export class Problem extends Error {
  readonly details: ProblemDetails

  constructor(details: ProblemDetails, options?: ErrorOptions) {
    super(details.detail ?? details.title, options)
    this.name = 'Problem'
    this.details = details
  }

  get isSignedOut(): boolean {
    return this.details.status === 401
  }

  /** Whether trying again may help without changing anything. */
  get isPassing(): boolean {
    return this.details.status === 0 || this.details.status === 429 || this.details.status >= 500
  }

  /** The message for one field of a form, where the server named it. */
  of(path: string): string | undefined {
    return this.details.fields?.find((it) => it.path === path)?.message
  }
}

/** The problem an answer of the server describes, or one made from its status where it is not a problem document. */
export async function problemOf(response: Response): Promise<Problem> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  const body: unknown = isProblem ? await response.json().catch(() => undefined) : undefined
  if (isDetails(body)) return new Problem({ ...body, status: response.status })
  const { title, detail } = byStatus[response.status] ?? otherwise
  return new Problem({ title, detail, status: response.status, reason: 'unreadable' })
}

/** The problem for which no answer came at all. */
export function offline(cause: unknown): Problem {
  const detail = '没有连上服务器，已填写的内容还在本页。请检查网络后重试；如仍不行，请联系系统管理员。'
  return new Problem({ title: '连接不上服务器', detail, status: 0, reason: 'offline' }, { cause })
}

/** Any thrown thing as a problem; what is not one is a fault of the page. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const detail = '页面运行出错。请刷新后重试；如再次出现，请把正在进行的操作告诉系统管理员。'
  return new Problem({ title: '页面出错了', detail, status: -1 }, { cause: error })
}

/** The message for one field of a form in whatever a write threw; null and undefined say nothing. */
export function problemIn(error: unknown, path: string): string | undefined {
  return error instanceof Problem ? error.of(path) : undefined
}

const otherwise = { title: '服务器没有正常答复', detail: '请稍后重试；如再次出现，请联系系统管理员。' }

const byStatus: Record<number, { title: string; detail: string }> = {
  401: { title: '请先登录', detail: '登录已过期，请重新登录。' },
  403: { title: '没有权限', detail: '您的职务或授权不包括此项操作。如确需办理，请联系上级党组织调整任职或授权。' },
  404: { title: '没有找到', detail: '您要找的内容不存在，或者不在您的权限范围内。' },
  413: { title: '文件过大', detail: '请拆分或压缩后再上传。' },
  429: { title: '操作过于频繁', detail: '请稍等片刻再试。' },
  502: { title: '服务器正在重启', detail: '一般几秒钟后即可恢复，请稍后重试。' },
  503: { title: '服务器正忙', detail: '一般几秒钟后即可恢复，请稍后重试。' },
}

function isDetails(body: unknown): body is ProblemDetails {
  return typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string'
}
