import type { Criterion } from '@zhibu/server/modules/calls/schema'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'

/** By what the works are looked at, for whoever thinks of taking part; nothing where no criteria were written. */
export function CriteriaShown({ criteria }: { criteria: readonly Criterion[] }) {
  if (criteria.length === 0) return null
  return (
    <Section title="评审标准" lead="评审按这些标准写意见，不打分，不排名次。">
      <ul>
        {criteria.map((it) => (
          <li key={it.key}>
            {it.name}
            <ul className={parts.note}>
              {it.levels.map((level) => (
                <li key={level.name}>
                  {level.name}：{level.words}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  )
}
