import type { Progress } from './schema.ts'

/** How far the makings are that go on in this process, by account and the id that the page gave. */
const making = new Map<string, Progress>()

/** Notes how far a making is; the note goes away with `forget`. */
export function noteProgress(accountId: string, progressId: string, progress: Progress): void {
  making.set(`${accountId} ${progressId}`, progress)
}

/** How far a making of this account is; nothing where none goes on. */
export const progressOf = (accountId: string, progressId: string): Progress | undefined =>
  making.get(`${accountId} ${progressId}`)

/** Forgets a making that has ended. */
export function forgetProgress(accountId: string, progressId: string): void {
  making.delete(`${accountId} ${progressId}`)
}
