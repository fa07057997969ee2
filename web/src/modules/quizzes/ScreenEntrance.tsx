import type { RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './Screen.module.css'
import { TeamCounts } from './TeamCounts.tsx'

/** How one comes into the room: by the picture or by the digits. */
export function ScreenEntrance({ it: { id, code, state } }: { it: RoomView }) {
  return (
    <section className={classes.entrance} aria-label="怎样参加">
      <div className={classes.qr}>
        <QrCode text={`${window.location.origin}/quizzes/rooms/${id}`} label="参加现场答题的二维码" />
      </div>
      <div className={classes.way}>
        <p>用手机扫二维码，或者打开“活动”里的“答题”，填写答题码：</p>
        <p className={classes.code}>{code}</p>
        <p>
          共 {state.questionCount} 题。谁答了什么只有本人看得到。现在有 <b>{state.players}</b> 人。
        </p>
        {state.teams.length > 0 && <TeamCounts teams={state.teams} />}
      </div>
    </section>
  )
}
