import type { Card } from '@zhibu/server/modules/reports/schema'
import type { ReactNode } from 'react'
import { WideTable } from '../../ui/WideTable.tsx'
import classes from './Reports.module.css'

/** One figure of a table: where it stands, and what it is called for whoever hears it alone. */
export interface FigureOf {
  row: Card['rows'][number]
  column: Card['columns'][number]
  value: number
  name: string
}

interface Props {
  label: string
  columns: Card['columns']
  rows: Card['rows']
  total: Card['total']
  /** How a figure above 0 is shown: with the way to the rows behind it. */
  figure: (it: FigureOf) => ReactNode
  /** How a row is called; by its label unless told otherwise. */
  rowName?: (row: Card['rows'][number]) => ReactNode
}

/** The numbers of a chart, for whoever reads them, prints them or follows them. */
export function FiguresTable({ label, columns, rows, total, figure, rowName }: Props) {
  return (
    <WideTable label={label} isOfFigures>
      <thead>
        <tr>
          <th scope="col">项目</th>
          {columns.map(({ key, label }) => (
            <th scope="col" key={key}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{rowName ? rowName(row) : row.label}</th>
            {columns.map((column, at) => {
              const value = row.values[at] ?? 0
              return (
                <td key={column.key}>
                  {value === 0 ? (
                    <span className={classes.none}>0</span>
                  ) : (
                    figure({ row, column, value, name: `${row.label}，${column.label}：${value}` })
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
      {total && rows.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">合计</th>
            {columns.map(({ key }, at) => (
              <td key={key}>{total[at]}</td>
            ))}
          </tr>
        </tfoot>
      )}
    </WideTable>
  )
}
