import path from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../server/test/directory.ts'
import { checkLooks } from './browser.ts'
import { secretaryAndStudent, signedInAs } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '支部里的一盏灯'

const directory = await temporaryDirectory()
afterAll(directory.remove)
const { site, browser, open } = await demonstration()
const publicity = await signedInAs(browser, site.origin, '宣传部')
const organiser = await signedInAs(browser, site.origin, '计算机学院党委 组织员')
const other = await signedInAs(browser, site.origin, '文学与新闻传播学院党委 组织员')
const { student } = await secretaryAndStudent(browser, site.origin)

/** The day so many days from now, as it is typed. */
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('a call for stories goes from the call to the shelf', async () => {
  await open(publicity, '/calls')
  await heading(publicity, '征集')
  expect(await checkLooks(publicity)).toEqual({})
  await publicity.getByRole('link', { name: '发起征集' }).click()
  await heading(publicity, '发起征集')
  await publicity.getByRole('textbox', { name: '题目' }).fill(title)
  await publicity.getByRole('textbox', { name: '征集什么' }).fill('写下让你记住的一个党员、一件小事。')
  await publicity.getByRole('textbox', { name: '截止日期' }).fill(dayIn(20))
  expect(await checkLooks(publicity)).toEqual({})
  await button(publicity, '存为筹备中的征集').click()
  await heading(publicity, title)
  const address = new URL(publicity.url()).pathname
  await button(publicity, '发布征集').click()
  await publicity.getByRole('dialog', { name: '发布征集' }).getByRole('button', { name: '发布征集' }).click()
  await publicity.getByText('征集中').waitFor()
  expect(await checkLooks(publicity)).toEqual({})

  await open(student, address)
  await button(student, '参加文字类').click()
  await heading(student, '我的作品')
  await student.getByRole('textbox', { name: '题目' }).fill('最后一个离开的人')
  await student.getByRole('textbox', { name: '正文' }).fill('在计算机学院的实验室，灯总是她最后关。')
  const picture = path.join(directory.directory, '合影.png')
  await sharp({ create: { width: 90, height: 60, channels: 3, background: '#a04030' } })
    .png()
    .toFile(picture)
  await student.locator('input[type=file]').first().setInputFiles(picture)
  await button(student, '移去第 1 个').waitFor()
  await button(student, '保存草稿').click()
  await student.getByText('有可能透露作者的内容').waitFor()
  await student.getByText('“正文”的文字中有单位名称：计算机学院').waitFor()
  await isWell(student)
  await button(student, '已经看过，继续提交').click()
  await button(student, '提交作品').click()
  await student.getByText('已提交').waitFor()
  await student.getByRole('checkbox', { name: '公开作品' }).click()
  await student.getByText('同意公开作品', { exact: true }).waitFor()
  await isWell(student)
  const own = new URL(student.url()).pathname

  await open(publicity, address)
  await button(publicity, '提前截止').click()
  await publicity.getByRole('textbox', { name: '提前截止的原因' }).fill('作品已经收齐')
  await publicity.getByRole('dialog').getByRole('button', { name: '提前截止' }).click()
  await publicity.getByText('这次征集提前截止：作品已经收齐').waitFor()
  await publicity.getByRole('link', { name: '作品和评审' }).click()
  await heading(publicity, '作品和评审')
  const code = await publicity.locator('[class*=code]').first().textContent()
  for (const page of [organiser, other]) {
    await open(page, '/calls?list=reviewing')
    await page.getByRole('textbox', { name: '评审邀请码' }).fill(code ?? '')
    await button(page, '申请参加评审').click()
    await page.getByRole('list', { name: '我的评审' }).getByText('等待确认').waitFor()
    await publicity.reload()
    await button(publicity, '确认评审').click()
    await button(publicity, '确认评审').waitFor({ state: 'detached' })
  }
  await button(publicity, '评审时不显示：最后一个离开的人').click()
  await publicity.getByRole('dialog').getByRole('checkbox', { name: '题目' }).check()
  await button(publicity, '保存设置').click()
  await publicity.getByText('评审时不显示 1 栏').waitFor()
  await button(publicity, '开始一轮评审').click()
  await publicity.getByRole('textbox', { name: '评到哪一天' }).fill(dayIn(5))
  await button(publicity, '开始评审').click()
  await publicity.getByRole('list', { name: '各轮评审' }).getByText('进行中').waitFor()
  expect(await checkLooks(publicity)).toEqual({})

  for (const [page, level] of [
    [organiser, '较好'],
    [other, '很好'],
  ] as const) {
    await open(page, '/calls?list=reviewing')
    await page.getByRole('link', { name: title }).click()
    await page.getByRole('link', { name: '1 号 作品1' }).click()
    await heading(page, '1 号 作品1')
    expect(await page.getByText('最后一个离开的人').count()).toBe(0)
    await page.getByRole('radiogroup', { name: '真实' }).getByRole('radio', { name: level }).check()
    await page.getByRole('radiogroup', { name: '表达' }).getByRole('radio', { name: level }).check()
    await page.getByRole('textbox', { name: '评语' }).fill(`写得${level}`)
    expect(await checkLooks(page)).toEqual({})
    await button(page, '保存意见').click()
    await page.getByText('已评').waitFor()
  }

  await publicity.reload()
  await button(publicity, '结束这一轮').click()
  await publicity.getByRole('dialog', { name: '结束这一轮' }).getByRole('button', { name: '结束这一轮' }).click()
  await publicity.getByText('真实：居中的意见“较好至很好”，从“较好”到“很好”').waitFor()
  await button(publicity, '决定是否入选：最后一个离开的人').click()
  await publicity.getByRole('radio', { name: '入选', exact: true }).check()
  await publicity.getByRole('textbox', { name: '给作者的话' }).fill('细节可信。')
  await button(publicity, '保存决定').click()
  await publicity.getByRole('dialog').waitFor({ state: 'detached' })
  await open(student, own)
  await student.getByText('已提交').waitFor()
  expect(await student.getByText('细节可信。').count()).toBe(0)
  await button(publicity, '公布结果').click()
  await publicity.getByRole('dialog', { name: '公布结果' }).getByRole('button', { name: '公布结果' }).click()
  await button(publicity, '公布结果').waitFor({ state: 'detached' })
  expect(await checkLooks(publicity)).toEqual({})
  await student.reload()
  await student.getByText('细节可信。').waitFor()

  await button(publicity, '更正结果：最后一个离开的人').click()
  await publicity.getByRole('textbox', { name: '给作者的话' }).fill('细节可信，写得朴素。')
  await publicity.getByRole('textbox', { name: '更正的原因' }).fill('评语写短了')
  await isWell(publicity)
  await button(publicity, '更正结果').click()
  await publicity.getByText('原来给作者的话：细节可信。').waitFor()
  await isWell(publicity)
  await student.reload()
  await student.getByText('细节可信，写得朴素。').waitFor()
  await student.getByText('原因：评语写短了').waitFor()
  await isWell(student)
  await open(student, '/calls?list=shelf')
  await student.getByRole('textbox', { name: '查找作品' }).fill('灯总是她最后关')
  const works = student.getByRole('list', { name: '作品' })
  await works.getByRole('link', { name: '最后一个离开的人' }).first().waitFor()
  await isWell(student)
  await works.getByRole('link', { name: '最后一个离开的人' }).first().click()
  await heading(student, '最后一个离开的人')
  await isWell(student)

  await open(student, own)
  await student.getByRole('checkbox', { name: '公开作品' }).click()
  await student.getByText('还没有同意公开作品').waitFor()
  const { items } = await (
    await publicity.request.get(`${site.origin}/api/calls/shelf?callId=${address.split('/').at(-1)}`)
  ).json()
  expect(items).toEqual([])
})

test('a vote is cast once, with a receipt', async () => {
  await open(student, '/calls?list=over')
  await student.getByRole('link', { name: '一件小事' }).click()
  await heading(student, '一件小事')
  await student.getByRole('checkbox', { name: '三十六级台阶（文字类）' }).check()
  await isWell(student)
  await button(student, '投票').click()
  await student.getByText('您的回执：').waitFor()
  await isWell(student)
  await student.reload()
  await student.getByText('您已经投过票。').waitFor()
})
