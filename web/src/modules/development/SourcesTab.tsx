import { Badge } from '@mantine/core'
import { dayWritten, type Regulation, recruitmentRules, regulations } from '@zhibu/rules'
import { Section } from '../../ui/Section.tsx'
import classes from './Rules.module.css'
import { SourceFacts } from './SourceFacts.tsx'

const others = regulations.filter((it) => it.id !== recruitmentRules.id)

/** The other regulations that the platform applies. */
export function SourcesTab() {
  return (
    <>
      {others.map((it) => (
        <Section key={it.id} title={it.shortTitle}>
          <SourceFacts of={it} />
          <Articles of={it} />
        </Section>
      ))}
    </>
  )
}

function Articles({ of: { articles } }: { of: Regulation }) {
  return (
    <dl className={classes.points}>
      {Object.entries(articles).map(([key, versions]) => (
        <div key={key}>
          <dt>{/^\d+$/.test(key) ? `第${key}条` : `${key}（条款号待核实）`}</dt>
          {versions.map(({ from, until, summary, checked }) => (
            <dd key={from}>
              {versions.length > 1 && <span className={classes.hint}>{dayWritten(from)}起：</span>}
              {summary}
              {until !== undefined && <span className={classes.hint}>（施行至{dayWritten(until)}）</span>}{' '}
              {checked === 'toVerify' && <Badge variant="default">待核实</Badge>}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
