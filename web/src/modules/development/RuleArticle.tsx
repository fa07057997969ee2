import { Badge } from '@mantine/core'
import type { RecruitmentArticleVersion } from '@zhibu/rules'
import { dayWritten } from '@zhibu/rules'
import classes from './Rules.module.css'
import type { ComparedArticle } from './ruleArticles.ts'
import { figuresOf } from './ruleArticles.ts'

const changes = { same: '两版要点相同', changed: '2026 年有变化', new: '2026 年新增' }

/** One article: what it says, its figures, and where the editions differ, both side by side. */
export function RuleArticle({ it }: { it: ComparedArticle }) {
  const { article, number2014, isNumberConfirmed, change, versions } = it
  return (
    <section id={`article-${article}`} className={classes.article} aria-labelledby={`article-${article}-title`}>
      <header className={classes.articleHead}>
        <h2 id={`article-${article}-title`} className={classes.articleTitle}>
          第{article}条
        </h2>
        <span className={classes.change} data-change={change}>
          {changes[change]}
        </span>
        {number2014 !== undefined && (
          <span className={classes.hint}>
            2014 年为第{number2014}条{!isNumberConfirmed && '（条号待核实）'}
          </span>
        )}
      </header>
      <div className={classes.versions}>
        {versions.map((version, at) => (
          <Version key={version.from} version={version} label={labelOf(it, at)} />
        ))}
      </div>
    </section>
  )
}

function labelOf({ change, versions }: ComparedArticle, at: number): string | undefined {
  if (change === 'same') return undefined
  return at === versions.length - 1 ? '2026 年修订' : '2014 年'
}

function Version({ version, label }: { version: RecruitmentArticleVersion; label: string | undefined }) {
  const { from, summary, phrase, checked } = version
  const figures = figuresOf(version)
  return (
    <div className={classes.version}>
      {label !== undefined && (
        <h3 className={classes.edition}>
          {label} <span className={classes.hint}>{dayWritten(from)}起</span>
        </h3>
      )}
      <div className={classes.summary}>
        {summary} {checked === 'toVerify' && <Badge variant="default">待核实</Badge>}
      </div>
      {phrase !== undefined && <p className={classes.hint}>原文：“{phrase}”</p>}
      {figures.length > 0 && (
        <dl className={classes.figures}>
          {figures.map((it) => (
            <div key={it.name}>
              <dt>{it.label}</dt>
              <dd>
                {it.value}
                {it.isToVerify && '（待核实）'}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
