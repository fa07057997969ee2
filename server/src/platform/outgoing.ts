import { type Mailer, openMailer } from './mail/mailer.ts'
import type { MailSettings } from './mail/settings.ts'
import { type DingtalkSettings, dingtalk } from './messengers/dingtalk.ts'
import { groupRobot, type RobotSettings } from './messengers/group-robots.ts'
import type { GroupRobot, Messenger } from './messengers/messenger.ts'
import { type OfficialAccount, type OfficialAccountSettings, officialAccount } from './messengers/official-account.ts'
import { type WecomSettings, wecom } from './messengers/wecom.ts'

/** By what this installation reaches people outside the page. Null: an administrator has not configured it, and nothing is contacted. */
export interface OutgoingSettings {
  mail: MailSettings | null
  wecom: WecomSettings | null
  dingtalk: DingtalkSettings | null
  robots: readonly RobotSettings[]
  officialAccount: OfficialAccountSettings | null
}

export interface Outgoing {
  email: Mailer | null
  wecom: Messenger | null
  dingtalk: Messenger | null
  robots: readonly GroupRobot[]
  officialAccount: OfficialAccount | null
  close(): void
}

/** An installation that reaches nobody outside the page. */
export const nothingOutgoing: Outgoing = {
  email: null,
  wecom: null,
  dingtalk: null,
  robots: [],
  officialAccount: null,
  close: () => undefined,
}

/** Opens what the settings name. Nothing is contacted before the first message. */
export function openOutgoing(settings: OutgoingSettings): Outgoing {
  const email = settings.mail && openMailer(settings.mail)
  return {
    email,
    wecom: settings.wecom && wecom(settings.wecom),
    dingtalk: settings.dingtalk && dingtalk(settings.dingtalk),
    robots: settings.robots.map(groupRobot),
    officialAccount: settings.officialAccount && officialAccount(settings.officialAccount),
    close: () => email?.close(),
  }
}
