import { inArray, lt, sql } from 'drizzle-orm'
import { networkOf } from '../../platform/address.ts'
import type { Db } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { Refusal } from '../../platform/refusal.ts'
import { signInFailures } from './tables.ts'

/**
 * After so many failures in a row the next attempt has to wait, twice as long each time. A stranger who guesses at a name
 * from afar is stopped soon; the owner of the name, elsewhere, only after many more, so that nobody is locked out by others.
 */
const patience = {
  nameAndAddress: { free: 5 },
  name: { free: 20 },
  address: { free: 100 },
} as const
type Kind = keyof typeof patience

const firstWaitSeconds = 30
const longestWaitSeconds = 15 * 60
const forgottenAfterHours = 24

/** An attempt to sign in, counted as failed until it is known to have succeeded. */
export interface Attempt {
  keys: Record<Kind, string>
}

/** How long the next attempt has to wait after so many failures, in seconds. */
export function waitSeconds(kind: Kind, failures: number): number {
  const over = failures - patience[kind].free
  return over < 0 ? 0 : Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(over, 10))
}

/**
 * Counts an attempt before the password is looked at, so that many at once are counted too.
 * Refuses one that has to wait; that one is not counted.
 */
export async function beginAttempt(
  db: Db,
  encryption: FieldEncryption,
  { userName, address }: { userName: string; address: string },
  now: Date,
): Promise<Attempt> {
  const keys = keysOf(encryption, { userName, address })
  await db.transaction(async (tx) => {
    for (const kind of kinds) {
      const wait = await count(tx, kind, keys[kind], now)
      if (wait > 0)
        throw new Refusal(
          'too-many',
          `登录失败次数过多，请在 ${spoken(wait)}后再试。忘记密码请联系系统管理员重新邀请。`,
        )
    }
  })
  return { keys }
}

/** Takes back what `beginAttempt` counted, and forgets the failures of the name; those of the address stay. */
export async function endAttempt(db: Db, { keys }: Attempt): Promise<void> {
  await db.delete(signInFailures).where(inArray(signInFailures.key, [keys.nameAndAddress, keys.name]))
  await db
    .update(signInFailures)
    .set({ count: sql`greatest(0, ${signInFailures.count} - 1)` })
    .where(inArray(signInFailures.key, [keys.address]))
}

/** Forgets the failures of a name whose owner has just chosen a new password, here and in general. */
export async function forgiveFailures(
  db: Db,
  encryption: FieldEncryption,
  who: { userName: string; address: string },
): Promise<void> {
  const { nameAndAddress, name } = keysOf(encryption, who)
  await db.delete(signInFailures).where(inArray(signInFailures.key, [nameAndAddress, name]))
}

/**
 * Takes a one-time code as used; false where it was used before. The library accepts a code for a minute and a half,
 * in which somebody who looked over a shoulder could use it again.
 */
export async function useCode(
  db: Db,
  encryption: FieldEncryption,
  { userId, code }: { userId: string; code: string },
  now: Date,
): Promise<boolean> {
  const key = encryption.keyedHash(`used code ${userId} ${code}`)
  const { rowCount } = await db
    .insert(signInFailures)
    .values({ key, count: 0, lastAt: now })
    .onConflictDoUpdate({
      target: signInFailures.key,
      set: { lastAt: now },
      setWhere: lt(signInFailures.lastAt, new Date(now.getTime() - codeSeconds * 1000)),
    })
  return rowCount === 1
}

/** Longer than the library accepts a code: the present one, the one before and the next, of 30 seconds each. */
const codeSeconds = 120

/** Forgets what is older than a day. */
export async function forgetFailures(db: Db, now: Date): Promise<void> {
  await db.delete(signInFailures).where(lt(signInFailures.lastAt, hoursBefore(now, forgottenAfterHours)))
}

const kinds = ['nameAndAddress', 'name', 'address'] as const satisfies readonly Kind[]

function keysOf(encryption: FieldEncryption, { userName, address }: { userName: string; address: string }) {
  const name = userName.trim().toLowerCase()
  const network = networkOf(address)
  const hash = (text: string) => encryption.keyedHash(`sign-in ${text}`)
  return {
    nameAndAddress: hash(`both ${network} ${name}`),
    name: hash(`name ${name}`),
    address: hash(`address ${network}`),
  }
}

/** Adds one under the lock of the row; answers the seconds to wait where it is too soon. */
async function count(db: Db, kind: Kind, key: string, now: Date): Promise<number> {
  await db.insert(signInFailures).values({ key, count: 0, lastAt: now }).onConflictDoNothing()
  const [row] = await db.select().from(signInFailures).where(sql`${signInFailures.key} = ${key}`).for('update')
  const known = row && row.lastAt > hoursBefore(now, forgottenAfterHours) ? row : { count: 0, lastAt: now }
  const wait = waitSeconds(kind, known.count) - (now.getTime() - known.lastAt.getTime()) / 1000
  if (known.count > 0 && wait > 0) return Math.ceil(wait)
  await db
    .update(signInFailures)
    .set({ count: known.count + 1, lastAt: now })
    .where(sql`${signInFailures.key} = ${key}`)
  return 0
}

const hoursBefore = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000)

const spoken = (seconds: number) => (seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`)
