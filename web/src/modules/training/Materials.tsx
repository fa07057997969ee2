import { Link } from '@tanstack/react-router'
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
            <li key={`${String(at)} ${it.mediaId ?? it.coursewareId ?? it.url}`}>
              {it.kind === 'courseware' ? (
                <Courseware it={it} />
              ) : (
                <a
                  href={it.mediaId === null ? it.url : mediumOf(sessionId, it.mediaId)}
                  target="_blank"
                  rel="noopener noreferrer nofollow"
                >
                  {nameOf(it)}
                </a>
              )}
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

/** A piece of courseware; whoever may not read it sees its name. */
function Courseware({ it }: { it: Material }) {
  return (
    <>
      {it.url === '' || it.coursewareId === null ? (
        nameOf(it)
      ) : (
        <Link to="/training/courseware/$coursewareId" params={{ coursewareId: it.coursewareId }}>
          {nameOf(it)}
        </Link>
      )}
      <span className={classes.quiet}>{it.url === '' ? '（课件，没有对您开放）' : '（课件）'}</span>
    </>
  )
}

const nameOf = (it: Pick<Material, 'label' | 'fileName'>): string => (it.label === '' ? it.fileName : it.label)
