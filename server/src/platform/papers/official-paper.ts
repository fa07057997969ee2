import type { Day } from '@zhibu/rules'

/** A paper in the layout of GB/T 9704, to be printed as PDF or to be edited in Word. */
export interface Paper {
  /** The name of the issuing organisation over the red line, with the number of the document below it. */
  letterhead?: string
  number?: string
  title: string
  /** To whom it is addressed, without the colon. */
  to?: string
  body: readonly PaperBlock[]
  attachments: readonly string[]
  signer?: string
  /** As it is written below the signer. */
  signedOn?: string
  /** Lists of many columns lie across. */
  landscape?: boolean
  /** Stands at the head of each printed page. */
  runningHead?: string
  /** A character for which no font has a sign is printed as 〓 with its number, where otherwise there is no paper. */
  marksMissing?: boolean
  /** The day on which the file was made, for its properties. */
  madeOn: Day
}

/** A part of the text: a heading, a paragraph, a line without indent, a table, a chart. */
export type PaperBlock =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'line'; text: string }
  | {
      kind: 'table'
      /** How wide the columns are, in relation to one another. */
      widths: readonly number[]
      /** Empty where the table has no header line. */
      head: readonly string[]
      rows: readonly (readonly string[])[]
    }
  | PaperChart

/** Counts as bars beside their figures, told apart by patterns so that a copy in black shows them, too. At most two bars a row. */
export interface PaperChart {
  kind: 'chart'
  title: string
  /** What the bars of a row count, in their order. */
  series: readonly string[]
  rows: readonly { label: string; values: readonly number[] }[]
}
