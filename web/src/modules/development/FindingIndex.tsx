import { actLabels, type Finding } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { FindingNote } from '../../ui/FindingNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { SeverityMark } from '../../ui/SeverityMark.tsx'
import classes from './FilePage.module.css'
import { shownFinding, shownMissing } from './shownBasis.ts'
import type { Way } from './way.ts'

interface Props {
  file: FileView
  way: Way
}

/** What contradicts what and what is missing, each a link to its place on the time line. */
export function FindingIndex({ file: { findings, missing, isWhole }, way }: Props) {
  const entries = way.parts.flatMap((it) => it.entries)
  const gaps = entries.filter((it) => it.missing.length > 0)
  return (
    <Section
      title={findings.length + missing.length === 0 ? '疑点' : `疑点 ${findings.length} 处，缺项 ${missing.length} 处`}
    >
      {findings.length + missing.length === 0 && (
        <p className={classes.hint}>
          {isWhole ? '已有的记录之间没有发现矛盾，也没有缺项。没有记录的内容不作判断。' : '授权范围内没有发现矛盾。'}
        </p>
      )}
      <ul className={`${classes.list} ${classes.index}`}>
        {entries.flatMap((entry) =>
          entry.findings.map((it) => (
            <li key={`${it.rule} ${it.message}`}>
              <SeverityMark severity={it.severity} /> <a href={`#act-${entry.id}`}>{titleOf(it)}</a>
            </li>
          )),
        )}
        {gaps.map((entry) => (
          <li key={`missing ${entry.id}`}>
            <SeverityMark severity="info" />{' '}
            <a href={`#act-${entry.id}`}>
              {actLabels[entry.kind]}：缺 {entry.missing.length} 项
            </a>
          </li>
        ))}
      </ul>
      {way.unplaced.map((it) => (
        <FindingNote key={`${it.rule} ${it.message}`} {...shownFinding(it)} />
      ))}
      {way.early.map((it) => (
        <FindingNote key={it.code} {...shownMissing(it)} />
      ))}
    </Section>
  )
}

/** The first sentence, without what follows it. */
const titleOf = ({ message }: Finding): string => message.split('。')[0] ?? message
