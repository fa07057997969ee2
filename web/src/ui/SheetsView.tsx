import { Box, Button, Select } from '@mantine/core'
import { useState } from 'react'
import classes from './DocumentViewer.module.css'
import { numbered } from './viewedPages.ts'

/** A sheet of a workbook, its upper rows as texts. */
export interface SheetRows {
  name: string
  rows: readonly (readonly string[])[]
  /** Whether the sheet has rows or columns beyond those. */
  isCut: boolean
}

const rowsAtOnce = 200

/** The sheets of a workbook, one at a time. */
export function SheetsView({ label, sheets }: { label: string; sheets: readonly SheetRows[] }) {
  const [chosen, setChosen] = useState(0)
  const [shown, setShown] = useState(rowsAtOnce)
  const sheet = sheets[chosen]
  if (sheet === undefined) return null
  const width = sheet.rows.reduce((most, it) => Math.max(most, it.length), 0)
  return (
    <div className={classes.sheets}>
      {sheets.length > 1 && (
        <Select
          label="工作表"
          className={classes.choice}
          data={sheets.map((it, at) => ({ value: String(at), label: it.name }))}
          value={String(chosen)}
          allowDeselect={false}
          onChange={(it) => {
            setChosen(Number(it))
            setShown(rowsAtOnce)
          }}
        />
      )}
      <Box component="section" className={classes.rows} aria-label={`${label}：${sheet.name}`} tabIndex={0}>
        <table>
          <tbody>
            {sheet.rows.slice(0, shown).map((row, at) => (
              <tr key={numbered('row', at)}>
                <th scope="row">{at + 1}</th>
                {Array.from({ length: width }, (_, column) => (
                  <td key={numbered('column', column)}>{row[column] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
      {shown < sheet.rows.length && (
        <Button variant="default" onClick={() => setShown(shown + rowsAtOnce)}>
          再显示 {Math.min(rowsAtOnce, sheet.rows.length - shown)} 行
        </Button>
      )}
      {sheet.isCut && <p className={classes.note}>内容较多，这里只显示一部分；全部内容请下载后查看。</p>}
    </div>
  )
}
