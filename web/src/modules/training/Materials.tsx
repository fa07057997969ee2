import type { SessionView } from '@zhibu/server/modules/training/schema'
import parts from '../../ui/Parts.module.css'
import { Player } from '../media/Player.tsx'
import { mediumOf } from './api.ts'
import classes from './Training.module.css'

type Material = SessionView['materials'][number]

/** What is read, watched or heard for a session. Films and recordings play here. */
export function Materials({ sessionId, materials }: { sessionId: string; materials: readonly Material[] }) {
  const isPlayed = (it: Material) => it.mediumKind === 'video' || it.mediumKind === 'sound'
  const others = materials.filter((it) => !isPlayed(it))
  return (
    <div className={parts.form}>
      {others.length > 0 && (
        <ul className={classes.materials} aria-label="材料">
          {others.map((it, at) => (
            // Materials that are read never change places.
            <li key={`${String(at)} ${it.mediaId ?? it.url}`}>
              <a
                href={it.mediaId === null ? it.url : mediumOf(sessionId, it.mediaId)}
                target="_blank"
                rel="noopener noreferrer nofollow"
              >
                {nameOf(it)}
              </a>
              {it.kind === 'link' && <span className={classes.quiet}>（{new URL(it.url).host}）</span>}
            </li>
          ))}
        </ul>
      )}
      {materials.filter(isPlayed).map(
        (it) =>
          it.mediaId !== null && (
            <figure key={it.mediaId} className={classes.film}>
              <Player
                kind={it.mediumKind === 'video' ? 'video' : 'sound'}
                src={mediumOf(sessionId, it.mediaId)}
                label={nameOf(it)}
              />
              <figcaption className={parts.note}>{nameOf(it)}</figcaption>
            </figure>
          ),
      )}
    </div>
  )
}

const nameOf = (it: Pick<Material, 'label' | 'fileName'>): string => (it.label === '' ? it.fileName : it.label)
