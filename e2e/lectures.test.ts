import { expect, test } from 'vitest'
import { bellSound } from '../server/src/demo/sounds.ts'
import { checkLooks } from './browser.ts'
import { secretaryAndStudent } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '怎样读一本难读的书'
/** Somebody tries to put a picture of another host into the page. */
const asked = '读不下去的时候怎么办？<img src="https://example.org/a.png">'

const { site, browser, open } = await demonstration()
const { secretary, student } = await secretaryAndStudent(browser, site.origin)

test('a lecture is announced, held with questions that are answered before all eyes, and found again as a recording', async () => {
  const activityId = await announced()

  await open(secretary, `/activities/${activityId}`)
  await heading(secretary, title)
  await secretary.getByRole('link', { name: '现场页和回放' }).click()
  await heading(secretary, '现场页')
  await button(secretary, '打开现场页').click()
  await secretary.getByRole('dialog').getByRole('button', { name: '打开现场页' }).click()
  await button(secretary, '结束现场页').waitFor()

  await open(student, '/activities/lectures')
  await student.getByRole('link', { name: title }).click()
  await heading(student, '现场页')
  await student.getByRole('textbox', { name: '我要提问' }).fill(asked)
  await button(student, '提交提问').click()
  await student.getByRole('list', { name: '我的提问' }).getByText('等待公开').waitFor()
  await isWell(student)

  const waiting = secretary.getByRole('list', { name: '等待公开的提问' })
  await waiting.getByText(asked).waitFor()
  await waiting.getByText('匿名提问').waitFor()
  await button(secretary, '公开提问').click()
  const toAnswer = student.getByRole('list', { name: '待回答的提问' })
  await toAnswer.getByText(asked).waitFor()
  await secretary.getByRole('list', { name: '待回答的提问' }).getByRole('button', { name: '附议' }).click()
  // The other page hears of it without being asked.
  await toAnswer.getByText('1 人附议').waitFor()
  await button(secretary, '书面回答').click()
  await secretary.getByRole('dialog').getByRole('textbox', { name: '回答' }).fill('先读目录和结论，隔天再读。')
  await button(secretary, '公开回答').click()
  await student.getByText('先读目录和结论，隔天再读。').waitFor()

  await button(secretary, '发起举手表决').click()
  const dialog = secretary.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '问题' }).fill('下次读哪一本？')
  await dialog.getByRole('textbox', { name: '选项 1', exact: true }).fill('诗集')
  await dialog.getByRole('textbox', { name: '选项 2', exact: true }).fill('县志')
  await dialog.getByRole('button', { name: '发起举手表决' }).click()
  await student.getByRole('radio', { name: '县志' }).click()
  await student.getByText('已举手，结束以前可以改选。').waitFor()
  await isWell(student)

  await button(secretary, '写笔记').click()
  await secretary.getByRole('textbox', { name: '笔记' }).fill('一、先读目录。')
  await button(secretary, '保存笔记').click()
  await student.getByText('一、先读目录。').waitFor()
  expect(await checkLooks(secretary)).toEqual({})

  await button(secretary, '结束现场页').click()
  await secretary.getByRole('dialog').getByRole('button', { name: '结束现场页' }).click()
  await student.getByText('人数太少，不显示。').waitFor()
  await student.getByRole('textbox', { name: '哪里有收获' }).fill('知道了先读目录。')
  await button(student, '提交反馈').click()
  await student.getByText('您已经填写过，谢谢。').waitFor()
  await secretary.getByText('反馈不足 3 份，暂不显示。').waitFor()

  await button(secretary, '放上录音').click()
  const picker = secretary.getByRole('dialog')
  const sound = { name: '读书讲座.wav', mimeType: 'audio/wav', buffer: bellSound([0, 2]).bytes }
  await picker.locator('input[type=file]').first().setInputFiles(sound)
  await picker.getByRole('radio', { name: '没有能认出的人' }).check()
  await picker.getByRole('button', { name: '放入' }).click()
  await secretary.getByLabel(`${title}的回放`).waitFor()
  expect(await checkLooks(secretary)).toEqual({})

  await open(student, '/activities/lectures?q=难读')
  await student.getByRole('list', { name: '讲座回放' }).getByRole('link', { name: title }).click()
  await student.getByLabel(`${title}的回放`).waitFor()
  await isWell(student)
})

test('what was said in a recording is found, and played from there', async () => {
  await open(student, '/activities/lectures')
  await student.getByRole('searchbox', { name: '查找回放' }).fill('花名册')
  await student.keyboard.press('Enter')
  await student.getByRole('link', { name: /^0:24 .*花名册/ }).click()
  await heading(student, '现场页')
  const sound = student.locator('audio')
  await sound.waitFor()
  await expect.poll(() => sound.evaluate((it: HTMLAudioElement) => it.currentTime)).toBe(24)
  await student.getByRole('list', { name: '章节' }).getByText('先看背面').waitFor()
  expect(await checkLooks(student)).toEqual({})
})

/** An announced lecture of the branch for today, made as its page does. */
async function announced(): Promise<string> {
  const ask = async (path: string, data?: object, headers: Record<string, string> = {}) => {
    const answer = await secretary.request.post(`${site.origin}/api/activities${path}`, {
      ...(data && { data }),
      headers: { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin', ...headers },
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    return answer
  }
  const places = await (await secretary.request.get(`${site.origin}/api/activities/places`)).json()
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const lecture = {
    ...{ organizationId: places.items[0].id, kind: 'lecture', title, summary: '带一本自己读不下去的书来。' },
    ...{ dayKey: null, fromOn: today, untilOn: null, startMinute: null, endMinute: null, place: '活动室' },
    ...{ link: 'https://meeting.example/88', speaker: '许知行', aboutSpeaker: '', attachments: [], signUp: null },
    plan: { aim: '', steps: [], materials: [], noticeText: '' },
  }
  const { id } = await (await ask('', lecture)).json()
  await ask(`/${id}/announcement`, undefined, { 'if-match': '"1"' })
  return id
}
