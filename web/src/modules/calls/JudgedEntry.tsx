import { Badge, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { decisionNames, reviewStateNames } from '@zhibu/server/modules/calls/names-schema'
import type { JudgedEntry as Judged, PhaseView } from '@zhibu/server/modules/calls/review-schema'
import type { CallView, Criterion } from '@zhibu/server/modules/calls/schema'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import classes from './Calls.module.css'
import { CorrectionDialog } from './CorrectionDialog.tsx'
import { WorkCorrections } from './Corrections.tsx'
import { DecisionDialog } from './DecisionDialog.tsx'
import { RedactionDialog } from './RedactionDialog.tsx'

interface Props {
  call: CallView
  /** Under which the call was read. */
  etag: string
  criteria: readonly Criterion[]
  phases: readonly PhaseView[]
  it: Judged
}

const consentWords = ({ authors, isPublishable }: Judged) =>
  authors.length === 1
    ? isPublishable
      ? '同意公开'
      : '还没有同意公开'
    : isPublishable
      ? '都同意公开'
      : '还没有都同意公开'

/** One entry for those who decide: what was said of it in words, and what they decide. */
export function JudgedEntry({ call, etag, criteria, phases, it }: Props) {
  const [asks, setAsks] = useState<'decision' | 'redaction' | 'correction'>()
  const mayChange = call.state !== 'decided' && call.state !== 'cancelled'
  const nameOf = (key: string) => criteria.find((one) => one.key === key)?.name ?? ''
  const hasClosed = mayChange && call.state !== 'open'
  return (
    <li className={classes.work}>
      <div>
        <Link to="/calls/entries/$entryId" params={{ entryId: it.id }} className={classes.link}>
          {it.number === null ? '' : `${it.number} 号 `}
          {it.title}
        </Link>{' '}
        {it.decision !== null && (
          <Badge color={it.decision === 'accepted' ? 'green' : 'gray'}>{decisionNames[it.decision]}</Badge>
        )}
      </div>
      <p className={parts.note}>
        {it.kindName}，{it.authors.join('、')}，{consentWords(it)}
        {it.tellingCount > 0 && `，有 ${it.tellingCount} 处可能透露作者`}
        {it.redactionCount > 0 && `，评审时不显示 ${it.redactionCount} 栏`}
      </p>
      {it.phases.map((phase) => (
        <div key={phase.number}>
          <p className={parts.note}>
            {phases.find((one) => one.number === phase.number)?.name}：{phase.given} 人已评
            {phase.abstained > 0 && `，${phase.abstained} 人弃权`}
          </p>
          {phase.spreads.length > 0 && (
            <ul>
              {phase.spreads.map((one) => (
                <li key={one.criterionKey}>
                  {nameOf(one.criterionKey)}：
                  {one.lowest === one.highest
                    ? `${phase.given === 1 ? '' : '都是'}“${one.median}”`
                    : `居中的意见“${one.median}”，从“${one.lowest}”到“${one.highest}”`}
                </li>
              ))}
            </ul>
          )}
          {phase.opinions.some((one) => one.remark !== '' || one.abstainReason !== '') && (
            <details>
              <summary>评审的话</summary>
              <ul>
                {phase.opinions.map((one, place) => (
                  // Opinions stand without names and keep their places.
                  <li key={`${phase.number} ${String(place)}`}>
                    {one.abstainReason === ''
                      ? one.remark === ''
                        ? '（没有写评语）'
                        : one.remark
                      : `${reviewStateNames[one.state]}：${one.abstainReason}`}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      ))}
      {mayChange && (
        <div className={parts.buttons}>
          {call.isBlind && (
            <Button
              variant="default"
              size="xs"
              aria-label={`评审时不显示：${it.title}`}
              onClick={() => setAsks('redaction')}
            >
              评审时不显示
            </Button>
          )}
          {hasClosed && (
            <Button
              variant="default"
              size="xs"
              aria-label={`决定是否入选：${it.title}`}
              onClick={() => setAsks('decision')}
            >
              决定是否入选
            </Button>
          )}
        </div>
      )}
      {it.corrections.length > 0 && <WorkCorrections items={it.corrections} title={it.title} />}
      {call.can.correctResults && it.decision !== null && (
        <div className={parts.buttons}>
          <Button
            variant="default"
            size="xs"
            aria-label={`更正结果：${it.title}`}
            onClick={() => setAsks('correction')}
          >
            更正结果
          </Button>
        </div>
      )}
      {asks === 'correction' && (
        <CorrectionDialog callId={call.id} etag={etag} it={it} onClose={() => setAsks(undefined)} />
      )}
      {asks === 'decision' && <DecisionDialog callId={call.id} it={it} onClose={() => setAsks(undefined)} />}
      {asks === 'redaction' && <RedactionDialog call={call} it={it} onClose={() => setAsks(undefined)} />}
    </li>
  )
}
