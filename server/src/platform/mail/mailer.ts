import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { SendingOutcome } from '../sending-outcome.ts'
import { inOneLine, visible } from '../visible-text.ts'
import type { MailSettings } from './settings.ts'
import { type SmtpTrust, smtpLine } from './smtp-line.ts'

/** A mail of plain text to one person. */
export interface Mail {
  to: string
  subject: string
  text: string
  /** Where the receiver says how they want to be reached. */
  preferencesUrl: string
  /** What the mail is about; the same key gives the same Message-ID, by which mail programs know a second copy. */
  key: string
}

/** Sends mails, several at a time. */
export interface Mailer {
  send(mail: Mail): Promise<SendingOutcome>
  close(): void
}

/** Sends by the mail server of the settings, over lines that are kept open for a moment. */
export function openMailer(settings: MailSettings, trust: SmtpTrust = {}): Mailer {
  const line = smtpLine(settings, trust)
  return {
    async send(mail) {
      const message = await writeMail(mail, settings)
      return line.send({ from: settings.from.address, to: mail.to, message })
    },
    close: () => line.close(),
  }
}

/** A mail as it goes over the wire. No picture, no address that tells who has read it, nothing that a line break in a title could add. */
export function writeMail(
  { to, subject, text, preferencesUrl, key }: Mail,
  { from }: Pick<MailSettings, 'from'>,
): Promise<Buffer> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  const composer = new MailComposer({
    from,
    to: { name: '', address: to },
    subject: inOneLine(visible(subject)),
    messageId: `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`,
    // RFC 2369; RFC 3834: no answering machine answers.
    headers: { 'List-Unsubscribe': `<${encodeURI(preferencesUrl)}>`, 'Auto-Submitted': 'auto-generated' },
    text,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
