import { actLabels, type DueAct, waitingLabels } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { useSession } from '../../session.ts'
import { DayText } from '../../ui/DayText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ReasonList } from '../../ui/ReasonList.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './FilePage.module.css'
import { shownReason } from './shownBasis.ts'

/** What is next for a person, until when, and why. */
export function NextActs({ file: { person, due, stage, can, isWhole } }: { file: FileView }) {
  const isOwn = useSession()?.account.personId === person.id
  return (
    <Section title="下一步">
      {due.length === 0 && (
        <p className={classes.hint}>
          {stage === 'full'
            ? '发展过程已经完成。'
            : isWhole
              ? '目前没有待办的下一步。'
              : '授权您协助的内容目前没有期限。'}
        </p>
      )}
      <ol className={classes.list}>
        {due.map((act) => (
          <li key={act.kind} className={classes.act}>
            <h3>{actLabels[act.kind]}</h3>
            <Until {...act} />
            <p className={classes.hint}>
              {act.waitingOn === 'applicant' && isOwn
                ? '由您本人办理，材料交所在党支部登记'
                : `由${waitingLabels[act.waitingOn]}办理`}
            </p>
            <ReasonList
              reasons={act.reasons.map(shownReason)}
              question={act.earliestOn || act.latestOn ? '为什么是这一天' : '依据'}
            />
            {can.record.includes(act.kind) && (
              <span className="no-print">
                <LinkButton
                  to="/development/$personId"
                  params={{ personId: person.id }}
                  search={{ record: act.kind }}
                  variant="default"
                  size="compact-sm"
                >
                  记录办理结果
                </LinkButton>
              </span>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Until({ earliestOn, latestOn, provisional }: DueAct) {
  return (
    <div>
      {earliestOn && (
        <div>
          最早 <DayText on={earliestOn} />
        </div>
      )}
      {latestOn && (
        <div>
          最迟 <DayText on={latestOn} relative="deadline" />
        </div>
      )}
      {!earliestOn && !latestOn && <span className={classes.hint}>没有规定期限</span>}
      {provisional && <p className={classes.hint}>放假安排尚未公布，日期待定</p>}
    </div>
  )
}
