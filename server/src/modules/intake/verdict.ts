import {
  contradictions,
  type Day,
  type DueAct,
  due,
  type Finding,
  type RuleBook,
  type Setting,
  type Severity,
} from '@zhibu/rules'
import type { RowReading } from './reading.ts'

/** A contradiction between recorded facts, or an error of a cell; a cell has neither rule book nor article. */
export interface RowFinding {
  /** T01–T60, or the code of the cell's problem. */
  rule: string
  severity: Severity
  ruleBook: RuleBook | null
  article: string | null
  message: string
}

/** What is to be said of one row on a day. */
export interface RowVerdict {
  row: number
  name: string | null
  findings: readonly RowFinding[]
  due: readonly DueAct[]
}

/** Judges one row: what its facts contradict, what is wrong with its cells, and what is due next. */
export function verdictOf(reading: RowReading, on: Day, setting?: Setting): RowVerdict {
  return {
    row: reading.row,
    name: reading.name ?? null,
    findings: [
      ...reading.problems.map(({ code, severity, message }) => ({
        rule: code,
        severity,
        ruleBook: null,
        article: null,
        message,
      })),
      ...contradictions(reading.facts, on, setting).map(asRowFinding),
    ],
    due: due(reading.facts, on, setting).acts,
  }
}

/** Whether the row has an error or a warning. */
export const isQuestioned = (verdict: RowVerdict): boolean => verdict.findings.some((it) => it.severity !== 'info')

const asRowFinding = ({ rule, severity, ruleBook, article, message }: Finding): RowFinding => ({
  rule,
  severity,
  ruleBook,
  article: article ?? null,
  message,
})
