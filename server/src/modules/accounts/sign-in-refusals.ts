import { Refusal } from '../../platform/refusal.ts'
import { failedAtCampus, signInProblems, unknownAtCampus } from './schema.ts'

/** What the library refuses, in our words; a failure of its own stays an error. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const { status } = response
  const code = await codeOf(response)
  if (isProblem(code)) return new Refusal('forbidden', signInProblems[code])
  const known = messages[code]
  if (known) return new Refusal(...known)
  if (status >= 500) throw new Error(`the sign-in library failed: ${status} ${code}`)
  if (status === 429) return new Refusal('too-many', '尝试次数过多，请 15 分钟后再试。')
  if (status === 401) return new Refusal('signed-out', '登录已过期或尚未登录，请重新登录。')
  return new Refusal('malformed', '没有完成，请刷新页面后重试。')
}

/** Sends whom the campus provider did not let in to the sign-in page, with a reason that the page can put into words. */
export function withOwnProblem(response: Response): Response {
  const location = response.headers.get('location') ?? ''
  const error = new URL(location, 'http://here').searchParams.get('error')
  if (error === null) return response
  const problem = error === 'signup_disabled' ? unknownAtCampus : isProblem(error) ? error : failedAtCampus
  response.headers.set('location', `/sign-in?problem=${encodeURIComponent(problem)}`)
  return response
}

const messages: Readonly<Record<string, ConstructorParameters<typeof Refusal>>> = {
  INVALID_USERNAME_OR_PASSWORD: ['signed-out', '用户名或密码不正确，请核对后重试。'],
  INVALID_PASSWORD: ['malformed', '当前密码不正确，请核对后重试。'],
  INVALID_CODE: ['malformed', '动态口令不正确。请核对手机时间是否准确，再输入当前显示的 6 位数字。'],
  INVALID_BACKUP_CODE: ['malformed', '备用码不正确，或已经用过。'],
  INVALID_TWO_FACTOR_COOKIE: ['signed-out', '本次登录已超时，请重新输入用户名和密码。'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['too-many', '动态口令错误次数过多，请重新登录。'],
  ACCOUNT_TEMPORARILY_LOCKED: ['too-many', '动态口令错误次数过多，请 15 分钟后再试。'],
  TOTP_NOT_ENABLED: ['conflict', '尚未绑定动态口令。'],
  TOTP_ALREADY_ENABLED: ['conflict', '已经绑定动态口令。如需更换，请先解除，或请系统管理员重置。'],
}

const isProblem = (code: string): code is keyof typeof signInProblems => Object.hasOwn(signInProblems, code)

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null)
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
}
