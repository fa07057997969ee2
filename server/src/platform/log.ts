import { type Logger, pino, stdSerializers } from 'pino'
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

/** Type, message and stack; of an error of the database the code, table and constraint, but no values. */
export function describe(error: Error): Record<string, unknown> {
  const origin = error.cause instanceof Error ? error.cause : error
  const isFromDatabase = 'severity' in origin && 'code' in origin
  if (!isFromDatabase) {
    const { type, message, stack } = stdSerializers.err(error)
    return { type, message, stack }
  }
  const { code, table, constraint, routine } = origin as {
    code?: string
    table?: string
    constraint?: string
    routine?: string
  }
  return { type: 'DatabaseError', code, table, constraint, routine, stack: framesOf(error) }
}

/** The frames without the first lines, which repeat the message and with it the values of a statement. */
function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')
}
