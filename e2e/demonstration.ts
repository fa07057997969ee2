import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPage } from './browser.ts'
import { startServer, type TestServer } from './server.ts'

/** Starts the demonstration on a free port and on data that are thrown away. */
export const startDemonstration = (): Promise<TestServer> => startServer('--demo')

/** A page of the first person of the demonstration whose name and title contain the words, such as “学院党委 组织员”. */
export async function signedInAs(
  browser: Browser,
  origin: string,
  words: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await openPage(browser, origin, options)
  const { request } = page.context()
  const people = await (await request.get(`${origin}/api/accounts/demo/people`)).json()
  const person = people.items.find((it: { name: string; title: string }) => `${it.name} ${it.title}`.includes(words))
  if (person === undefined) throw new Error(`演示中没有姓名或职务包含“${words}”的人员`)
  await request.post(`${origin}/api/accounts/demo/sign-in`, {
    data: { accountId: person.accountId },
    headers: { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin' },
  })
  return page
}
