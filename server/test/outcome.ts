import { Refusal } from '../src/platform/refusal.ts'

/** What became of a use case: `done`, or the reason for which it was refused. Any other error comes back as it is, so that no reason equals it. */
export const outcome = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.reason : error),
  )
