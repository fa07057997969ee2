import { Button } from '@mantine/core'
import { useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ReasonList } from '../../ui/ReasonList.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import type { Organization, Term } from './api.ts'
import { ElectionDelayDialog } from './ElectionDelayDialog.tsx'
import { NewTermDialog } from './NewTermDialog.tsx'
import { TermMark } from './TermMark.tsx'

/** The terms of an organisation: when the re-election is due and why. Nothing where nobody is elected. */
export function Terms({ it }: { it: Organization }) {
  const [open, setOpen] = useState<'term' | 'delay'>()
  const [present, ...former] = it.terms
  if (it.kind === 'temporaryBranch' || it.kind === 'partyGroup') return null
  const mayRecord = it.can.appoint.length > 0 && it.dissolvedOn === null
  const close = () => setOpen(undefined)
  return (
    <Section
      title="任期和换届"
      actions={
        mayRecord && (
          <>
            {present && (
              <Button variant="default" onClick={() => setOpen('delay')}>
                登记延期换届
              </Button>
            )}
            <Button variant="default" onClick={() => setOpen('term')}>
              登记换届
            </Button>
          </>
        )
      }
    >
      {present === undefined && it.dissolvedOn !== null ? (
        <EmptyState title="没有本届任期">组织已经撤销。</EmptyState>
      ) : present === undefined ? (
        <EmptyState title="还没有登记任期">
          {mayRecord ? '点“登记换届”，填写最近一次选举的日期，届满日期和提醒随之得出。' : '任期由上级党组织登记。'}
        </EmptyState>
      ) : (
        <RowList label="本届任期" rows={[rowOf(present)]} />
      )}
      {present && <Reasons term={present} />}
      {former.length > 0 && (
        <details>
          <summary>往届（{former.length}）</summary>
          <RowList label="往届任期" rows={former.map(rowOf)} />
        </details>
      )}
      {open === 'term' && <NewTermDialog it={it} onClose={close} />}
      {open === 'delay' && present && <ElectionDelayDialog it={it} term={present} onClose={close} />}
    </Section>
  )
}

function rowOf({ id, from, until, standing, reElectBy, delayedUntil, documentNumber }: Term): Row {
  return {
    key: id,
    title: (
      <>
        <DayText on={from} /> 至 <DayText on={until} />
      </>
    ),
    mark: <TermMark standing={standing} />,
    facts: [
      standing !== 'ended' && (
        <span key="by">
          最迟 <DayText on={reElectBy} relative="deadline" /> 换届
        </span>
      ),
      delayedUntil && (
        <span key="delayed">
          经批准延期至 <DayText on={delayedUntil} />
        </span>
      ),
      documentNumber && `文号 ${documentNumber}`,
    ],
  }
}

function Reasons({ term: { explanations, planFrom, requestFrom, standing } }: { term: Term }) {
  if (standing === 'ended') return null
  const reasons = [
    ...explanations.map(({ text, basis }) => ({
      text,
      ...(basis && { citation: basis.toVerify ? `${basis.cited}，待与正式文本核对` : basis.cited }),
    })),
    { text: `本系统从 ${planFrom} 起提醒制订换届计划，从 ${requestFrom} 起提醒向上级请示；这是工作习惯，不是规定` },
  ]
  return <ReasonList reasons={reasons} question="为什么是这一天" />
}
