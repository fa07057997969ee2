import { actLabels, dayWritten } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { InstantText } from '../../ui/InstantText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'

/** What was corrected or struck out in a file, by whom, when and why; the newest first. */
export function Corrections({ file: { acts } }: { file: FileView }) {
  const corrected = acts
    .flatMap(({ act, correctedBy }) => (correctedBy ? [{ act, ...correctedBy }] : []))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
  if (corrected.length === 0) return null
  return (
    <Section title="更正记录" lead="更正或划去的记录仍然保留。">
      <RowList
        label="更正记录"
        rows={corrected.map(({ act, id, struckOut, by, at, reason }) => {
          const instead = acts.find((it) => it.act.id === id)?.act
          const before = act.on ? dayWritten(act.on) : '日期不详'
          const now = instead?.on ? dayWritten(instead.on) : '日期不详'
          return {
            key: act.id,
            title: `${actLabels[act.kind]}：${before}${struckOut ? '，已划去' : before === now ? '，已更正内容' : ` 更正为 ${now}`}`,
            facts: [`原因：${reason}`, by, <InstantText key="at" at={at} />],
          }
        })}
      />
    </Section>
  )
}
