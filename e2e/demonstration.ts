import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser, openPage, phone } from './browser.ts'
import { startServer, type TestServer } from './server.ts'

/** Starts the demonstration for the first time, on a free port and on data that are thrown away. */
export const startDemonstration = (): Promise<TestServer> => startServer({ isDemo: true })

/** The running demonstration with those who are in most of its tests: the secretary of a branch at a desk, and somebody of it without an office on a phone. */
export interface Demonstration {
  browser: Browser
  origin: string
  secretary: Page
  student: Page
  /** Takes a page to a path. */
  open(page: Page, path: string): Promise<unknown>
}

/** Starts the demonstration before the tests of a file and stops it after them. `begin` takes from it what they use, and may sign in others. */
export function demonstrating(begin: (it: Demonstration) => void | Promise<void>): void {
  let server: TestServer
  let browser: Browser
  beforeAll(async () => {
    server = await startDemonstration()
    browser = await launchBrowser()
    const { origin } = server
    await begin({
      ...{ browser, origin, ...(await secretaryAndStudent(browser, origin)) },
      open: (page, path) => page.goto(`${origin}${path}`),
    })
  }, 600_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
}

/** A page of the first person of the demonstration whose name and title contain the words, such as “学院党委 组织员”. */
export async function signedInAs(
  browser: Browser,
  origin: string,
  words: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await openPage(browser, origin, options)
  const person = await demoPerson(page, origin, words)
  await page.request.post(`${origin}/api/accounts/demo/sign-in`, {
    data: { accountId: person.accountId },
    headers: { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin' },
  })
  return page
}

/** What the secretary of the first branch is called there. */
export const secretaryTitle = '软件工程本科生第一党支部 书记'

/** The secretary of a branch at a desk, and somebody of it without an office on a phone. */
export async function secretaryAndStudent(
  browser: Browser,
  origin: string,
): Promise<{ secretary: Page; student: Page }> {
  const secretary = await signedInAs(browser, origin, secretaryTitle)
  const { name } = await somebodyWithoutOffice(secretary, origin)
  return { secretary, student: await signedInAs(browser, origin, name, phone) }
}

/** The first person of the demonstration whose name and title contain the words. */
export async function demoPerson(page: Page, origin: string, words: string) {
  const person = (await demoPeople(page, origin)).find((it) => `${it.name} ${it.title}`.includes(words))
  if (person === undefined) throw new Error(`演示中没有姓名或职务包含“${words}”的人员`)
  return person
}

/** Somebody of the register, as far as tests look at them. */
export interface Listed {
  id: string
  name: string
  studentNumber: string
  organization: { id: string; name: string }
}

/** The persons whom the reader of this page finds in the register by these words. */
export async function found(page: Page, origin: string, words: string): Promise<Listed[]> {
  return (await (await page.request.get(`${origin}/api/people?q=${encodeURIComponent(words)}`)).json()).items
}

/** Somebody who can sign in and holds no office, of those whom the reader of this page sees. */
export async function somebodyWithoutOffice(page: Page, origin: string): Promise<Listed> {
  for (const { name, title } of await demoPeople(page, origin)) {
    const [person] = title.endsWith('党支部') ? await found(page, origin, name) : []
    if (person) return person
  }
  throw new Error('演示中没有这位读者看得到、又没有职务的人员')
}

async function demoPeople(page: Page, origin: string): Promise<{ accountId: string; name: string; title: string }[]> {
  return (await (await page.request.get(`${origin}/api/accounts/demo/people`)).json()).items
}
