import { expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'

test('a real server has no demonstration', async () => {
  const server = await testApp()
  const { id: accountId } = server.accounts.secretary
  expect((await server.browser().get('/api/accounts/demo/people')).status).toBe(404)
  const browser = server.browser()
  expect((await browser.post('/api/accounts/demo/sign-in', { accountId })).status).toBe(404)
  expect(browser.cookies.size).toBe(0)
})

test('the demonstration offers people of each role, and anybody may be one of them', async () => {
  const server = await testApp({ isDemo: true })
  for (let nth = 0; nth < 6; nth++) await server.account({ name: `学生${nth}` })
  const { items } = await (await server.browser().get('/api/accounts/demo/people')).json()
  const titles = items.map((it: { title: string; name: string }) => `${it.title} ${it.name}`.trim())
  expect(titles).toEqual(
    expect.arrayContaining([
      '临江大学党委 组织部 冯景行',
      '云山学院党委 组织员 吴远舟',
      '云山学院本科生第一党支部 书记 李晓岚',
      '系统管理员 sysadmin',
      '安全管理员 secadmin',
      '审计员 auditor',
    ]),
  )
  expect(items.filter((it: { title: string; name: string }) => it.name.startsWith('学生')).length).toBeLessThanOrEqual(
    4,
  )

  const browser = server.browser()
  const signedIn = await browser.post('/api/accounts/demo/sign-in', { accountId: server.accounts.sysadmin.id })
  expect(signedIn.status).toBe(204)
  expect(await (await browser.get('/api/accounts/session')).json()).toMatchObject({
    name: 'sysadmin',
    administrator: { role: 'sysadmin', label: '系统管理员' },
    needsSecondFactor: false,
    isDemo: true,
  })
  const gone = await browser.post('/api/accounts/demo/sign-in', { accountId: '0190f1a0-0000-7000-8000-000000000000' })
  expect(gone.status).toBe(404)
})
