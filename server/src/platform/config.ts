import path from 'node:path'
import { z } from 'zod'
import { type Algorithm, algorithms } from './content/content-id.ts'
import type { S3Settings } from './content/s3-bucket.ts'
import type { ScannerAddress } from './content/scanner.ts'
import { type Hosts, hostsOf, inUrl } from './hosts.ts'
import { mailFrom, smtpServer } from './mail/settings.ts'
import { groupRobots } from './messengers/group-robots.ts'
import type { OutgoingSettings } from './outgoing.ts'

/** How this server is set up. Everything comes from the environment; docs/operations.md lists it. */
export interface Config {
  /** Where data, secrets and the embedded database lie; absolute. */
  dataDirectory: string
  host: string
  port: number
  /** The address under which people reach the server, without a slash at the end. */
  baseUrl: string
  /** Under which hosts requests are answered. */
  hosts: Hosts
  /** A PostgreSQL 15 or later instead of the embedded one. */
  databaseUrl: string | undefined
  /** A second address of it for the application, whose role is `zhibu_app`; needed behind a pooler only. */
  appDatabaseUrl: string | undefined
  /** The most connections that the application uses at a time. */
  databaseConnections: number
  /** Where metrics are served, on the loopback interface only; null switches them off. */
  metricsPort: number | null
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  isDemo: boolean
  /** How many reverse proxies of ours stand before the server; as many addresses of `X-Forwarded-For` are believed. */
  proxies: number
  /** Sign-in at the campus provider (OpenID Connect); null where there is none. */
  campus: CampusProvider | null
  /** How the contents of documents are kept. */
  content: ContentSettings
  /** The folder into which scanners put their files; absolute, null where there is none. */
  watchedFolder: string | null
  /** By what people are reached outside the page. */
  outgoing: OutgoingSettings
}

/** How the contents of documents are kept. */
export interface ContentSettings {
  /** The bucket in which they lie; null where they lie below the data directory. */
  bucket: S3Settings | null
  /** The digest that names new contents. */
  algorithm: Algorithm
  /** Whether new contents are encrypted where they lie. */
  seals: boolean
  /** Where a scanner for malware listens; null where there is none. */
  scanner: ScannerAddress | null
}

/** How to reach the sign-in of the campus. */
export interface CampusProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** The claim that holds the student or staff number. */
  numberClaim: string
  /** What the button on the sign-in page says. */
  name: string
}

const loopback = '127.0.0.1'

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, '应以 postgresql:// 开头 (must begin with postgresql://)')
  .optional()

const port = z.coerce
  .number('应为端口号 (must be a port number)')
  .int('应为端口号 (must be a port number)')
  .min(0, '端口号不小于 0 (a port is at least 0)')
  .max(65_535, '端口号不大于 65535 (a port is at most 65535)')

const number = z.coerce.number('应为数字 (must be a number)').int('应为整数 (must be a whole number)').min(1)

const messengerUrl = z.url({ protocol: /^https?$/, error: '应为完整网址 (must be a full address)' })

const environment = z.object({
  ZHIBU_DATA: z.string().optional(),
  HOST: z.string().default(loopback),
  PORT: port.default(3000),
  BASE_URL: z
    .url({ protocol: /^https?$/, error: '应为完整网址，如 https://djgz.example.edu.cn (must be a full address)' })
    .optional(),
  DATABASE_URL: postgresUrl,
  DATABASE_APP_URL: postgresUrl,
  DATABASE_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(2, '至少为 2 (at least 2)')
    .max(200, '至多为 200 (at most 200)')
    .default(16),
  TRUSTED_PROXIES: z.coerce.number().int().min(0, '至少为 0 (at least 0)').max(5, '至多为 5 (at most 5)').default(0),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: '应为完整网址，如 https://sso.example.edu.cn (must be a full address)' })
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NUMBER_CLAIM: z.string().default('preferred_username'),
  OIDC_NAME: z.string().default('统一身份认证'),
  CONTENT_STORE: z
    .string()
    .regex(
      /^s3:\/\/[a-z\d][a-z\d.-]{1,61}[a-z\d](\/[\w.-]+)*\/?$/,
      '应为 s3://桶名/前缀，如 s3://zhibu/archive (must be s3://bucket/prefix)',
    )
    .optional(),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: '应为完整网址，如 https://s3.example.edu.cn (must be a full address)' })
    .optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  CONTENT_HASH: z.enum(algorithms, '应为 sha256 或 sm3 (must be sha256 or sm3)').default('sha256'),
  CONTENT_ENCRYPTION: z.enum(['on', 'off'], '应为 on 或 off (must be on or off)').default('off'),
  CLAMD: z
    .string()
    .regex(
      /^(\/.+|[^/:\s]+:\d{1,5}|\[[\da-f:]+\]:\d{1,5})$/i,
      '应为 clamd 的套接字路径或 主机:端口，如 /run/clamav/clamd.ctl (must be the path of a socket, or host:port)',
    )
    .optional(),
  ZHIBU_WATCHED_FOLDER: z.string().optional(),
  SMTP_URL: smtpServer.optional(),
  MAIL_FROM: mailFrom.optional(),
  WECOM_CORP_ID: z.string().optional(),
  WECOM_AGENT_ID: number.optional(),
  WECOM_SECRET: z.string().optional(),
  WECOM_URL: messengerUrl.default('https://qyapi.weixin.qq.com'),
  DINGTALK_APP_KEY: z.string().optional(),
  DINGTALK_APP_SECRET: z.string().optional(),
  DINGTALK_AGENT_ID: number.optional(),
  GROUP_ROBOTS: groupRobots.optional(),
  WECHAT_APP_ID: z.string().optional(),
  WECHAT_APP_SECRET: z.string().optional(),
  WECHAT_URL: messengerUrl.default('https://api.weixin.qq.com'),
  METRICS_PORT: z.union([z.literal('off'), port], '应为端口号或 off (must be a port number or off)').default('off'),
  LOG_LEVEL: z
    .enum(
      ['debug', 'info', 'warn', 'error', 'silent'],
      '应为 debug、info、warn、error、silent 之一 (must be one of these)',
    )
    .default('info'),
})

/** Refuses settings that do not make sense, all of them at once. */
export class ConfigError extends Error {}

/** Reads the environment. An empty variable counts as not set. The demonstration keeps its data apart from the real ones. */
export function readConfig(env: NodeJS.ProcessEnv, { isDemo = false } = {}): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = environment.safeParse(given)
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `  ${issue.path.join('.')}：${issue.message}`)
    throw new ConfigError(`环境变量有误，请改正后再启动 (settings to correct):\n${problems.join('\n')}`)
  }
  const { data } = read
  if (isDemo && data.DATABASE_URL) {
    throw new ConfigError(
      '  DATABASE_URL：演示数据只用内置数据库，请先取消此变量 (the demonstration uses the embedded database only)',
    )
  }
  const ground = path.resolve(data.ZHIBU_DATA ?? 'data')
  return {
    dataDirectory: isDemo ? path.join(ground, 'demo') : data.ZHIBU_DATA ? ground : path.join(ground, 'live'),
    host: data.HOST,
    port: data.PORT,
    baseUrl: (data.BASE_URL ?? `http://${opened(data.HOST)}:${data.PORT}`).replace(/\/+$/, ''),
    hosts: hostsOf(data.HOST, data.BASE_URL),
    databaseUrl: data.DATABASE_URL,
    appDatabaseUrl: data.DATABASE_APP_URL,
    databaseConnections: data.DATABASE_CONNECTIONS,
    metricsPort: data.METRICS_PORT === 'off' ? null : data.METRICS_PORT,
    logLevel: data.LOG_LEVEL,
    isDemo,
    proxies: data.TRUSTED_PROXIES,
    campus: campusOf(data),
    content: {
      bucket: bucketOf(data),
      algorithm: data.CONTENT_HASH,
      seals: data.CONTENT_ENCRYPTION === 'on',
      scanner: data.CLAMD === undefined ? null : scannerAddressOf(data.CLAMD),
    },
    watchedFolder: data.ZHIBU_WATCHED_FOLDER === undefined ? null : path.resolve(data.ZHIBU_WATCHED_FOLDER),
    outgoing: outgoingOf(data),
  }
}

/** Refuses a mail server without a sender, and an application that is named in part. */
function outgoingOf(data: z.infer<typeof environment>): OutgoingSettings {
  const { SMTP_URL: server, MAIL_FROM: from, GROUP_ROBOTS: robots = [] } = data
  const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: wecomAgentId, WECOM_SECRET: secret } = data
  const { DINGTALK_APP_KEY: appKey, DINGTALK_APP_SECRET: appSecret, DINGTALK_AGENT_ID: agentId } = data
  const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: accountSecret } = data
  const account = appId && accountSecret ? { appId, appSecret: accountSecret } : null
  if (!account && (appId || accountSecret))
    throw new ConfigError('  WECHAT_APP_ID、WECHAT_APP_SECRET：须同时设置 (a 公众号 needs both of them)')
  const mail = server && from ? { ...server, from } : null
  const wecom = corpId && wecomAgentId && secret ? { corpId, agentId: wecomAgentId, secret } : null
  const dingtalk = appKey && appSecret && agentId ? { appKey, appSecret, agentId } : null
  if (!mail && (server || from))
    throw new ConfigError('  SMTP_URL、MAIL_FROM：须同时设置 (sending mail needs both of them)')
  if (!wecom && (corpId || wecomAgentId || secret)) {
    throw new ConfigError(
      '  WECOM_CORP_ID、WECOM_AGENT_ID、WECOM_SECRET：须同时设置 (企业微信 needs all three of them)',
    )
  }
  if (!dingtalk && (appKey || appSecret || agentId)) {
    throw new ConfigError(
      '  DINGTALK_APP_KEY、DINGTALK_APP_SECRET、DINGTALK_AGENT_ID：须同时设置 (钉钉 needs all three of them)',
    )
  }
  return {
    mail,
    wecom: wecom && { ...wecom, endpoint: data.WECOM_URL.replace(/\/+$/, '') },
    dingtalk: dingtalk && {
      ...dingtalk,
      keyEndpoint: 'https://api.dingtalk.com',
      endpoint: 'https://oapi.dingtalk.com',
    },
    robots,
    officialAccount: account && { ...account, endpoint: data.WECHAT_URL.replace(/\/+$/, '') },
  }
}

/** Refuses a bucket that is named in part. */
function bucketOf(data: z.infer<typeof environment>): S3Settings | null {
  const { CONTENT_STORE: place, S3_ENDPOINT: endpoint, S3_REGION: region } = data
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = data
  if (!place && !endpoint && !accessKeyId && !secretAccessKey) return null
  if (!place || !endpoint || !accessKeyId || !secretAccessKey) {
    throw new ConfigError(
      '  CONTENT_STORE、S3_ENDPOINT、S3_ACCESS_KEY_ID、S3_SECRET_ACCESS_KEY：须同时设置 (a bucket needs all four of them)',
    )
  }
  const [bucket = '', ...folders] = place.slice('s3://'.length).replace(/\/$/, '').split('/')
  const prefix = folders.map((it) => `${it}/`).join('')
  return { endpoint: endpoint.replace(/\/+$/, ''), region, bucket, prefix, accessKeyId, secretAccessKey }
}

function scannerAddressOf(text: string): ScannerAddress {
  if (text.startsWith('/')) return { path: text }
  const [, host = '', portText] = /^\[?(.+?)\]?:(\d+)$/.exec(text) ?? []
  const read = port.safeParse(portText)
  if (!read.success) throw new ConfigError('  CLAMD：端口号不大于 65535 (a port is at most 65535)')
  return { host, port: read.data }
}

/** Where a browser on this machine reaches a server that listens there. */
const opened = (host: string) => (['0.0.0.0', '::'].includes(host) ? loopback : inUrl(host))

/** Refuses a provider that is named in part. */
function campusOf(data: z.infer<typeof environment>): CampusProvider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = data
  if (!issuer && !clientId && !clientSecret) return null
  if (!issuer || !clientId || !clientSecret) {
    throw new ConfigError(
      '  OIDC_ISSUER、OIDC_CLIENT_ID、OIDC_CLIENT_SECRET：须同时设置 (campus sign-in needs all three of them)',
    )
  }
  return { issuer, clientId, clientSecret, numberClaim: data.OIDC_NUMBER_CLAIM, name: data.OIDC_NAME }
}
