import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPage, phone } from './browser.ts'
import { startServer, type TestServer } from './server.ts'

/** Starts the demonstration for the first time, on a free port and on data that are thrown away. */
export const startDemonstration = (): Promise<TestServer> => startServer({ isDemo: true })

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
    headers: fromPage,
  })
  return page
}

/** What the pages send with every write, so that the server takes it for one of theirs. */
const fromPage = { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin' }

/**
 * Asks the API as who is signed in on the page, for what another journey does by clicks. `tagOf` is what has to be read before, so that the write is of that
 * revision. Fails unless it is answered as wished.
 */
export const asking =
  (page: Page, origin: string) => async (method: string, path: string, data?: object, tagOf?: string) => {
    const tag = tagOf === undefined ? undefined : (await page.request.get(`${origin}/api${tagOf}`)).headers().etag
    const answer = await page.request.fetch(`${origin}/api${path}`, {
      method,
      headers: { ...fromPage, ...(tag !== undefined && { 'if-match': tag }) },
      ...(data && { data }),
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return answer.status() === 204 ? undefined : answer.json()
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
