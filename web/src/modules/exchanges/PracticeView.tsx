import type { PracticeText } from '@zhibu/server/modules/exchanges/schema'
import classes from './Exchanges.module.css'
import { practiceParts } from './words.ts'

/** A case or a card, part by part; what was not written is left out. */
export function PracticeView({ it }: { it: PracticeText }) {
  const shown = [
    ...practiceParts.map(({ key, label }) => ({ label, text: it[key] })),
    { label: '联系人', text: it.contact },
  ].filter(({ text }) => text !== '')
  if (shown.length === 0) return null
  return (
    <dl className={classes.parts}>
      {shown.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
