import { readFileSync } from 'node:fs'
import { access, constants, copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import axe, { type RunOptions } from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/**
 * Starts a headless Chromium: the one `$CHROMIUM_PATH` names, else one that Debian has installed, else the one in the
 * npm package `@sparticuz/chromium`, unpacked once per user with a Chinese font. Needs neither root nor a network.
 * `more` are further switches of the browser. Close it with `browser.close()`.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  for (const executablePath of installed) {
    if (await isExecutable(executablePath)) {
      return chromium.launch({ executablePath, args: ['--no-sandbox', ...more], env: inUtf8 })
    }
  }
  return launchFromPackage(more)
}

/** Where the machine names no language, a browser saves files with Chinese names as “download”. */
const inUtf8 = { ...process.env, LC_ALL: 'C.UTF-8' }

/** A page in a context of its own, as a new device is, watched for complaints. Close it with `page.context().close()`. */
export async function openPage(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', ...options })
  // Nothing is timed here: a busy machine may be slow, and what hangs is stopped all the same.
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  watchPage(page, origin)
  return page
}

/** How pages are looked at: at a desk by day, on a phone by night. */
export const looks = [
  { name: 'wide and light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'narrow and dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

/** A page on a phone by night. */
export const phone = {
  viewport: looks[1].viewport,
  colorScheme: looks[1].colorScheme,
  isMobile: true,
  hasTouch: true,
} satisfies BrowserContextOptions

/**
 * What is wrong with a page as it stands: everything in each of the looks, and in the same place the contrast of the other
 * colours, which is all that they change. `isWider` where it has to be pushed sideways. Empty is well.
 */
export async function checkLooks(page: Page): Promise<Record<string, PageComplaints & { isWider: boolean }>> {
  const wrong: Record<string, PageComplaints & { isWider: boolean }> = {}
  for (const { name, viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    const found = await checkPage(page)
    const isWider = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    if (isWider || Object.values(found).some((it) => it.length > 0)) wrong[name] = { ...found, isWider }
    await page.emulateMedia({ colorScheme: colorScheme === 'light' ? 'dark' : 'light' })
    const accessibility = await findingsOn(page, ['color-contrast'])
    if (accessibility.length > 0)
      wrong[`${name}, in the other colours`] = { accessibility, console: [], external: [], isWider }
  }
  await page.setViewportSize(looks[0].viewport)
  await page.emulateMedia({ colorScheme: looks[0].colorScheme })
  return wrong
}

/** What is wrong with a page: accessibility findings, messages on the console, requests to another host. Empty is well. */
export interface PageComplaints {
  accessibility: string[]
  console: string[]
  external: string[]
}

/**
 * Watches a page from now on for errors on the console, uncaught errors and requests to another host than `origin`.
 * Call it before the first `goto`; `checkPage` then tells what was seen.
 */
export function watchPage(page: Page, origin: string): void {
  const seen = { console: [] as string[], external: [] as string[] }
  watched.set(page, seen)
  page.on('console', (message) => {
    // A refusal (4xx) is an answer like any other; the browser notes it as if it were a fault.
    if (/^Failed to load resource: .* status of 4\d\d/.test(message.text())) return
    if (message.type() === 'error' || message.type() === 'warning') seen.console.push(message.text())
  })
  page.on('pageerror', (error) => seen.console.push(String(error)))
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(data|blob|about):/.test(url) && new URL(url).origin !== origin) seen.external.push(url)
  })
}

/** Runs axe on the page as it is now and adds what `watchPage` has seen so far. */
export async function checkPage(page: Page): Promise<PageComplaints> {
  return { accessibility: await findingsOn(page), ...(watched.get(page) ?? { console: [], external: [] }) }
}

/** Whether the browser would ask before it leaves the page, because something typed has not been sent. */
export const isAskedBeforeLeaving = (page: Page): Promise<boolean> =>
  page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))

/** What axe finds on the page as it is now, by all of its rules or by some. */
async function findingsOn(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(comeToRest)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(async (values) => {
    // In frames there are documents of others, and nothing may run in them, not even this.
    const options: RunOptions = { resultTypes: ['violations'], iframes: false }
    if (values) options.runOnly = values
    return (await window.axe.run(document, options)).violations
  }, rules)
  return violations.flatMap((it) =>
    it.nodes.map((node) => `${it.id}: ${node.html}\n  ${node.failureSummary ?? it.help}`),
  )
}

declare global {
  interface Window {
    axe: Axe
  }
}

type Axe = Pick<typeof axe, 'run'>

/**
 * Ends when colours that were changed have passed into one another: half way there is no contrast. It looks at each frame, since a
 * transition does not always say that it has finished.
 */
async function comeToRest(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const isMoving = (it: Animation) =>
    it.playState === 'running' && it.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY
  await frame()
  do await frame()
  while (document.getAnimations().some(isMoving))
}

const watched = new WeakMap<Page, { console: string[]; external: string[] }>()

const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].filter(
  (it) => it !== undefined,
)

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}

const version: unknown = JSON.parse(
  readFileSync(path.join(folderOf('@sparticuz/chromium'), 'package.json'), 'utf8'),
).version

/** A folder per user and version: another user's unpacked browser could be neither run nor trusted. */
const home = path.join(os.tmpdir(), `zhibu-chromium-${os.userInfo().uid}-${version}`)

async function launchFromPackage(more: readonly string[]): Promise<Browser> {
  const executablePath = path.join(home, 'chromium')
  if (!(await isOwn(executablePath))) await unpack()
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--font-render-hinting=none', ...more],
    env: {
      ...inUtf8,
      LD_LIBRARY_PATH: path.join(home, 'al2023', 'lib'),
      FONTCONFIG_PATH: path.join(home, 'fonts'),
      HOME: home,
    },
  })
}

/** Whether the file is there and nobody else has put it there. */
async function isOwn(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined)
  return found !== undefined && (process.getuid === undefined || found.uid === process.getuid())
}

/** Unpacks into a folder of its own and moves it into place, so that several processes may do so at once. */
async function unpack(): Promise<void> {
  const unfinished = `${home}.${process.pid}`
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  await withTemporaryFolder(unfinished, async () => (await import('@sparticuz/chromium')).default.executablePath())
  const fonts = path.join(folderOf('@embedpdf/fonts-sc'), 'fonts')
  for (const font of ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf']) {
    await copyFile(path.join(fonts, font), path.join(unfinished, 'fonts', font))
  }
  await writeFile(path.join(unfinished, 'fonts', 'fonts.conf'), fontsConf)
  await rename(unfinished, home).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true })
    if (!(await isOwn(path.join(home, 'chromium')))) throw error
  })
}

/** Only the fonts of this folder: a picture then looks the same on every machine. */
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(home, 'fonts')}</dir>
  <cachedir>${path.join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`

/** The package takes its place from the temporary folder, and its libraries only where it believes itself in a cloud function. */
async function withTemporaryFolder<Result>(folder: string, run: () => Promise<Result>): Promise<Result> {
  const before = { ...process.env }
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' })
  try {
    return await run()
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'FONTCONFIG_PATH', 'LD_LIBRARY_PATH', 'HOME']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

function folderOf(dependency: string): string {
  return path.join(import.meta.dirname, '../node_modules', dependency)
}
