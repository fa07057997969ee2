import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { Actor } from '../../platform/context.ts'
import { type Database, type Db, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { newId } from '../../platform/ids.ts'
import { Refusal } from '../../platform/refusal.ts'
import { appoint } from '../organization/offices.ts'
import { rightsOf } from '../organization/policy.ts'
import { foundUniversity } from '../organization/service.ts'
import { universities } from '../organization/tables.ts'
import { register } from '../people/service.ts'
import { invite, setPassword } from './invitations.ts'
import { refuseWeakPassword } from './password.ts'
import type { InvitationLink, Setup } from './schema.ts'
import { addAccount } from './service.ts'

/** What setting up stands on: an empty database, in one transaction with the scope of the new university. */
export interface SetupContext {
  db: Db
  tenantId: string
  today: Day
  now: Date
  requestId: string
  encryption: FieldEncryption
}

/** The scope of a university that is being set up. */
export const scopeOfSetup = wholeUniversity

/** Whether there is a university. */
export async function isSetUp(database: Database): Promise<boolean> {
  const standing = await database.app.select({ id: universities.id }).from(universities).limit(1)
  return standing.length > 0
}

/**
 * Sets up the university: its committee, the system administrator with the password chosen, and the first colleague of the
 * organisation department, who gets a link. Of several at once one succeeds; once there is a university it is refused.
 */
export async function setUp(
  ctx: SetupContext,
  { universityName, committeeName, administrator, department }: Omit<Setup, 'setupCode'>,
): Promise<InvitationLink> {
  refuseWeakPassword(administrator.password, administrator.userName, 'administrator.password')
  await ctx.db.execute(sql`select pg_advisory_xact_lock(${setupLock})`)
  const [university] = await ctx.db.select({ id: universities.id }).from(universities).limit(1)
  if (university) throw new Refusal('conflict', '本系统已经完成首次设置。请直接登录；忘记密码请联系系统管理员。')

  const administratorId = newId()
  const recorder = { ...ctx, actor: { accountId: administratorId, name: administrator.name } }
  const { organizationId, path } = await foundUniversity(recorder, { name: universityName, committeeName })
  const { userName, name, password } = administrator
  const first = await addAccount(recorder, { id: administratorId, userName, name, administrator: 'sysadmin' })
  await setPassword(ctx.db, first.userId, password)

  // Nobody can be authorised yet: these two steps are done with the rights of the office that they give.
  const grants = [{ rights: rightsOf.orgDepartment, path }]
  const founder = new Actor({ accountId: administratorId, personId: null, name: administrator.name, grants })
  const { studentNumber } = department
  const person = { organizationId, name: department.name, ...(studentNumber ? { studentNumber } : {}) }
  const personId = await register({ ...ctx, actor: founder }, person)
  await appoint({ ...ctx, actor: founder }, organizationId, { personId, office: 'orgDepartment', from: ctx.today })
  const second = await addAccount(recorder, { userName: department.userName, name: department.name, personId })
  return invite(recorder, second)
}

/** An arbitrary number, the same in every version. */
const setupLock = 7_240_923
