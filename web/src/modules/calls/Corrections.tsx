import { decisionNames } from '@zhibu/server/modules/calls/names-schema'
import type { CallView, Correction } from '@zhibu/server/modules/calls/schema'
import { InstantText } from '../../ui/InstantText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'

/** 结果更正 of a call, for everybody who reads it. */
export function CallCorrections({ items }: { items: CallView['corrections'] }) {
  return (
    <Section title="结果更正" lead="公布以后更正过的结果：原来怎么公布的，现在以什么为准。">
      <RowList
        label="结果更正"
        rows={items.map((it) => ({
          key: `${it.at} ${it.title}`,
          title: `${it.title === null ? '一件未公开的作品' : `“${it.title}”`}：${changeOf(it)}`,
          facts: factsOf(it),
        }))}
      />
    </Section>
  )
}

/** The same of one work, for its authors and those who hold the call, with the words to the authors. */
export function WorkCorrections({ items, title }: { items: readonly Correction[]; title: string }) {
  return (
    <RowList
      label={`“${title}”的结果更正`}
      rows={items.map((it) => ({
        key: it.at,
        title: `结果更正：${changeOf(it)}`,
        facts: [
          ...factsOf(it),
          it.fromWords !== it.toWords && `原来给作者的话：${it.fromWords === '' ? '没有写' : it.fromWords}`,
        ],
      }))}
    />
  )
}

const changeOf = ({ from, to }: Pick<Correction, 'from' | 'to'>): string =>
  from === to ? `${decisionNames[to]}，给作者的话有改动` : `${decisionNames[from]} → ${decisionNames[to]}`

const factsOf = ({ at, by, reason }: Pick<Correction, 'at' | 'by' | 'reason'>) => [
  <InstantText key="at" at={at} />,
  `${by}更正`,
  `原因：${reason}`,
]
