import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { networkOf } from './address.ts'
import { rateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'

/** Stands before the first set-up: only who reads the console of the server may do it. */
export interface SetupGuard {
  /** Refuses a wrong code in the field `setupCode`, and for a while any code from an address that has guessed often. */
  admit(code: string, address: string): void
}

/** Without the letters that are taken for one another or for digits. */
const letters = 'ABCDEFGHJKMNPRSTWXYZ'
const groups = 4
const groupLength = 4

/** So many attempts from one address within so many seconds. */
const attempts = { burst: 10, perSeconds: 600 }

/** Makes a code of 69 random bits for the console, and the guard that knows no more than its digest. */
export function makeSetupCode(now: () => number = Date.now): { code: string; guard: SetupGuard } {
  const group = () => Array.from({ length: groupLength }, () => letters[randomInt(letters.length)]).join('')
  const code = Array.from({ length: groups }, group).join('-')
  return { code, guard: guardOf(digestOf(code), now) }
}

function guardOf(right: Buffer, now: () => number): SetupGuard {
  const limit = rateLimit(attempts, now)
  return {
    admit(code, address) {
      const waitSeconds = limit.take(networkOf(address))
      if (waitSeconds > 0) throw new Refusal('too-many', `首次设置码尝试次数过多，请 ${waitSeconds} 秒后再试。`)
      if (timingSafeEqual(digestOf(code), right)) return
      const fields = [{ path: 'setupCode', message: '设置码不正确' }]
      throw new Refusal('malformed', '首次设置码不正确。请核对服务器启动时显示的设置码；重新启动后，以最近一次为准。', {
        fields,
      })
    },
  }
}

/** Of what was typed only the letters count: not their case, width, hyphens or spaces. */
function digestOf(code: string): Buffer {
  const typed = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
  return createHash('sha256').update(typed).digest()
}
