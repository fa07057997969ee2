import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'
import { type Broadcasts, openBroadcasts } from './broadcasts.ts'
import { type SignedIn, whoActed, whoActs } from './modules/accounts/actor.ts'
import { accounts } from './modules/accounts/routes.ts'
import { signInRoutes } from './modules/accounts/sign-in.ts'
import { openSignInLibrary } from './modules/accounts/sign-in-library.ts'
import { activityEntries } from './modules/activities/calendar.ts'
import { activityTelling } from './modules/activities/notice-text.ts'
import { activities } from './modules/activities/routes.ts'
import { archive } from './modules/archive/routes.ts'
import { callResultsTelling, callTelling } from './modules/calls/notice-text.ts'
import { calls } from './modules/calls/routes.ts'
import { checkWith } from './modules/certificates/check-routes.ts'
import { certificates } from './modules/certificates/routes.ts'
import { packageFiles } from './modules/courseware/package-routes.ts'
import { courseware } from './modules/courseware/routes.ts'
import { development } from './modules/development/routes.ts'
import { digitization } from './modules/digitization/routes.ts'
import { discussion } from './modules/discussion/routes.ts'
import { exams } from './modules/exams/routes.ts'
import { exchanges } from './modules/exchanges/routes.ts'
import { experts } from './modules/experts/routes.ts'
import { forms } from './modules/forms/routes.ts'
import { guidanceEntries } from './modules/guidance/calendar.ts'
import { guidance } from './modules/guidance/routes.ts'
import { handovers } from './modules/handovers/routes.ts'
import { intake } from './modules/intake/routes.ts'
import { lecturesWith } from './modules/lectures/routes.ts'
import { media } from './modules/media/routes.ts'
import { calendars, calendarWith } from './modules/notices/calendar-routes.ts'
import { type Live, openLive } from './modules/notices/live.ts'
import { noticesWith } from './modules/notices/routes.ts'
import { organization } from './modules/organization/routes.ts'
import { universities } from './modules/organization/tables.ts'
import { people } from './modules/people/routes.ts'
import { publicity } from './modules/publicity/routes.ts'
import { robotsText, siteWith } from './modules/publicity/site-routes.ts'
import { articleTelling } from './modules/publicity/telling.ts'
import { quizzesWith } from './modules/quizzes/routes.ts'
import { KeptCards } from './modules/reports/kept.ts'
import { reportsWith } from './modules/reports/routes.ts'
import { search } from './modules/search/routes.ts'
import { postCallEntries, successionEntries } from './modules/talent/calendar.ts'
import { talent } from './modules/talent/routes.ts'
import { trainingEntries } from './modules/training/calendar.ts'
import { training } from './modules/training/routes.ts'
import { addressOf, networkOf } from './platform/address.ts'
import { type ApiDocument, describeApi } from './platform/api-document.ts'
import { apiPage, apiStyles } from './platform/api-page.ts'
import type { Config } from './platform/config.ts'
import type { Contents } from './platform/content/content.ts'
import { uploadPartBytes } from './platform/content/incoming-schema.ts'
import { type Database, answers as databaseAnswers } from './platform/database.ts'
import type { FieldEncryption } from './platform/encryption.ts'
import { refuseUnknownHosts } from './platform/hosts.ts'
import { type Env, onError } from './platform/http.ts'
import { newId } from './platform/ids.ts'
import { nothingOutgoing, type Outgoing } from './platform/outgoing.ts'
import type { PageReader } from './platform/pages/page-reader.ts'
import { rateLimit } from './platform/rate-limit.ts'
import { Refusal } from './platform/refusal.ts'
import { logRequests } from './platform/request-log.ts'
import type { Secrets } from './platform/secrets.ts'
import { refuseForeignWrites, securityHeaders } from './platform/security.ts'
import { sessionCookie } from './platform/session.ts'
import type { SetupGuard } from './platform/setup-code.ts'
import { dayInChina } from './platform/today.ts'
import { turns } from './platform/turns.ts'
import { webPages } from './platform/web-pages.ts'

/** Everything the server stands on. */
export interface Ground {
  config: Config
  secrets: Secrets
  encryption: FieldEncryption
  database: Database
  contents: Contents
  pageReader: PageReader
  /** Nothing where it is left out. */
  outgoing?: Outgoing
  log: Logger
  /** The folder with the built web pages; null serves the API only. */
  webFolder: string | null
  /** Stands before the first set-up; without it nobody sets up. */
  setupGuard?: SetupGuard | null
  /** Tells open pages what has changed; without it one of the app's own. */
  live?: Live
  /** The same for lectures and rooms. */
  broadcasts?: Broadcasts
  /** The clock; another one in tests. */
  now?: () => Date
}

/** The parts of the interface as its description names them. */
const parts = {
  auth: '登录',
  organization: '组织',
  people: '人员',
  accounts: '账号',
  archive: '电子档案',
  development: '发展党员',
  handovers: '档案移交',
  intake: '导入',
  forms: '表格',
  digitization: '纸质材料整理',
  notices: '通知',
  media: '素材',
  publicity: '宣传',
  activities: '活动',
  lectures: '讲座',
  calls: '征集',
  quizzes: '答题',
  discussion: '交流',
  courseware: '课件',
  exams: '考试',
  guidance: '一对一指导',
  exchanges: '经验交流',
  experts: '专家',
  certificates: '证书',
  training: '培训',
  talent: '工作队伍',
  reports: '统计',
  search: '查找',
}

const megabyte = 1024 * 1024

/** The most that a request may carry: spreadsheets to the import, templates of forms, Word documents for articles, parts of files to the archive and to the pictures, the questions of a set, and what is filled in elsewhere. */
const bodyLimits = { upload: 64 * megabyte, part: uploadPartBytes, questions: 4 * megabyte, elsewhere: megabyte }

/** How often may be asked: each account for itself; all who are not signed in, by network address, and calendars and the pages for visitors so; sign-in more strictly. */
const rates = {
  account: { burst: 600, perSeconds: 60 },
  address: { burst: 600, perSeconds: 60 },
  signIn: { burst: 60, perSeconds: 60 },
  calendar: { burst: 300, perSeconds: 60 },
  visitor: { burst: 600, perSeconds: 60 },
}

/** How many heavy works are done at a time: each takes a connection and the processor for seconds. */
const heavyAtATime = 2

/** The web server: read from above to below, this is what happens to a request. */
export function createApp(ground: Ground): Hono<Env> {
  const { config, secrets, encryption, database, contents, pageReader, log, webFolder } = ground
  const { outgoing = nothingOutgoing, setupGuard = null, now = () => new Date() } = ground
  const live = ground.live ?? openLive(database, (err) => log.error({ err }, 'pages could not be told of notices'))
  const broadcasts = ground.broadcasts ?? openBroadcasts(database, log)
  const isSecure = config.baseUrl.startsWith('https:')
  const cookie = sessionCookie(secrets.session, isSecure)
  const university = universityOf(database)
  const library = openSignInLibrary({ database, config, secret: secrets.session, university, log })

  const app = new Hono<Env>()
  app.onError(onError)

  app.use(async (c, next) => {
    const at = now()
    c.set('requestId', newId())
    c.set('now', at)
    c.set('today', dayInChina(at))
    c.set('address', addressOf(c, config.proxies))
    c.set('config', config)
    c.set('database', database)
    c.set('encryption', encryption)
    c.set('contents', contents)
    c.set('pageReader', pageReader)
    c.set('outgoing', outgoing)
    c.set('isUnlogged', false)
    c.set('log', log)
    c.set('sessionCookie', cookie)
    c.set('setupGuard', setupGuard)
    c.set('tenantId', null)
    c.set('actor', null)
    c.set('session', null)
    c.set('proof', null)
    await next()
  })
  app.use(logRequests())
  app.use(securityHeaders({ isSecure }))

  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const isReady = await databaseAnswers(database)
    return c.json({ status: isReady ? 'ok' : 'no database' }, isReady ? 200 : 503)
  })

  app.use(refuseUnknownHosts(config.hosts))
  const api = new Hono<Env>()
  api.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  })
  api.use(refuseForeignWrites(config.baseUrl))
  const [large, small] = [limitBody(bodyLimits.upload), limitBody(bodyLimits.elsewhere)]
  const [part, questions] = [limitBody(bodyLimits.part), limitBody(bodyLimits.questions)]
  api.use((c, next) => {
    if (isUpload(c.req.path)) return large(c, next)
    if (areQuestions(c.req.path)) return questions(c, next)
    return isPart(c.req) ? part(c, next) : small(c, next)
  })

  const limits = limitsOf(() => now().getTime())
  api.use('/auth/*', async (c, next) => {
    if (c.req.method === 'POST') refuseBusy(limits.signIn.take(networkOf(c.var.address)))
    await next()
  })
  api.use(async (c, next) => {
    const tenantId = await university()
    const token = cookie.read(c.req.header('cookie'))
    const moment = { now: c.var.now, today: c.var.today, isDemo: config.isDemo }
    const accept = (signedIn: SignedIn | null) => {
      c.set('actor', signedIn?.actor ?? null)
      c.set('session', signedIn?.session ?? null)
      refuseBusy(
        signedIn ? limits.account.take(signedIn.session.accountId) : limits.address.take(networkOf(c.var.address)),
      )
      if (signedIn?.session.needsSecondFactor && !isOpenWithoutSecondFactor(c.req.path)) {
        throw new Refusal('forbidden', '管理员账号须先绑定动态口令，才能使用其他功能。请打开“本人账号”页面完成绑定。')
      }
    }
    const recognize = async (how = { isUse: true }) => {
      const at = now()
      const anew = { ...moment, ...how, now: at, today: dayInChina(at) }
      accept(tenantId && token ? await whoActs(database, tenantId, token, anew) : null)
    }
    c.set('tenantId', tenantId)
    c.set('recognize', recognize)
    const remembered = tenantId && token && isOneTransaction(c.req.path) ? whoActed(tenantId, token, moment) : null
    c.set('proof', remembered?.proof ?? null)
    if (remembered) accept(remembered)
    else await recognize()
    await next()
  })

  const takeTurn = turns(heavyAtATime)
  api.use(async (c, next) => {
    const { session } = c.var
    if (session === null || !mayBeHeavy(c.req)) return next()
    // A body that never comes keeps nobody waiting.
    const body = await c.req.text()
    if (c.req.path.endsWith('/batches') && isLightBatch(body)) return next()
    const isDone = await takeTurn(session.accountId, async () => {
      await next()
      return true
    })
    if (isDone === null)
      throw new Refusal(
        'too-many',
        '您的另一项导出、批量预审、封存、移交、接收或核验还在进行。请等它完成，再做这一项。',
      )
  })

  // The two long answers of the first page, which carry no ETag that a compressed form would weaken.
  for (const path of ['/organization/tree', '/development/dues']) api.use(path, compress({ encoding: 'gzip' }))

  api.route('/auth', signInRoutes(library))
  api.route('/organization', organization)
  api.route('/people', people)
  api.route('/accounts', accounts)
  api.route('/archive', archive)
  api.route('/development', development)
  api.route('/handovers', handovers)
  api.route('/intake', intake)
  api.route('/forms', forms)
  api.route('/digitization', digitization)
  api.route('/notices/calendars', calendars)
  api.route(
    '/notices',
    noticesWith(live, {
      article: articleTelling,
      activity: activityTelling,
      call: callTelling,
      callResults: callResultsTelling,
    }),
  )
  api.route('/media', media)
  api.route('/publicity', publicity)
  api.route('/activities', activities)
  api.route('/lectures', lecturesWith(broadcasts.lectures))
  api.route('/quizzes', quizzesWith(broadcasts.rooms))
  api.route('/calls', calls)
  api.route('/discussion', discussion)
  api.route('/courseware', courseware)
  api.route('/exams', exams)
  api.route('/guidance', guidance)
  api.route('/exchanges', exchanges)
  api.route('/experts', experts)
  api.route('/certificates', certificates)
  api.route('/training', training)
  api.route('/talent', talent)
  api.route('/reports', reportsWith(new KeptCards(now)))
  api.route('/search', search)
  let described: Promise<ApiDocument> | undefined
  const describe = () => {
    described ??= describeApi(app, parts, cookie.name)
    return described
  }
  api.get('/openapi.json', async (c) => c.json(await describe()))
  api.get('/docs', async (c) => c.html(apiPage(await describe(), '/api/docs.css')))
  api.get('/docs.css', (c) => c.body(String(apiStyles), 200, { 'content-type': 'text/css; charset=utf-8' }))
  api.all('*', () => {
    throw new Refusal('not-found', '没有这个接口。可用的接口见 /api/docs。')
  })

  app.route('/api', api)
  // Read by programs without a session: the secret of its owner stands in the address.
  app.use('/calendar/*', async (c, next) => {
    refuseBusy(limits.calendar.take(networkOf(c.var.address)))
    c.set('tenantId', await university())
    await next()
  })
  app.route(
    '/calendar',
    calendarWith({
      ofPlaces: [activityEntries, postCallEntries],
      ofPersons: [guidanceEntries, trainingEntries, successionEntries],
    }),
  )
  // Read by everybody. A session shows what is for members, too; without the second factor that an administrator owes it shows nothing more.
  const admitReader = async (c: HonoContext<Env>) => {
    const tenantId = await university()
    c.set('tenantId', tenantId)
    const token = cookie.read(c.req.header('cookie'))
    const moment = { now: c.var.now, today: c.var.today, isDemo: config.isDemo }
    const signedIn = tenantId && token ? await whoActs(database, tenantId, token, moment) : null
    const isReader = signedIn !== null && !signedIn.session.needsSecondFactor
    refuseBusy(
      isReader ? limits.account.take(signedIn.session.accountId) : limits.visitor.take(networkOf(c.var.address)),
    )
    if (!isReader) return
    c.set('actor', signedIn.actor)
    c.set('session', signedIn.session)
  }
  // Read by the pages of packages, which have no session: what lets them in stands in the address.
  app.use('/scorm/*', async (c, next) => {
    c.set('tenantId', await university())
    await next()
  })
  app.route('/scorm', packageFiles())
  app.get('/site/', (c) => c.redirect('/site', 308))
  app.route('/site', siteWith(admitReader))
  // Asked by whoever holds a certificate in hand, as a visitor: a session shows nothing more.
  const admitVisitor = async (c: HonoContext<Env>) => {
    c.set('tenantId', await university())
    refuseBusy(limits.visitor.take(networkOf(c.var.address)))
  }
  app.get('/check/', (c) => c.redirect('/check', 308))
  app.route('/check', checkWith(admitVisitor))
  app.get('/robots.txt', robotsText)
  if (webFolder) app.route('/', webPages(webFolder))
  app.notFound((c) => onError(new Refusal('not-found', '没有这个页面。'), c))
  return app
}

/** Refuses a body that is too large: by its announced size, and only without one by counting, which makes the request anew. */
function limitBody(maxSize: number): MiddlewareHandler {
  const tooLarge = () => {
    throw new Refusal('too-large', `提交的内容超过 ${maxSize / megabyte} MB，请拆分后再提交。`)
  }
  const counting = bodyLimit({ maxSize, onError: tooLarge })
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const size = c.req.header('content-length')
    if (size === undefined || c.req.header('transfer-encoding') !== undefined) return counting(c, next)
    return Number(size) <= maxSize ? next() : tooLarge()
  }
}

/** Where the body is a file. */
const isUpload = (path: string): boolean =>
  /^\/api\/(intake\/imports(\/[^/]+\/file)?|forms\/templates(\/[^/]+\/versions)?|publicity\/imports)$/.test(path)

/** Where the body is many questions of a set or a bank. */
const areQuestions = (path: string): boolean => /^\/api\/(quizzes|exams\/banks)\/[^/]+\/questions$/.test(path)

/** Where the body is a part of a file that comes in parts. */
const isPart = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'PATCH' && /^\/api\/(archive|media|courseware)\/uploads\/[^/]+$/.test(path)

/**
 * What takes seconds where there is much of it: lists that are written out, pre-checks of many files, the journal against its seals,
 * files of the archive that are closed, examined, packed and taken over.
 */
const mayBeHeavy = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST'
    ? heavyPosts.test(path)
    : (method === 'GET' || method === 'HEAD') &&
      /\/marked\.xlsx$|\/journal\/verification$|^\/api\/(archive\/(seals|receptions)|handovers)\/[^/]+\/(package\.zip|catalogue\.pdf|receipt\.pdf|list\.pdf)$/.test(
        path,
      )

const heavyPosts =
  /\/exports$|^\/api\/development\/batches(\/[^/]+\/runs)?$|^\/api\/archive\/(seals(\/[^/]+\/examination)?|receptions(\/checks)?)$|^\/api\/handovers(\/previews)?$/

/** A batch of some two hundred named persons is done before a turn has come. */
const isLightBatch = (body: string): boolean => body.length < 8_000 && !body.includes('"matching"')

/** Routes that do nothing for an actor but in one transaction, which proves who acts. The most used of them all. */
const isOneTransaction = (path: string): boolean => path.startsWith('/api/development/')

/** What an administrator may do before the second factor: see who they are, set it up, change the password, leave. */
function isOpenWithoutSecondFactor(path: string): boolean {
  return path === '/api/accounts/session' || path === '/api/accounts/entrance' || path.startsWith('/api/auth/')
}

const limitsOf = (now: () => number) => ({
  account: rateLimit(rates.account, now),
  address: rateLimit(rates.address, now),
  signIn: rateLimit(rates.signIn, now),
  calendar: rateLimit(rates.calendar, now),
  visitor: rateLimit(rates.visitor, now),
})

function refuseBusy(waitSeconds: number): void {
  if (waitSeconds > 0) throw new Refusal('too-many', `操作过于频繁，请 ${waitSeconds} 秒后再试。`)
}

/** The one university of the installation; asked for until there is one, which then stays. */
function universityOf(database: Database): () => Promise<string | null> {
  let known: string | null = null
  return async () => {
    if (known === null) {
      const [row] = await database.app
        .select({ id: universities.id })
        .from(universities)
        .orderBy(universities.createdAt)
        .limit(1)
      known = row?.id ?? null
    }
    return known
  }
}
