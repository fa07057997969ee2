import { dayWritten, isDay } from '@zhibu/rules'
import type { BatchView } from '@zhibu/server/modules/development/schema'
import classes from './BatchPage.module.css'

/** The foot of every sheet: what it is worth, by whom and when it was made. */
export function preCheckFoot({ run, runs }: BatchView) {
  const ranBy = runs.find((it) => it.number === run.number)?.ranBy
  return (
    <span className={classes.foot}>
      <span>工作参考，不代替组织审核</span>
      <span>
        {ranBy && `预审人：${ranBy}　`}
        {isDay(run.ranOn) && dayWritten(run.ranOn)}
      </span>
    </span>
  )
}
