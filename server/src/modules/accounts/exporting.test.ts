import { describe, expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { linesIn } from '../../../test/workbooks.ts'

const app = await testApp()
const sysadmin = await app.signedIn(app.accounts.sysadmin)
const auditor = await app.signedIn(app.accounts.auditor)
const department = await app.signedIn(app.accounts.department)
const secretary = await app.signedIn(app.accounts.secretary)
const named = await app.account({ name: '韩有密', userName: 'han.youmi', hasPassword: true })
await sysadmin.put(`/api/accounts/${named.id}/lock`, { reason: '调离本校' })

describe('accounts, written out', () => {
  test('as they are filtered, without a secret', async () => {
    const [head, ...lines] = await linesIn(await sysadmin.post('/api/accounts/exports', { q: '韩' }))
    expect(head).toEqual(['姓名', '用户名', '三员职责', '现任职务', '状态', '密码', '动态口令', '邀请有效期至'])
    expect(lines).toEqual([['韩有密', 'han.youmi', '', '', '已停用', '已设置', '未绑定', '']])
  })

  test('the organisation department sees those of persons only; who keeps no accounts sees none', async () => {
    const [, ...lines] = await linesIn(await department.post('/api/accounts/exports'))
    expect(lines.map((line) => line[2]).filter((it) => it !== '')).toEqual([])
    expect(lines.length).toBeGreaterThan(5)
    expect((await secretary.post('/api/accounts/exports')).status).toBe(403)
  })
})

describe('the journal, written out', () => {
  test('as it is filtered, to the letter, in the time of China', async () => {
    const [head = [], ...lines] = await linesIn(
      await auditor.post('/api/accounts/journal/exports', { event: 'accounts.locked' }),
    )
    expect(head).toContain('详情（原文）')
    const line = Object.fromEntries(head.map((header, at) => [header, lines[0]?.[at]]))
    expect(lines.length).toBe(1)
    expect(line).toMatchObject({
      操作人: 'sysadmin',
      操作: '停用账号',
      操作代码: 'accounts.locked',
      对象: '账号',
      对象编号: named.id,
      '详情（原文）': '{"reason":"调离本校"}',
    })
    expect(line.时间).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  })

  test('the first event first where it is asked for', async () => {
    const last = await linesIn(await auditor.post('/api/accounts/journal/exports', {}))
    const first = await linesIn(await auditor.post('/api/accounts/journal/exports', { descending: 'false' }))
    // The export before stands in the journal too.
    expect(first.slice(1, last.length)).toEqual(last.slice(1).toReversed())
  })

  test('is itself written down, and is for the auditor only', async () => {
    await auditor.post('/api/accounts/journal/exports', { from: '2026-01-01', event: 'accounts.locked' })
    const { items } = await (await auditor.get('/api/accounts/journal?event=accounts.journal-exported&limit=1')).json()
    expect(items[0].details).toEqual({
      count: 1,
      query: { event: 'accounts.locked', from: '2026-01-01', sort: 'at', descending: true },
    })
    for (const other of [sysadmin, department, secretary]) {
      expect((await other.post('/api/accounts/journal/exports')).status).toBe(403)
    }
  })
})
