import { useComputedColorScheme } from '@mantine/core'
import type { Card } from '@zhibu/server/modules/reports/schema'
import { useEffect, useRef } from 'react'
import classes from './Reports.module.css'

interface Props {
  columns: Card['columns']
  rows: Card['rows']
  /** Bars lie above one another and are stacked, or stand beside one another. */
  isStacked: boolean
  /** A bar was chosen with the pointer. The table beside it leads to the same rows. */
  onChoose?: (row: Card['rows'][number], column: Card['columns'][number]) => void
}

type Drawn = Pick<Props, 'columns' | 'rows' | 'isStacked'>

/** So high is one lying bar with its share of the room between. */
const heightOfBar = 30

/** Bars with patterns besides colours. The table beside it says the same to whoever does not see it. */
export function BarsChart({ columns, rows, isStacked, onChoose }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  const choose = useRef(onChoose)
  choose.current = onChoose
  const scheme = useComputedColorScheme('light')
  const height = isStacked ? Math.max(160, 90 + rows.length * heightOfBar) : 280
  useEffect(() => {
    const box = ref.current
    if (box === null) return
    let end = () => {}
    let isGone = false
    void import('./echarts.ts').then(({ init }) => {
      if (isGone) return
      const chart = init(box)
      const draw = (isOnPaper: boolean) => {
        chart.resize()
        chart.setOption(optionOf(box, { columns, rows, isStacked }, isOnPaper ? 'light' : scheme))
        // Paper does not wait for the next frame.
        chart.getZr().flush()
      }
      const paper = matchMedia('print')
      const redraw = () => draw(paper.matches)
      draw(paper.matches)
      paper.addEventListener('change', redraw)
      chart.on('click', ({ dataIndex, seriesIndex = 0 }) => {
        const [row, column] = [rows[dataIndex], columns[seriesIndex]]
        if (row && column) choose.current?.(row, column)
      })
      const watch = new ResizeObserver(() => chart.resize())
      watch.observe(box)
      end = () => {
        paper.removeEventListener('change', redraw)
        watch.disconnect()
        chart.dispose()
      }
    })
    return () => {
      isGone = true
      end()
    }
  }, [columns, rows, isStacked, scheme])
  return <div ref={ref} className={classes.chart ?? ''} style={{ height }} aria-hidden="true" data-chart />
}

/** Colours that are told apart without seeing red and green, light enough and dark enough for both schemes (Okabe and Ito). */
const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8c8c8c']

function optionOf(box: HTMLElement, { columns, rows, isStacked }: Drawn, scheme: 'light' | 'dark') {
  const { color, fontFamily } = getComputedStyle(box)
  const line = scheme === 'dark' ? '#4a4540' : '#d9d4ce'
  const labels = rows.map((it) => it.label)
  const names = {
    type: 'category' as const,
    data: labels,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color, ...(isStacked && { width: 150, overflow: 'truncate' as const }) },
  }
  const values = {
    type: 'value' as const,
    minInterval: 1,
    axisLabel: { color },
    splitLine: { lineStyle: { color: line } },
  }
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    color: colours,
    textStyle: { color, fontFamily },
    legend: { type: 'scroll' as const, top: 0, textStyle: { color }, pageTextStyle: { color }, pageIconColor: color },
    grid: { left: 8, right: 24, top: 40, bottom: 8, outerBoundsMode: 'same' as const },
    tooltip: { trigger: 'axis' as const, renderMode: 'richText' as const, axisPointer: { type: 'shadow' as const } },
    xAxis: isStacked ? values : names,
    yAxis: isStacked ? { ...names, inverse: true } : values,
    series: columns.map((column, at) => ({
      name: column.label,
      type: 'bar' as const,
      ...(isStacked && { stack: 'all' }),
      barMaxWidth: 28,
      data: rows.map((it) => it.values[at] ?? 0),
    })),
  }
}
