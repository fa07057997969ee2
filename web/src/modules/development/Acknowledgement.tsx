import { Alert, Checkbox, Textarea } from '@mantine/core'
import type { Finding } from '@zhibu/rules'
import { FindingNote } from '../../ui/FindingNote.tsx'
import classes from './ActDialog.module.css'
import { shownFinding } from './shownBasis.ts'

/** Rules that somebody has acknowledged, and why what happened is recorded all the same. */
export interface Acknowledged {
  rules: readonly string[]
  reason: string
}

interface Props {
  findings: readonly Finding[]
  acknowledged: Acknowledged
  onChange: (acknowledged: Acknowledged) => void
}

/** What the act contradicts; contradictions are recorded only when each is acknowledged, with a reason. */
export function Acknowledgement({ findings, acknowledged, onChange }: Props) {
  const errors = findings.filter(isContradiction)
  const others = findings.filter((it) => !isContradiction(it))
  return (
    <div aria-live="polite" className={classes.acknowledgement}>
      {others.map((it) => (
        <FindingNote key={`${it.rule} ${it.message}`} {...shownFinding(it)} />
      ))}
      {errors.map((it) => (
        <div key={`${it.rule} ${it.message}`} className={classes.acknowledgement}>
          <FindingNote {...shownFinding(it)} />
          <Checkbox
            label="情况属实，仍按此记录"
            aria-label={`情况属实，仍按此记录：${it.message}`}
            checked={acknowledged.rules.includes(it.rule)}
            onChange={(event) => {
              const rules = acknowledged.rules.filter((rule) => rule !== it.rule)
              onChange({ ...acknowledged, rules: event.currentTarget.checked ? [...rules, it.rule] : rules })
            }}
          />
        </div>
      ))}
      {errors.length > 0 && (
        <>
          <Textarea
            label="为什么仍按此记录"
            description="至少四个字，随记录保存。请写明实际情况，不要倒签、补签日期。"
            value={acknowledged.reason}
            onChange={(event) => onChange({ ...acknowledged, reason: event.currentTarget.value })}
            autosize
            minRows={2}
            required
          />
          <Alert color="gray">矛盾不会因此消失，会继续显示在档案和预审表中，并注明原因。</Alert>
        </>
      )}
    </div>
  )
}

const isContradiction = ({ severity }: Finding): boolean => severity === 'error'

/** What is sent of it: only rules that are still contradicted. Nothing where there are none. */
export function acknowledgementOf(findings: readonly Finding[], { rules, reason }: Acknowledged) {
  const errors = findings.filter(isContradiction).map((it) => it.rule)
  const named = rules.filter((it) => errors.includes(it))
  return named.length === 0 ? {} : { acknowledged: { rules: named, reason: reason.trim() } }
}

/** Whether every contradiction has been acknowledged with a reason. */
export function isAcknowledged(findings: readonly Finding[], { rules, reason }: Acknowledged): boolean {
  const errors = findings.filter(isContradiction)
  return errors.length === 0 || (errors.every((it) => rules.includes(it.rule)) && reason.trim().length >= 4)
}
