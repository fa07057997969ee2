import type { SendingOutcome } from '../sending-outcome.ts'

/** What is shown of a notice outside: a line, a few words below, and where to read it. */
export interface Card {
  title: string
  description: string
  url: string
}

/** Sends cards to single persons by an application of the university. */
export interface Messenger {
  send(user: string, card: Card): Promise<SendingOutcome>
}

/** Posts cards in one group. */
export interface GroupRobot {
  channel: 'wecom' | 'dingtalk'
  /** The organisation whose group it is: its code or full name. */
  organization: string
  post(card: Card): Promise<SendingOutcome>
}
