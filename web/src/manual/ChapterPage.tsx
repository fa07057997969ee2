import { getRouteApi, Link } from '@tanstack/react-router'
import { NotFound } from '../shell/NotFound.tsx'
import { Standalone } from '../shell/Standalone.tsx'
import { Page } from '../ui/Page.tsx'
import { Section } from '../ui/Section.tsx'
import type { Task } from './chapter.ts'
import { chapters } from './chapters.ts'
import classes from './Manual.module.css'

const route = getRouteApi('/manual/$chapter')

/** One part of the manual: its questions, each with its answer; on paper without the way around. */
export function ChapterPage() {
  const { chapter: address } = route.useParams()
  const chapter = chapters.find((it) => it.address === address)
  if (!chapter) {
    return (
      <Standalone>
        <NotFound />
      </Standalone>
    )
  }
  return (
    <Standalone>
      <Page title={chapter.title} lead={chapter.lead} breadcrumbs={[{ label: '使用手册', to: '/manual' }]}>
        <nav aria-label="手册的各部分" className={`${classes.parts} no-print`}>
          {chapters.map((it) => (
            <Link key={it.address} to="/manual/$chapter" params={{ chapter: it.address }} className={classes.part}>
              {it.title}
            </Link>
          ))}
        </nav>
        <nav aria-label="本页内容" className={classes.questions}>
          <ul>
            {chapter.tasks.map(({ id, question }) => (
              <li key={id}>
                <a href={`#${id}`}>{question}</a>
              </li>
            ))}
          </ul>
        </nav>
        {chapter.tasks.map((task) => (
          <div key={task.id} id={task.id} className={classes.task}>
            <Answer task={task} />
          </div>
        ))}
      </Page>
    </Standalone>
  )
}

function Answer({ task: { question, answer, steps, pictures = [], notes } }: { task: Task }) {
  return (
    <Section title={question}>
      {answer && <p className={classes.text}>{answer}</p>}
      {steps && (
        <ol className={classes.text}>
          {steps.map((it) => (
            <li key={it}>{it}</li>
          ))}
        </ol>
      )}
      {pictures.map(({ address, shows }) => (
        <figure key={address} className={classes.picture}>
          <img src={address} alt="" loading="lazy" decoding="async" />
          <figcaption>{shows}</figcaption>
        </figure>
      ))}
      {notes && (
        <ul className={classes.text}>
          {notes.map((it) => (
            <li key={it}>{it}</li>
          ))}
        </ul>
      )}
    </Section>
  )
}
