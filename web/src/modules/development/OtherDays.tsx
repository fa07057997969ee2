import { ActionIcon, Autocomplete, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { DayInput } from '../../ui/DayInput.tsx'
import classes from './ActDialog.module.css'
import type { FieldProps } from './ActFields.tsx'

/** Days that other papers of the file give for the same act, so that they can be compared. */
export function OtherDays({ draft, onChange, onProblem, file }: FieldProps) {
  const rows = draft.alsoDated ?? []
  const put = (at: number, part: Partial<(typeof rows)[number]>) =>
    onChange({ alsoDated: rows.map((it, place) => (place === at ? { ...it, ...part } : it)) })
  return (
    <details {...(rows.length > 0 && { open: true })}>
      <summary>其他材料上的日期（可不填）</summary>
      <div className={classes.group}>
        <p className={classes.hint}>同一件事在登记表、志愿书、会议记录上写的日期，填写后与上面的日期核对。</p>
        {rows.map((row, at) => (
          // Rows are told apart by their place: names may repeat, and are empty at first.
          <div key={String(at)} className={classes.member}>
            <div>
              <Autocomplete
                label="材料"
                data={['入党志愿书', '培养考察登记表', '会议记录', '批复', '公示']}
                value={row.source}
                onChange={(source) => put(at, { source })}
              />
            </div>
            <div>
              <DayInput
                label="材料上的日期"
                value={row.on}
                onChange={(on, problem) => {
                  onProblem(`alsoDated.${at}`, problem)
                  put(at, { on })
                }}
                latest={file.on}
              />
            </div>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={`移去${row.source || `第 ${at + 1} 份材料`}`}
              onClick={() => {
                onProblem(`alsoDated.${at}`, undefined)
                onChange({ alsoDated: rows.filter((_, place) => place !== at) })
              }}
            >
              <IconX size={18} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <div className={classes.buttons}>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onChange({ alsoDated: [...rows, { source: '' }] })}
          >
            添加一份材料
          </Button>
        </div>
      </div>
    </details>
  )
}
