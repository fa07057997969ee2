import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Config, ConfigError, readConfig } from './config.ts'
import type { MailSettings } from './mail/settings.ts'

const loopback = ['127.0.0.1', 'localhost', '[::1]']
const everywhere = { names: loopback, anyAddress: true }
const defaults: Config = {
  dataDirectory: path.resolve('data/live'),
  host: '127.0.0.1',
  port: 3000,
  baseUrl: 'http://127.0.0.1:3000',
  hosts: { names: loopback, anyAddress: false },
  databaseUrl: undefined,
  appDatabaseUrl: undefined,
  databaseConnections: 16,
  metricsPort: null,
  logLevel: 'info',
  isDemo: false,
  proxies: 0,
  campus: null,
  content: { bucket: null, algorithm: 'sha256', seals: false, scanner: null },
  watchedFolder: null,
  outgoing: { mail: null, wecom: null, dingtalk: null, robots: [], officialAccount: null },
}

const mail = {
  SMTP_URL: 'smtps://zhibu%40example.edu.cn:a%3Ab@mail.example.edu.cn',
  MAIL_FROM: '支部工作台 <zhibu@example.edu.cn>',
}
const mailServer: MailSettings = {
  ...{ host: 'mail.example.edu.cn', port: 465, tls: 'implicit', user: 'zhibu@example.edu.cn', password: 'a:b' },
  from: { name: '支部工作台', address: 'zhibu@example.edu.cn' },
}
const wecom = { WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1000002', WECOM_SECRET: 'geheim' }
const wecomApplication = {
  endpoint: 'https://qyapi.weixin.qq.com',
  corpId: 'ww1',
  agentId: 1_000_002,
  secret: 'geheim',
}
const dingtalk = { DINGTALK_APP_KEY: 'ding1', DINGTALK_APP_SECRET: 'geheim', DINGTALK_AGENT_ID: '7' }
const robots = [
  { organization: 'GCXY', webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1' },
  { organization: '工程学院党委', webhook: 'https://oapi.dingtalk.com/robot/send?access_token=1', secret: 'SEC1' },
]

const inBucket = {
  CONTENT_STORE: 's3://zhibu',
  S3_ENDPOINT: 'https://s3.example.edu.cn/',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
}
const bucket = {
  endpoint: 'https://s3.example.edu.cn',
  region: 'us-east-1',
  bucket: 'zhibu',
  prefix: '',
  accessKeyId: 'id',
  secretAccessKey: 'secret',
}

test.each<[what: string, env: NodeJS.ProcessEnv, differs: Partial<Config>]>([
  ['nothing set', {}, {}],
  ['empty counts as not set', { PORT: '', DATABASE_URL: '', BASE_URL: '' }, {}],
  ['a data directory', { ZHIBU_DATA: '/srv/zhibu' }, { dataDirectory: '/srv/zhibu' }],
  ['another port', { PORT: '8080' }, { port: 8080, baseUrl: 'http://127.0.0.1:8080' }],
  ['all interfaces', { HOST: '0.0.0.0' }, { host: '0.0.0.0', hosts: everywhere }],
  ['all interfaces of both kinds', { HOST: '::' }, { host: '::', hosts: everywhere }],
  [
    'an IPv6 address',
    { HOST: 'fd00::5' },
    {
      host: 'fd00::5',
      baseUrl: 'http://[fd00::5]:3000',
      hosts: { ...defaults.hosts, names: [...loopback, '[fd00::5]'] },
    },
  ],
  [
    'an address with a slash',
    { BASE_URL: 'https://djgz.example.edu.cn/' },
    { baseUrl: 'https://djgz.example.edu.cn', hosts: { names: ['djgz.example.edu.cn'], anyAddress: false } },
  ],
  ['a server', { DATABASE_URL: 'postgresql://u@h/d' }, { databaseUrl: 'postgresql://u@h/d' }],
  ['metrics', { METRICS_PORT: '9464' }, { metricsPort: 9464 }],
  [
    'a bucket',
    { ...inBucket, CONTENT_STORE: 's3://zhibu/archive/2026/', S3_REGION: 'cn-east-1' },
    { content: { ...defaults.content, bucket: { ...bucket, prefix: 'archive/2026/', region: 'cn-east-1' } } },
  ],
  ['a whole bucket', inBucket, { content: { ...defaults.content, bucket } }],
  ['contents by SM3', { CONTENT_HASH: 'sm3' }, { content: { ...defaults.content, algorithm: 'sm3' } }],
  ['sealed contents', { CONTENT_ENCRYPTION: 'on' }, { content: { ...defaults.content, seals: true } }],
  ['a mail server', mail, { outgoing: { ...defaults.outgoing, mail: mailServer } }],
  [
    'a mail server with STARTTLS, nobody signed in, a sender without a name',
    { SMTP_URL: 'smtp://relay', MAIL_FROM: 'zhibu@example.edu.cn' },
    {
      outgoing: {
        ...defaults.outgoing,
        mail: {
          ...{ host: 'relay', port: 587, tls: 'starttls', user: null, password: null },
          from: { name: '', address: 'zhibu@example.edu.cn' },
        },
      },
    },
  ],
  [
    'a relay without TLS',
    { ...mail, SMTP_URL: 'smtp://[::1]:2525?tls=off' },
    {
      outgoing: {
        ...defaults.outgoing,
        mail: { ...mailServer, host: '::1', port: 2525, tls: 'off', user: null, password: null },
      },
    },
  ],
  ['an application of 企业微信', wecom, { outgoing: { ...defaults.outgoing, wecom: wecomApplication } }],
  [
    'a private 企业微信',
    { ...wecom, WECOM_URL: 'https://wx.example.edu.cn/' },
    { outgoing: { ...defaults.outgoing, wecom: { ...wecomApplication, endpoint: 'https://wx.example.edu.cn' } } },
  ],
  [
    'an application of 钉钉',
    dingtalk,
    {
      outgoing: {
        ...defaults.outgoing,
        dingtalk: {
          ...{ keyEndpoint: 'https://api.dingtalk.com', endpoint: 'https://oapi.dingtalk.com' },
          ...{ appKey: 'ding1', appSecret: 'geheim', agentId: 7 },
        },
      },
    },
  ],
  [
    'robots of groups',
    { GROUP_ROBOTS: JSON.stringify(robots) },
    {
      outgoing: {
        ...defaults.outgoing,
        robots: [
          { channel: 'wecom', organization: 'GCXY', webhook: robots[0]?.webhook ?? '', secret: null },
          { channel: 'dingtalk', organization: '工程学院党委', webhook: robots[1]?.webhook ?? '', secret: 'SEC1' },
        ],
      },
    },
  ],
  ['a folder for scanners', { ZHIBU_WATCHED_FOLDER: '/srv/scans' }, { watchedFolder: '/srv/scans' }],
  [
    'a scanner on a socket',
    { CLAMD: '/run/c.ctl' },
    { content: { ...defaults.content, scanner: { path: '/run/c.ctl' } } },
  ],
  [
    'a scanner elsewhere',
    { CLAMD: 'av:3310' },
    { content: { ...defaults.content, scanner: { host: 'av', port: 3310 } } },
  ],
  [
    'a scanner by IPv6',
    { CLAMD: '[::1]:3310' },
    { content: { ...defaults.content, scanner: { host: '::1', port: 3310 } } },
  ],
])('%s', (_what, env, differs) => {
  expect(readConfig(env)).toEqual({ ...defaults, ...differs })
})

test('the demonstration keeps its data apart', () => {
  const demo = { dataDirectory: path.resolve('data/demo'), isDemo: true }
  expect(readConfig({}, { isDemo: true })).toEqual({ ...defaults, ...demo })
  expect(readConfig({ ZHIBU_DATA: '/srv/zhibu' }, { isDemo: true }).dataDirectory).toBe('/srv/zhibu/demo')
})

describe('is refused', () => {
  test.each<[names: string, env: NodeJS.ProcessEnv]>([
    ['PORT', { PORT: 'abc' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '-1' }],
    ['BASE_URL', { BASE_URL: 'djgz.example.edu.cn' }],
    ['BASE_URL', { BASE_URL: 'ftp://djgz.example.edu.cn' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://u@h/d' }],
    ['DATABASE_CONNECTIONS', { DATABASE_CONNECTIONS: '1' }],
    ['METRICS_PORT', { METRICS_PORT: 'on' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['CONTENT_STORE', { ...inBucket, CONTENT_STORE: 'zhibu' }],
    ['CONTENT_STORE', { ...inBucket, CONTENT_STORE: 's3://zhibu/a b' }],
    ['S3_ENDPOINT', { ...inBucket, S3_ENDPOINT: 's3.example.edu.cn' }],
    ['S3_ENDPOINT', { ...inBucket, S3_ENDPOINT: '' }],
    ['S3_SECRET_ACCESS_KEY', { ...inBucket, S3_SECRET_ACCESS_KEY: '' }],
    ['CONTENT_STORE', { ...inBucket, CONTENT_STORE: '' }],
    ['CONTENT_HASH', { CONTENT_HASH: 'md5' }],
    ['CONTENT_ENCRYPTION', { CONTENT_ENCRYPTION: 'yes' }],
    ['CLAMD', { CLAMD: 'av' }],
    ['CLAMD', { CLAMD: 'av:70000' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'mail.example.edu.cn:25' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'http://mail.example.edu.cn' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'smtps://mail.example.edu.cn?tls=off' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'smtp://mail.example.edu.cn?tls=no' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'smtp://user:%zz@mail.example.edu.cn' }],
    ['MAIL_FROM', { ...mail, MAIL_FROM: '支部工作台' }],
    ['MAIL_FROM', { ...mail, MAIL_FROM: 'a@example.edu.cn, b@example.edu.cn' }],
    ['MAIL_FROM', { ...mail, MAIL_FROM: '' }],
    ['SMTP_URL', { ...mail, SMTP_URL: '' }],
    ['WECOM_SECRET', { ...wecom, WECOM_SECRET: '' }],
    ['WECOM_AGENT_ID', { ...wecom, WECOM_AGENT_ID: 'x' }],
    ['DINGTALK_AGENT_ID', { ...dingtalk, DINGTALK_AGENT_ID: '' }],
    ['GROUP_ROBOTS', { GROUP_ROBOTS: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1' }],
    ['GROUP_ROBOTS', { GROUP_ROBOTS: '[{"organization":"GCXY","webhook":"https://example.edu.cn/"}]' }],
    ['GROUP_ROBOTS', { GROUP_ROBOTS: JSON.stringify([{ ...robots[0], secret: 'SEC1' }]) }],
  ])('%s: %o', (names, env) => {
    expect(() => readConfig(env)).toThrow(ConfigError)
    expect(() => readConfig(env)).toThrow(names)
  })

  test('without showing what must stay secret', () => {
    const secret = 'pa55word'
    for (const env of [
      { ...mail, SMTP_URL: `smtp//u:${secret}@host` },
      { ...mail, SMTP_URL: `smtp://u:${secret}@host`, MAIL_FROM: '' },
      { GROUP_ROBOTS: `[{"webhook":"https://oapi.dingtalk.com/robot/send?access_token=${secret}"}]` },
      { ...wecom, WECOM_SECRET: secret, WECOM_AGENT_ID: '' },
    ]) {
      expect(() => readConfig(env)).toThrow(ConfigError)
      expect(() => readConfig(env)).not.toThrow(secret)
    }
  })

  test('all mistakes are named at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT.*LOG_LEVEL/s)
  })

  test('a demonstration on a real server', () => {
    expect(() => readConfig({ DATABASE_URL: 'postgresql://u@h/d' }, { isDemo: true })).toThrow(ConfigError)
  })
})
