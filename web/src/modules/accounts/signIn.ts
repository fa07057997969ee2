import { request } from '../../api.ts'

/** The conversation with `/api/auth`, which belongs to the sign-in library and has no typed client. */

/** Signs in; `needsCode` where the second factor is still to be shown. */
export async function signInByPassword(given: { username: string; password: string }): Promise<{ needsCode: boolean }> {
  const answer = await post('/sign-in/username', given)
  return { needsCode: has(answer, 'twoFactorRedirect') && answer.twoFactorRedirect === true }
}

/** Shows the second factor, while signing in or while setting it up. */
export async function showCode(code: string): Promise<void> {
  await post('/two-factor/verify-totp', { code })
}

/** Signs in with one of the backup codes, which is used up. */
export async function showBackupCode(code: string): Promise<void> {
  await post('/two-factor/verify-backup-code', { code })
}

/** The address at the campus provider to which the browser goes; it comes back to `returnTo`. */
export async function campusAddress(returnTo: string): Promise<string> {
  const answer = await post('/sign-in/social', { provider: 'campus', callbackURL: returnTo })
  return has(answer, 'url') ? String(answer.url) : '/sign-in'
}

/** What an authenticator app needs, and the codes for the day on which it is lost. */
export interface SecondFactor {
  uri: string
  backupCodes: readonly string[]
}

/** Begins to set up the second factor; it counts once a code was shown. */
export async function beginSecondFactor(password: string): Promise<SecondFactor> {
  const answer = await post('/two-factor/enable', { password })
  return { uri: has(answer, 'totpURI') ? String(answer.totpURI) : '', backupCodes: codesIn(answer) }
}

/** Makes new backup codes; the old ones stop working. */
export async function renewBackupCodes(password: string): Promise<readonly string[]> {
  return codesIn(await post('/two-factor/generate-backup-codes', { password }))
}

/** Takes the second factor away. Refused for administrators. */
export async function removeSecondFactor(password: string): Promise<void> {
  await post('/two-factor/disable', { password })
}

/** Changes the own password; all other sessions end. */
export async function changePassword(given: { currentPassword: string; newPassword: string }): Promise<void> {
  await post('/change-password', given)
}

async function post(path: string, body: object): Promise<unknown> {
  const response = await request(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json().catch(() => undefined)
}

function codesIn(answer: unknown): readonly string[] {
  return has(answer, 'backupCodes') && Array.isArray(answer.backupCodes) ? answer.backupCodes.map(String) : []
}

function has<Key extends string>(answer: unknown, key: Key): answer is Record<Key, unknown> {
  return typeof answer === 'object' && answer !== null && key in answer
}
