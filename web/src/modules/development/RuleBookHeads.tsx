import { recruitmentRules } from '@zhibu/rules'
import { Section } from '../../ui/Section.tsx'
import { writeDay } from '../../ui/writtenDay.ts'
import classes from './RulesPage.module.css'

/** What the two editions are, where they come from, and when they were last compared. */
export function RuleBookHeads() {
  const { source, checkedOn } = recruitmentRules
  return (
    <Section title="《中国共产党发展党员工作细则》">
      <dl className={classes.sources}>
        <div>
          <dt>XZ-2014</dt>
          <dd>2014年5月28日印发，适用于2026年5月10日以前发生的事项。</dd>
        </div>
        <div>
          <dt>XZ-2026</dt>
          <dd>2026年4月2日修订，2026年5月11日印发并施行，适用于当日起发生的事项。</dd>
        </div>
        <div>
          <dt>来源</dt>
          <dd>
            {source.document}。
            <a href={source.url} rel="noreferrer" target="_blank">
              正式文本（共产党员网）
            </a>
          </dd>
        </div>
        <div>
          <dt>最近核对</dt>
          <dd>{writeDay(checkedOn)}，对照公开转载的文本；标有“待核对”的以正式文本为准。</dd>
        </div>
      </dl>
    </Section>
  )
}
