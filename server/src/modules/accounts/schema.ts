import { z } from 'zod'
import type { AdministratorRole } from '../../platform/context.ts'
import { cursor, day, line, page, pageSize } from '../../platform/wire.ts'
import { officeKinds } from '../organization/schema.ts'

/** What crosses the wire about accounts, invitations and sessions. */

const administratorRoles = ['sysadmin', 'secadmin', 'auditor'] as const satisfies readonly AdministratorRole[]

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
export const userName = line
  .toLowerCase()
  .regex(/^[\p{Script=Han}a-z0-9_.-]{2,40}$/u, '用户名为 2 至 40 个汉字、字母、数字、点、横线或下划线')

/** A password as typed; its rules stand in `password.ts`. */
export const password = z.string().min(1, '请填写密码').max(128, '密码不超过 128 个字符')

const name = line.min(1, '请填写姓名').max(50, '姓名不超过 50 个字')
const secret = z.string().min(1).max(100)
const instant = z.string()

const code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, '动态口令为 6 位数字')

export const passwordSignIn = z.object({
  username: line.min(1, '请填写用户名').max(60),
  password,
  /** Whether the session outlives the browser. */
  rememberMe: z.boolean().default(true),
})
export const campusSignIn = z.object({
  provider: z.literal('campus'),
  /** Where to go afterwards: a path of ours. Browsers pass over tabs and ends of lines, so that two slashes might meet. */
  callbackURL: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])[^\p{Cc}]*$/u, '只能转到本系统的页面')
    .default('/'),
})
export const ownPassword = z.object({ password })
export const oneTimeCode = z.object({ code })
export const backupCode = z.object({ code: line.min(1, '请填写备用码').max(40) })
export const passwordChange = z.object({ currentPassword: password, newPassword: password })

/** The parts of the web that someone may open; the navigation shows what is in the list. */
export const areas = [
  'desk',
  'my-way',
  'development',
  'batch-review',
  'people',
  'archive',
  'digitization',
  /** Sums of organisations (统计). */
  'reports',
  /** Writing lists of persons and organisations out as spreadsheets. */
  'exports',
  'organization',
  'intake',
  'forms',
  'notices',
  /** Writing notices and sending them. */
  'notice-sending',
  /** Writing articles (宣传). */
  'publicity',
  /** Reviewing and publishing them, and looking through what organisations have brought in for it. */
  'publishing',
  /** Taking part in activities, and holding them (活动). */
  'activities',
  /** Taking part in trainings, and holding them (培训). */
  'training',
  /** The own record as one who does the work, and those of others whom one keeps (工作队伍). */
  'staff',
  /** Talking, suggesting, complaining. */
  'discussion',
  'rules',
  'system',
  'accounts',
  'administrators',
  'delegations',
  'journal',
] as const
export type Area = (typeof areas)[number]

/** Before anybody is signed in. */
export const entrance = z.object({
  needsSetup: z.boolean(),
  isDemo: z.boolean(),
  universityName: z.string().nullable(),
  /** What the button for the campus sign-in says; null where there is none. */
  campus: z.string().nullable(),
  today: day,
})
export type Entrance = z.infer<typeof entrance>

export const session = z.object({
  name: z.string(),
  account: z.object({
    id: z.uuid(),
    userName: z.string().nullable(),
    personId: z.uuid().nullable(),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
  }),
  administrator: z.object({ role: z.enum(administratorRoles), label: z.string() }).nullable(),
  /** Offices held today; `title` is ready to be read: “信息学院党委 组织员”. */
  offices: z.array(
    z.object({
      office: z.enum(officeKinds),
      organizationId: z.uuid(),
      organizationName: z.string(),
      title: z.string(),
    }),
  ),
  universityName: z.string(),
  /** An administrator who may only set up a second factor. */
  needsSecondFactor: z.boolean(),
  isDemo: z.boolean(),
  today: day,
  can: z.array(z.enum(areas)),
})
export type SessionView = z.infer<typeof session>

export const setup = z.object({
  /** The code that the server has printed on its console. */
  setupCode: line.min(1, '请填写首次设置码').max(60),
  universityName: line.min(2, '请填写学校名称').max(60),
  committeeName: line.min(2, '请填写党委名称').max(80),
  /** The system administrator, who is setting up. */
  administrator: z.object({ userName, name, password }),
  /** The first colleague of the organisation department, who gets a link and chooses a password. */
  department: z.object({ userName, name, studentNumber: line.min(1).max(40).exactOptional() }),
})
export type Setup = z.infer<typeof setup>

/** A link that is shown once: `/invitation#…`. Whoever opens it sets the password of the account. */
export const invitationLink = z.object({ accountId: z.uuid(), link: z.string(), expiresAt: instant })
export type InvitationLink = z.infer<typeof invitationLink>

/** The secret behind the `#` of a link. */
export const invitationSecret = z.object({ secret })
export const invitationView = z.object({
  name: z.string(),
  userName: z.string(),
  universityName: z.string(),
  expiresAt: instant,
})
export type InvitationView = z.infer<typeof invitationView>
export const acceptance = z.object({ secret, password })

/**
 * An account of a person, named by id, or (for the system administrator, who sees no register) by number and name;
 * or without a person, for an administrator. The user name is the number unless another is given.
 */
export const newAccount = z.union([
  z.object({ personId: z.uuid(), userName: userName.exactOptional() }),
  z.object({
    studentNumber: line.min(1, '请填写学号或工号').max(40),
    name,
    userName: userName.exactOptional(),
  }),
  z.object({ name, userName }),
])
export type NewAccount = z.infer<typeof newAccount>

/** Accounts of many persons at once, for sign-in at the campus only; who has one already is left out. */
export const newAccounts = z.object({ personIds: z.array(z.uuid()).min(1).max(500, '一次不超过 500 人') })
export const madeAccounts = z.object({ made: z.number().int() })

export const accountsQuery = z.object({
  /** As in the register: a part of the name, or the beginning of the number or of the pinyin; or of the user name. */
  q: line.max(50).optional(),
  only: z.enum(['administrators', 'persons', 'locked', 'invited']).optional(),
  cursor,
  limit: pageSize,
})
export type AccountsQuery = z.infer<typeof accountsQuery>

/** The accounts to be written out. */
export const accountsExport = accountsQuery.omit({ cursor: true, limit: true })
export type AccountsExport = z.infer<typeof accountsExport>

export const accountRow = z.object({
  id: z.uuid(),
  name: z.string(),
  userName: z.string().nullable(),
  administrator: z.enum(administratorRoles).nullable(),
  isLocked: z.boolean(),
  personId: z.uuid().nullable(),
  offices: z.array(z.string()),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** Until when the last invitation may be used; null where none is open. */
  invitedUntil: instant.nullable(),
  can: z.object({
    lock: z.boolean(),
    invite: z.boolean(),
    resetSecondFactor: z.boolean(),
    endSessions: z.boolean(),
    appoint: z.array(z.enum(administratorRoles)),
    dismiss: z.boolean(),
  }),
})
export type AccountRow = z.infer<typeof accountRow>
export const accountsPage = page(accountRow).extend({ can: z.object({ create: z.boolean() }) })

const reason = z.string().trim().min(2, '请写明原因').max(200, '不超过 200 个字')
export const lock = z.object({ reason })
export const administratorAppointment = z.object({ role: z.enum(administratorRoles) })

export const sessionRow = z.object({
  id: z.string(),
  isCurrent: z.boolean(),
  startedAt: instant,
  /** To five minutes. */
  usedAt: instant,
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
})
export type SessionRow = z.infer<typeof sessionRow>
export const sessions = z.object({ items: z.array(sessionRow) })

export const demoPeople = z.object({
  items: z.array(z.object({ accountId: z.uuid(), name: z.string(), title: z.string() })),
})
export const demoSignIn = z.object({ accountId: z.uuid() })
