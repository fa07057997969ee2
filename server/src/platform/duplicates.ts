import { DrizzleQueryError } from 'drizzle-orm'
import pg from 'pg'
import { Refusal } from './refusal.ts'

/**
 * Waits for a write; where a unique index stands against it, the write is refused as a conflict with the message of that index.
 * So two people who do the same at once get one success and one explanation.
 */
export async function refuseDuplicates<T>(
  write: PromiseLike<T>,
  messages: Readonly<Record<string, string>>,
): Promise<T> {
  try {
    return await write
  } catch (error) {
    const message = messages[violatedIndex(error) ?? '']
    if (message === undefined) throw error
    throw new Refusal('conflict', message)
  }
}

/** The unique index that an error names, if it is an error of that kind. */
function violatedIndex(error: unknown): string | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  return cause instanceof pg.DatabaseError && cause.code === '23505' ? cause.constraint : undefined
}
