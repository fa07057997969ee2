import { Progress } from '@mantine/core'
import classes from './ProgressBar.module.css'

interface Props {
  /** What is being done: “正在核对表格”. */
  label: string
  done: number
  /** Absent while it is not known how much there is. */
  total?: number
  /** What is counted: “行”. */
  unit: string
  state?: 'running' | 'done' | 'failed'
  /** Whether the page may be left: “可以离开本页，结果会留在这里”. */
  note?: string
}

/** How far a long piece of work has come. */
export function ProgressBar({ label, done, total, unit, state = 'running', note }: Props) {
  const percent = total === undefined || total === 0 ? (state === 'done' ? 100 : 0) : Math.floor((done / total) * 100)
  const count = (number: number) => number.toLocaleString('zh-CN')
  return (
    <div className={classes.progress}>
      <p className={classes.text}>
        <span>{label}</span>
        <span>
          {count(done)}
          {total !== undefined && ` / ${count(total)}`} {unit}
        </span>
      </p>
      <Progress.Root size="lg">
        <Progress.Section
          value={total === undefined && state === 'running' ? 100 : percent}
          animated={total === undefined && state === 'running'}
          color={state === 'failed' ? 'red' : state === 'done' ? 'green' : 'vermilion'}
          aria-label={label}
          aria-valuetext={`${count(done)} ${unit}`}
        />
      </Progress.Root>
      {note !== undefined && <p className={classes.note}>{note}</p>}
    </div>
  )
}
