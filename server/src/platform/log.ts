import type { DatabaseError } from 'pg'
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/**
 * The log: one JSON object a line on standard output. It holds no personal data: never a body, a query string,
 * a name or a number of a person; ids only. What a statement was given stays out of the errors of the database.
 */
export function openLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino({
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.idNumber', '*.phone'],
    serializers: { err: (error: unknown) => (error instanceof Error ? describe(error) : { message: 'not an error' }) },
  })
}

/**
 * Type, message and stack of the first cause, because the errors around a statement repeat its values;
 * of an error of the database the code, table and constraint only, because its message repeats values too.
 */
export function describe(error: Error): Record<string, unknown> {
  const origin = firstCause(error)
  const stack = framesOf(error)
  if (!('severity' in origin)) return { type: origin.name, message: origin.message, stack }
  const { code, table, constraint, routine } = origin as DatabaseError
  return { type: 'DatabaseError', code, table, constraint, routine, stack }
}

function firstCause(error: Error): Error {
  return error.cause instanceof Error ? firstCause(error.cause) : error
}

/** The frames without the lines before them, which repeat the message. */
function framesOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return lines.join('\n')
}
