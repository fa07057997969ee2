import type { EntryMedium, ShownField } from '@zhibu/server/modules/calls/schema'
import { Player } from '../media/Player.tsx'
import classes from './Calls.module.css'

interface Props {
  fields: readonly ShownField[]
  /** Where the media lie: `mediaAt`. */
  at: string
  /** What the work is called, for pictures that are not described. */
  title: string
}

/** What stands in an entry, field by field, with its pictures, films and sounds. Empty fields are left out. */
export function ShownFields({ fields, at, title }: Props) {
  return fields
    .filter((it) => it.text !== '' || it.media.length > 0)
    .map(({ key, label, text, media }) => (
      <section key={key} className={classes.field}>
        <h3>{label}</h3>
        {text !== '' && <p className={classes.text}>{text}</p>}
        {media.length > 0 && (
          <ul className={classes.media} aria-label={label}>
            {media.map((it) => (
              <li key={it.mediaId} className={it.kind === 'picture' ? undefined : classes.wide}>
                <Medium it={it} at={at} label={it.altText === '' ? title : it.altText} />
              </li>
            ))}
          </ul>
        )}
      </section>
    ))
}

function Medium({ it, at, label }: { it: EntryMedium; at: string; label: string }) {
  const url = `${at}/${it.mediaId}`
  if (it.kind === 'picture')
    return (
      <a href={url} target="_blank" rel="noreferrer">
        <img src={`${url}?width=960`} alt={label} loading="lazy" />
      </a>
    )
  if (it.kind === 'file') return <a href={url}>{it.fileName}</a>
  return (
    <Player
      kind={it.kind}
      src={url}
      label={label}
      captions={it.hasCaptions ? `${url}/texts/captions` : undefined}
      chapters={it.hasChapters ? `${url}/texts/chapters` : undefined}
    />
  )
}
