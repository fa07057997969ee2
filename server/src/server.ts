import { once } from 'node:events'
import path from 'node:path'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { buildWeb } from '../../web/build.ts'
import { createApp } from './app.ts'
import { openBroadcasts } from './broadcasts.ts'
import { openData } from './data.ts'
import { seedDemo } from './demo/seed.ts'
import { handlersOf, timetable } from './jobs.ts'
import { isSetUp } from './modules/accounts/setup.ts'
import { openLive } from './modules/notices/live.ts'
import { openPostOffice } from './modules/notices/posting.ts'
import { keepIndexing } from './modules/search/jobs.ts'
import { isCode } from './platform/binaries.ts'
import { ClusterInUse } from './platform/cluster.ts'
import { type Config, ConfigError, readConfig } from './platform/config.ts'
import { openContent } from './platform/content/content.ts'
import { fieldEncryption } from './platform/encryption.ts'
import { type JobWatch, startJobs } from './platform/jobs.ts'
import { openLog } from './platform/log.ts'
import { databaseRestarts, jobsGivenUp, serveMetrics } from './platform/metrics.ts'
import { openOutgoing } from './platform/outgoing.ts'
import { clearWorkplaces } from './platform/packages/workplace.ts'
import { openPageReader } from './platform/pages/page-reader.ts'
import { openRecogniser } from './platform/recognition/recogniser.ts'
import { keepSealing } from './platform/seals.ts'
import { readSecrets } from './platform/secrets.ts'
import { makeSetupCode } from './platform/setup-code.ts'
import { webServer } from './platform/web-server.ts'

/** Runs the server until a signal stops it. What the set-up got wrong is said in a sentence, and the process ends with 1. */
export async function main(): Promise<void> {
  try {
    await run()
  } catch (error) {
    console.error(explained(error))
    process.exit(1)
  }
}

async function run(): Promise<void> {
  const config = readConfig(process.env, { isDemo: process.argv.includes('--demo') })
  const log = openLog(config)
  const running: Running = []
  stopOnSignal(running, log)
  try {
    await start(config, log, running)
  } catch (error) {
    await stopAll(running)
    throw error
  }
}

/** How to stop each part that runs, in the order of their starts. */
type Running = (() => Promise<void>)[]

/** Everything in the order in which it is needed. */
async function start(config: Config, log: Logger, running: Running): Promise<void> {
  const secrets = await readSecrets(config.dataDirectory)
  const encryption = fieldEncryption(secrets)
  const building = buildWeb()
  building.catch(() => undefined)
  const { database, close } = await openData(config, (failure) => reportRestart(log, failure))
  running.push(close)
  await clearWorkplaces()
  const contents = openContent(config, secrets)
  if (config.isDemo) await seedDemo(database, encryption, contents.store)

  running.push(keepSealing(database, (err) => log.error({ err }, 'sealing the journal failed')))
  running.push(keepIndexing(database, (err) => log.error({ err }, 'indexing for the search failed')))
  const pageReader = await openPageReader(path.join(config.dataDirectory, 'pages'), (err) =>
    log.warn({ err }, 'a document could not be read'),
  )
  running.push(() => pageReader.close())
  const recogniser = openRecogniser()
  running.push(async () => recogniser.close())
  const outgoing = openOutgoing(config.outgoing)
  running.push(async () => outgoing.close())
  const { watchedFolder } = config
  const { baseUrl } = config
  const postGround = { database, encryption, outgoing, baseUrl, log }
  const postOffice = openPostOffice(postGround)
  const workshop = { database, encryption, contents, pageReader, recogniser, log, postOffice, postGround }
  const account = outgoing.officialAccount
  const handlers = handlersOf({
    ...workshop,
    watchedFolder,
    account,
    baseUrl,
    ownFonts: path.join(config.dataDirectory, 'fonts'),
  })
  running.push(await startJobs(database.address, handlers, { timetable, watch: watchJobs(log) }))
  running.push(() => postOffice.stop())
  if (config.metricsPort !== null) running.push(await serveMetrics(config.metricsPort))

  const setup = (await isSetUp(database)) ? null : makeSetupCode()
  const webFolder = await building
  const setupGuard = setup?.guard ?? null
  const live = openLive(database, (err) => log.error({ err }, 'pages could not be told of notices'))
  const broadcasts = openBroadcasts(database, log)
  const parts = { config, secrets, encryption, database, contents, pageReader, outgoing, log }
  const app = createApp({ ...parts, webFolder, setupGuard, live, broadcasts })
  running.push(await listen(app, config))
  running.push(() => live.close())
  running.push(() => broadcasts.close())
  console.log(`支部工作台已启动，请在浏览器中打开 ${config.baseUrl} （按 Ctrl-C 停止）`)
  if (setup) tellSetupCode(setup.code, config.baseUrl)
}

const watchJobs = (log: Logger): JobWatch => ({
  failed: (err, kind) => log.error({ err, kind }, 'a job failed'),
  interrupted: (kind, times) =>
    log.warn({ kind, times }, 'a server ended in the middle of a job, which is begun again'),
  givenUp(kind, past) {
    jobsGivenUp.inc({ kind })
    log.error({ kind, ...past }, 'a job is given up: npx zhibu jobs lists it and can begin it again')
  },
})

/** On standard error: the log, which may be kept and read by others, goes to standard output. */
function tellSetupCode(code: string, baseUrl: string): void {
  console.error(`
首次设置码：${code}
系统中还没有学校。请打开 ${baseUrl}/setup ，填写此码并完成首次设置。此码只在这里显示；设置完成后作废，重新启动会换新码。
`)
}

async function stopAll(running: Running): Promise<void> {
  for (const stop of running.splice(0).reverse()) await stop()
}

/** Accepts requests; the returned function lets the running ones end, for ten seconds at most. */
async function listen({ fetch }: Pick<Hono, 'fetch'>, { host, port }: Config): Promise<() => Promise<void>> {
  const server = webServer(fetch)
  await once(server.listen(port, host), 'listening')
  return () =>
    new Promise((resolve) => {
      // A connection that has had its answer would stay open for the next request, which a browser sends on and on.
      const closing = setInterval(() => server.closeIdleConnections(), 100)
      server.close(() => {
        clearInterval(closing)
        resolve()
      })
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 10_000).unref()
    })
}

/** The first signal stops in good order, the second at once. */
function stopOnSignal(running: Running, log: Logger): void {
  let isStopping = false
  const stop = () => {
    if (isStopping) process.exit(1)
    isStopping = true
    stopAll(running).then(
      () => process.exit(0),
      (err: unknown) => {
        log.fatal({ err }, 'could not stop in good order')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}

function reportRestart(log: Logger, failure: Error | null): void {
  if (failure instanceof ClusterInUse) {
    log.fatal({ err: failure }, 'another process has taken over the data')
    process.exit(1)
  }
  if (failure) log.error({ err: failure }, 'the database has died and cannot be started yet')
  else {
    databaseRestarts.inc()
    log.warn('the database had died and was started again')
  }
}

/** Mistakes of the set-up in a sentence, which explains them better than a stack; anything else as it is. */
function explained(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof ClusterInUse) return error.message
  if (!isListening(error)) return unusablePlace(error) ?? error
  const { port, address, code } = error
  const variable = String(port) === process.env.METRICS_PORT ? 'METRICS_PORT' : 'PORT'
  if (code === 'EADDRINUSE') {
    return `端口 ${port} 已被其他程序占用。请停止那个程序，或换一个端口再启动，如 ${variable}=${port + 1}。 (The port is in use: stop the other program, or choose another port.)`
  }
  if (code === 'EACCES') {
    return `没有权限使用端口 ${port}。请换用 1024 以上的端口再启动，如 ${variable}=3000。 (Choose a port above 1024.)`
  }
  return `本机没有 ${address} 这个地址，无法监听。请改正 HOST，只在本机使用时可以不设。 (HOST is no address of this machine.)`
}

/** What is wrong with the place that the data were to go to, if that is it. */
function unusablePlace(error: unknown): string | undefined {
  const reasons = {
    EACCES: '没有写入权限。请改正目录的所有者或权限',
    EPERM: '没有写入权限。请改正目录的所有者或权限',
    EROFS: '所在的文件系统只读。请改为可以写入',
    ENOSPC: '所在的磁盘空间不足。请腾出空间',
    ENOENT: '这里不能新建目录。请先建好它',
    EEXIST: '是一个文件，不是目录。请移走这个文件',
    ENOTDIR: '上级是一个文件，不是目录。请移走那个文件',
  }
  if (!(error instanceof Error && 'path' in error)) return undefined
  const reason = Object.entries(reasons).find(([code]) => isCode(error, code))?.[1]
  if (reason === undefined) return undefined
  return `无法使用 ${error.path}：${reason}，或用 ZHIBU_DATA 指定另一个目录。 (${error.message})`
}

/** Whether the server could not listen on its port. */
function isListening(error: unknown): error is Error & { code: string; port: number; address: string } {
  if (!isCode(error, 'EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL') || !(error instanceof Error)) return false
  return 'syscall' in error && error.syscall === 'listen' && 'port' in error && 'address' in error
}
