import type { Plan } from '@zhibu/server/modules/activities/schema'
import parts from '../../ui/Parts.module.css'
import classes from './Activities.module.css'

/** A plan to read: what for, step by step, with what, and the text of the notice. */
export function PlanView({ plan, hidesNotice = false }: { plan: Plan; hidesNotice?: boolean }) {
  const { aim, steps, materials, noticeText } = plan
  return (
    <div className={classes.form}>
      {aim !== '' && <p className={parts.text}>{aim}</p>}
      {steps.length > 0 && (
        <div className={classes.part}>
          <h3>环节</h3>
          <ol className={classes.steps}>
            {steps.map(({ what, minutes }, at) => (
              // The steps of a plan that is read never change places.
              <li key={`${String(at)} ${what}`}>
                {what} {minutes !== null && <span className={classes.minutes}>（{minutes} 分钟）</span>}
              </li>
            ))}
          </ol>
        </div>
      )}
      {materials.length > 0 && (
        <div className={classes.part}>
          <h3>要准备的东西</h3>
          <ul className={classes.materials}>
            {materials.map((it, at) => (
              <li key={`${String(at)} ${it}`}>{it}</li>
            ))}
          </ul>
        </div>
      )}
      {!hidesNotice && noticeText !== '' && (
        <div className={classes.part}>
          <h3>通知稿</h3>
          <p className={parts.text}>{noticeText}</p>
        </div>
      )}
    </div>
  )
}
