import { dayWritten, isDay } from '@zhibu/rules'
import type { NoticeView } from '@zhibu/server/modules/notices/schema'
import { writeInstant } from '../../ui/InstantText.tsx'
import { PrintSheet } from '../../ui/PrintSheet.tsx'
import classes from './Notices.module.css'

/** The text of a notice as an official paper: title, paragraphs, days, at the foot who gives it and when. */
export function NoticeSheet({ it }: { it: NoticeView }) {
  const days = [
    ...(it.happensOn && isDay(it.happensOn) ? [`活动日期：${dayWritten(it.happensOn)}`] : []),
    ...(it.dueOn && isDay(it.dueOn) ? [`办理期限：${dayWritten(it.dueOn)}`] : []),
  ]
  return (
    <PrintSheet title={it.title} label="通知正文">
      {paragraphsOf(it.body ?? '').map(({ key, text }) => (
        <p key={key} className={classes.paragraph}>
          <WithLinks text={text} />
        </p>
      ))}
      {days.map((text) => (
        <p key={text} className={classes.paragraph}>
          {text}
        </p>
      ))}
      <p className={classes.signed}>
        {it.organization.name}
        <br />
        {it.sentAt ? writeInstant(it.sentAt).split(' ')[0] : '（未发出）'}
      </p>
    </PrintSheet>
  )
}

/** A line each, and where it stands. */
const paragraphsOf = (body: string) =>
  body
    .split('\n')
    .map((text, at) => ({ key: `${at} ${text}`, text: text.trim() }))
    .filter(({ text }) => text !== '')

/** Addresses in a text can be followed; they are of others and are told nothing about where the reader comes from. */
function WithLinks({ text }: { text: string }) {
  return text.split(/(https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+)/).map((part, at) =>
    at % 2 === 1 ? (
      <a key={`${String(at)} ${part}`} href={part} target="_blank" rel="noopener noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  )
}
