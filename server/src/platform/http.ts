import path from 'node:path'
import { Readable } from 'node:stream'
import type { Day } from '@zhibu/rules'
import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ValidationTargets } from 'hono/types'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { describeRoute, resolver, validator } from 'hono-openapi'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type ByteRange, readRange } from './byte-range.ts'
import type { Config } from './config.ts'
import type { Contents } from './content/content.ts'
import type { Actor, Context, Right } from './context.ts'
import { type Database, type Scope, wholeTree } from './database.ts'
import type { FieldEncryption } from './encryption.ts'
import type { Proof } from './line.ts'
import { type OrgPath, onlyThere, outermost, type PathRange, subtree } from './org-path.ts'
import type { Outgoing } from './outgoing.ts'
import type { PageReader } from './pages/page-reader.ts'
import { type FieldProblem, found, Refusal, signedOut } from './refusal.ts'
import type { Session, SessionCookie } from './session.ts'
import type { SetupGuard } from './setup-code.ts'
import { unstorable } from './storable.ts'
import { visible } from './visible-text.ts'
import { wrongInput } from './wrong-input.ts'

/** What the middleware of `app.ts` puts beside each request. */
export interface Env {
  Variables: {
    database: Database
    /** The university; null until it has been set up. */
    tenantId: string | null
    actor: Actor | null
    /** The session of the actor. */
    session: Session | null
    /** What `actor` and `session` stand on where they are remembered from a request before; null where they are certain. */
    proof: Proof | null
    /** Asks anew who acts at this moment, and refuses who may not. Where it is not a use of the session, this does not make it last longer. */
    recognize: (how?: { isUse: boolean }) => Promise<void>
    sessionCookie: SessionCookie
    /** Stands before the first set-up; null where the university stood already at the start. */
    setupGuard: SetupGuard | null
    config: Config
    /** The moment of the request. */
    now: Date
    /** The network address of who asks, for the limits of sign-in. */
    address: string
    /** Today in China, where the days of the rules are counted. */
    today: Day
    requestId: string
    encryption: FieldEncryption
    /** Where the contents of documents lie. */
    contents: Contents
    /** Turns documents into what can be looked at. */
    pageReader: PageReader
    /** By what people are reached outside the page. */
    outgoing: Outgoing
    /** True where no line of the log may tell that somebody has asked. */
    isUnlogged: boolean
    log: Logger
  }
}

/** Stands before what a request is checked by: no line of the log tells who asks, also where they are refused. */
export const unlogged: MiddlewareHandler<Env> = async (c, next) => {
  c.set('isUnlogged', true)
  await next()
}

/** A router of a module. */
export const router = () => new Hono<Env>()

/**
 * Runs a use case in one transaction as the signed-in actor: committed when it returns, rolled back when it throws. Where the
 * actor is remembered and this holds no longer, or was not asked of the database, it is run again for who acts now; not where
 * the answer was lost, since it may have been done.
 */
export async function inTransaction<T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> {
  const { proof } = c.var
  if (!proof) return runAs(c, useCase)
  try {
    const result = await runAs(c, useCase, proof)
    if (proof.outcome === 'holds') return result
  } catch (error) {
    if (proof.outcome === 'holds' || proof.outcome === 'asked') throw error
  } finally {
    c.set('proof', null)
  }
  await c.var.recognize()
  return runAs(c, useCase)
}

/**
 * The same after work that may have taken minutes, such as reading a package: who acts is asked anew, so that an office that ended
 * and an account that was locked meanwhile count.
 */
export async function inTransactionAnew<T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> {
  await c.var.recognize()
  return runAs(c, useCase)
}

/**
 * The same for what two sides agreed on: the database shows these parts of the tree, too. An earlier use case must have made
 * sure that the other side agreed; the rights of the actor are not more for it.
 */
export function inTransactionOver<T>(
  c: HonoContext<Env>,
  places: readonly OrgPath[],
  useCase: (ctx: Context) => Promise<T>,
): Promise<T> {
  return runAs(c, useCase, undefined, places.map(subtree))
}

/** The same wherever an office of the actor gives a right, whatever else their offices open, and at these places besides. */
export function inTransactionHolding<T>(
  c: HonoContext<Env>,
  right: Right,
  useCase: (ctx: Context) => Promise<T>,
  places: readonly OrgPath[] = [],
): Promise<T> {
  return inTransactionOver(c, [...(c.var.actor?.rootsOf(right) ?? []), ...places], useCase)
}

/**
 * The same for what is open to whoever belongs to an organisation: the database shows just these places besides, without what lies
 * below them.
 */
export function inTransactionAt<T>(
  c: HonoContext<Env>,
  { places, roots }: { places: readonly OrgPath[]; roots: readonly OrgPath[] },
  useCase: (ctx: Context) => Promise<T>,
): Promise<T> {
  return runAs(c, useCase, undefined, [...places.map(onlyThere), ...roots.map(subtree)])
}

/**
 * The same over the whole university. What may be seen or done was settled in an earlier use case; this one keeps to it, and names
 * of persons leave it only where that allows them.
 */
export function inWholeUniversity<T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> {
  return runAs(c, useCase, undefined, [wholeTree])
}

async function runAs<T>(
  c: HonoContext<Env>,
  useCase: (ctx: Context) => Promise<T>,
  proof?: Proof,
  alsoWithin: readonly PathRange[] = [],
): Promise<T> {
  const { database, tenantId, actor, today, requestId, encryption } = c.var
  if (!actor || !tenantId) throw signedOut()
  const run = c.req.method === 'GET' ? database.reading : database.transaction
  const own = scopeOf(tenantId, actor)
  const scope = { ...own, ranges: [...own.ranges, ...alsoWithin] }
  return run(scope, (db) => useCase({ db, tenantId, actor, today, requestId, encryption }), proof)
}

/**
 * What the database lets an actor see: the subtrees of the offices that give a right, the own file, the persons of a delegation.
 * An office that only sends notices, publishes, holds activities and looks after what is discussed opens nothing: what it needs of its part of the tree is
 * asked for with `inTransactionOver`.
 */
export function scopeOf(tenantId: string, actor: Actor): Scope {
  const effective = actor.grants.filter((grant) => grant.rights.some((right) => !outwardRights.includes(right)))
  return {
    tenantId,
    accountId: actor.accountId,
    personId: actor.personId,
    ranges: outermost(effective.map((grant) => grant.path)).map(subtree),
    helper: actor.delegations.length > 0,
  }
}

/** Rights that speak to people and open no file. */
const outwardRights: readonly Right[] = ['send-notices', 'publish', 'moderate', 'hold-activities']

z.config({ localeError: wrongInput })

/** Checks one part of a request; what does not fit is refused field by field. Of an address is said only that it is wrong. */
export function asks<Target extends keyof ValidationTargets, Schema extends z.ZodType>(target: Target, schema: Schema) {
  return validator(target, schema, (result) => {
    const fields = result.success
      ? unstorable(result.data).map((path) => ({ path, message: '含有无法保存的字符，请重新输入' }))
      : result.error.map((issue) => ({ path: pathOf(issue.path), message: issue.message }))
    if (fields.length === 0) return
    if (target === 'param') throw new Refusal('malformed', '网址不完整或不正确。请检查网址，或从左侧的菜单重新打开。')
    throw new Refusal('malformed', '有内容没有通过检查，请按提示修改后重新提交。', { fields })
  })
}

/** Documents a route: what it does in a sentence, what it answers, and with which status: 201 where it makes something. */
export function answers(summary: string, schema?: z.ZodType, status: keyof typeof successes = schema ? 200 : 204) {
  return describe(summary, status, schema && { 'application/json': { schema: resolver(schema) } })
}

/** The same for a route that answers with `download`. */
export function answersWorkbook(summary: string) {
  return answersFile(summary, [workbookType])
}

/** The same for a route that answers with a file of one of these media types. */
export function answersFile(summary: string, types: readonly string[]) {
  const binary = { schema: { type: 'string', format: 'binary' } } as const
  return describe(summary, 200, Object.fromEntries(types.map((type) => [type, binary])))
}

type ResponseContent = Record<string, { schema: ReturnType<typeof resolver> | { type: 'string'; format: 'binary' } }>

function describe(summary: string, status: keyof typeof successes, content?: ResponseContent) {
  return describeRoute({
    summary,
    responses: {
      [status]: { description: successes[status], ...(content && { content }) },
      default: {
        description: '问题详情（RFC 9457）',
        content: { 'application/problem+json': { schema: resolver(problemDetails) } },
      },
    },
  })
}

const successes = { 200: '成功', 201: '已新增', 202: '已受理，在后台进行', 204: '已完成', 302: '转到另一页' } as const

/** RFC 9457 with what a screen needs to point at the mistake. */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  instance: z.string(),
  reason: z.string(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
  findings: z.array(z.unknown()),
})

/** The only place where errors become responses. */
export function onError(error: Error, c: HonoContext<Env>): Response {
  const refusal = asRefusal(error)
  if (!refusal) c.var.log.error({ err: error, requestId: c.var.requestId }, 'a request failed')
  const problem = refusal ?? failureOf(error, c.req.method)
  return c.body(problemText(problem, c.var.requestId), problem.status as ContentfulStatusCode, {
    'content-type': problemType,
  })
}

/** What is said to be wrong. */
interface Problem {
  status: number
  title: string
  message: string
  reason: string
  fields: readonly FieldProblem[]
  findings: readonly unknown[]
}

/** The media type of `problemText`. */
export const problemType = 'application/problem+json; charset=utf-8'

/** Problem details as they are sent; `instance` is the request. */
export function problemText({ status, title, message, reason, fields, findings }: Problem, instance: string): string {
  const type = `urn:zhibu:problem:${reason}`
  return JSON.stringify({ type, title, status, detail: message, instance, reason, fields, findings })
}

/** A failure of ours, which says nothing of what failed. */
export const unexpected: Problem = {
  status: 500,
  title: '系统出错',
  message: '服务器没有完成这次操作，数据没有改动。请稍后重试；如仍失败，请把本页的编号告诉系统管理员。',
  reason: 'bug',
  fields: [],
  findings: [],
}

/** A disk without room, of the files or of the database. */
const full: Problem = {
  status: 507,
  title: '服务器的磁盘已满',
  message:
    '服务器的磁盘空间不足，这次没有保存，原有的内容没有改动。请告诉系统管理员腾出空间，再重新提交；上传到一半的文件会从中断的地方继续。',
  reason: 'full',
  fields: [],
  findings: [],
}

/** A write whose connection was lost: nobody can say whether its end had reached the database. */
const uncertain: Problem = {
  status: 500,
  title: '结果不确定',
  message: '与数据库的连接中断，结果不确定：可能已经保存，也可能没有。请刷新后核对，再决定是否重做。',
  reason: 'uncertain',
  fields: [],
  findings: [],
}

/** What is said of an error that is no refusal. */
function failureOf(error: Error, method: string): Problem {
  if (causesOf(error).some(isDiskFull)) return full
  return method !== 'GET' && causesOf(error).some(isConnectionLost) ? uncertain : unexpected
}

/** An error, what caused it, and so on. */
const causesOf = (error: unknown): Error[] => (error instanceof Error ? [error, ...causesOf(error.cause)] : [])

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '')

/** ENOSPC, EDQUOT: of the system; 53100: of the database. */
const isDiskFull = (error: Error): boolean => /^(ENOSPC|EDQUOT|53100)$/.test(codeOf(error))

/** Whether the connection to the database ended. 08: connection exceptions; 57P01 to 57P03: the server is going down, or somebody has ended the session. */
const isConnectionLost = (error: Error): boolean =>
  /^(08...|57P0[123]|ECONNRESET|EPIPE)$/.test(codeOf(error)) || connectionLost.test(error.message)

/** How the driver says it where it has no code. */
const connectionLost = /^(Connection terminated|Client has encountered a connection error)/

function asRefusal(error: Error): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof HTTPException && error.status === 400) {
    return new Refusal('malformed', '请求的内容无法读取，可能不是合法的 JSON。')
  }
  if (error instanceof HTTPException && error.status === 413)
    return new Refusal('too-large', '上传的内容超过了大小限制。')
  return undefined
}

function pathOf(path: readonly (PropertyKey | { key: PropertyKey })[] | undefined): string {
  return (path ?? []).map((it) => String(typeof it === 'object' ? it.key : it)).join('.')
}

/** A file to be saved under a name. */
export interface NamedFile {
  name: string
  bytes: Uint8Array
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Answers a workbook for saving. */
export function download(c: HonoContext<Env>, file: NamedFile): Response {
  return downloadAs(c, file, workbookType)
}

/** Answers a file of a media type for saving. */
export function downloadAs(c: HonoContext<Env>, { name, bytes }: NamedFile, type: string): Response {
  return c.body(Uint8Array.from(bytes).buffer, 200, asFile(name, type))
}

/** The address of this server, for what is told of something. */
export const baseOf = (c: HonoContext<Env>) => ({ base: c.var.config.baseUrl })

/** Answers a file for saving while it is still being made. */
export function downloadStream(
  c: HonoContext<Env>,
  name: string,
  type: string,
  stream: ReadableStream<Uint8Array>,
): Response {
  return c.body(stream, 200, asFile(name, type))
}

const asFile = (name: string, type: string) => ({
  'content-type': type,
  'content-disposition': `attachment; filename*=UTF-8''${encodedName(name)}`,
})

/** A file that is sent as it is read. */
export interface SentFile {
  name: string
  mediaType: string
  sizeBytes: number
  /** The same as long as the file is the same. */
  tag: string
  /** The bytes of a part, from the first to before the last. */
  read: (range: ByteRange) => Promise<Readable>
  /** Other headers of the answer. */
  headers?: Record<string, string>
}

/**
 * Sends a file for saving, or the part that `Range` asks for. Never for showing unless its headers say so: what is in it may have come
 * from anywhere.
 */
export async function sendFile(
  c: HonoContext<Env>,
  { name, mediaType, sizeBytes, tag, read, headers: others }: SentFile,
): Promise<Response> {
  const etag = `"${tag}"`
  const condition = c.req.header('if-range')
  const asked = condition === undefined || condition === etag ? readRange(c.req.header('range'), sizeBytes) : null
  const headers = {
    ...asFile(name, mediaType),
    'accept-ranges': 'bytes',
    etag,
    ...others,
  }
  if (asked === 'unsatisfiable') return c.body(null, 416, { ...headers, 'content-range': `bytes */${sizeBytes}` })
  const range = asked ?? { from: 0, to: sizeBytes }
  const body = Readable.toWeb(await read(range)) as ReadableStream<Uint8Array>
  return c.body(body, asked ? 206 : 200, {
    ...headers,
    'content-length': String(range.to - range.from),
    ...(asked && { 'content-range': `bytes ${range.from}-${range.to - 1}/${sizeBytes}` }),
  })
}

/** A name as RFC 8187 wants it, without marks that turn it round: some names come with files of others. */
const encodedName = (name: string): string =>
  encodeURIComponent(visible(name)).replace(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)

/** The account that asks; refuses whoever is not signed in. */
export const accountOf = (c: HonoContext<Env>): string => found(c.var.actor ?? undefined, '个账号').accountId

/** The folder of the operator's fonts. */
export const fontsOf = (c: HonoContext<Env>): string => path.join(c.var.config.dataDirectory, 'fonts')

/** The revision of a record as an ETag, and what `If-Match` must say to change it. */
export const etagOf = (revision: number): string => `"${revision}"`

/** Refuses a write that was made on an older reading of the record (lost update). */
export function requireCurrent(c: HonoContext<Env>): number {
  const header = c.req.header('if-match')
  const revision = header ? Number(/^(?:W\/)?"(0|[1-9]\d{0,8})"$/.exec(header)?.[1] ?? Number.NaN) : Number.NaN
  if (Number.isNaN(revision)) {
    throw new Refusal('changed', '请先打开最新的记录再修改（请求缺少 If-Match）。')
  }
  return revision
}
