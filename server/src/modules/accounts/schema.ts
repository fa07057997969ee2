import { z } from 'zod'

/** What crosses the wire about accounts, sessions, delegations and the journal. */

/** Why a sign-in at the campus provider came to nothing; stands in `/sign-in?problem=…`. */
export const unknownAtCampus = 'campus:unknown'
export const administratorAtCampus = 'campus:administrator'
export const lockedAccount = 'locked'
export const failedAtCampus = 'campus:failed'

/** What the sign-in page says to each of them. */
export const signInProblems = {
  [unknownAtCampus]: '统一身份认证已通过，但系统中没有与您学号（工号）对应的账号。请联系所在学院组织员开通。',
  [administratorAtCampus]: '管理员账号不能用统一身份认证登录，请用用户名、密码和动态口令登录。',
  [lockedAccount]: '账号已停用。如需恢复，请联系系统管理员。',
  [failedAtCampus]: '统一身份认证没有完成。请重新登录；如仍失败，请改用用户名和密码，或联系系统管理员。',
} as const
export type SignInProblem = keyof typeof signInProblems

/** A name to sign in with; case does not matter. */
export const userName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{Script=Han}a-z0-9_.-]{2,40}$/u, '用户名为 2 至 40 个汉字、字母、数字、点、横线或下划线')

/** A password as typed; its rules stand in `password.ts`. */
export const password = z.string().min(1, '请填写密码').max(128, '密码不超过 128 个字符')

const code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, '动态口令为 6 位数字')

export const passwordSignIn = z.object({
  username: z.string().trim().min(1, '请填写用户名').max(60),
  password,
  /** Whether the session outlives the browser. */
  rememberMe: z.boolean().default(true),
})
export const campusSignIn = z.object({
  provider: z.literal('campus'),
  /** Where to go afterwards: a path of ours. */
  callbackURL: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])/, '只能转到本系统的页面')
    .default('/'),
})
export const ownPassword = z.object({ password })
export const oneTimeCode = z.object({ code })
export const backupCode = z.object({ code: z.string().trim().min(1, '请填写备用码').max(40) })
export const passwordChange = z.object({ currentPassword: password, newPassword: password })
