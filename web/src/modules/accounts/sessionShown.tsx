import type { SessionRow } from '@zhibu/server/modules/accounts/schema'
import { InstantText } from '../../ui/InstantText.tsx'
import type { Row } from '../../ui/RowList.tsx'

/** A session as a row: the device, since when, last used, from where. */
export function sessionShown({ id, isCurrent, startedAt, usedAt, userAgent, address }: SessionRow): Row {
  return {
    key: id,
    title: deviceOf(userAgent),
    mark: isCurrent ? '（本机）' : undefined,
    facts: [
      <span key="from">
        <InstantText at={startedAt} /> 登录
      </span>,
      <span key="used">
        最近使用 <InstantText at={usedAt} />
      </span>,
      address && `网络地址 ${address}`,
    ],
  }
}

/** Browser and system in words, as far as the browser tells them. */
function deviceOf(userAgent: string | null): string {
  const [, browser] = browsers.find(([mark]) => userAgent?.includes(mark)) ?? ['', '浏览器']
  const [, system] = systems.find(([mark]) => userAgent?.includes(mark)) ?? ['', '未知系统']
  return userAgent === null ? '未知设备' : `${system}上的 ${browser}`
}

/** The first that fits: many browsers name others as well. */
const browsers = [
  ['MicroMessenger', '微信'],
  ['DingTalk', '钉钉'],
  ['QQBrowser', 'QQ 浏览器'],
  ['Edg', 'Edge'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

const systems = [
  ['HarmonyOS', '鸿蒙'],
  ['Android', '安卓手机'],
  ['iPhone', 'iPhone '],
  ['iPad', 'iPad '],
  ['Windows', 'Windows '],
  ['Mac OS', 'Mac '],
  ['Linux', 'Linux '],
] as const
