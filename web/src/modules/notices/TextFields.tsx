import { Radio, Textarea, TextInput } from '@mantine/core'
import { noticeKindNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type { NoticeKind } from '@zhibu/server/modules/notices/schema'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { useToday } from '../../ui/today.ts'
import classes from './Notices.module.css'
import type { TextDraft } from './noticeDraft.ts'

interface Props {
  draft: TextDraft
  onChange: (part: Partial<TextDraft>) => void
  /** Why the server did not take it. */
  error: unknown
}

const explained: Readonly<Record<NoticeKind, string>> = {
  information: '看到就可以，不用答复。',
  confirmation: '要求收到的人点“确认知悉”，例如会议安排。',
  task: '要求在某一天以前办完，例如交材料；办完点“已办结”。',
}

/** What a notice says: its kind, title, text and days. */
export function TextFields({ draft, onChange, error }: Props) {
  const today = useToday()
  return (
    <>
      <Radio.Group
        label="种类"
        value={draft.kind}
        onChange={(chosen) => onChange({ kind: codeIn(noticeKindNames, chosen) ?? draft.kind })}
        required
      >
        <div className={classes.pair}>
          {choicesOf(noticeKindNames).map(({ value, label }) => (
            <Radio key={value} value={value} label={label} description={explained[value]} mt="xs" />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        label="标题"
        value={draft.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        error={problemIn(error, 'title')}
        maxLength={80}
        required
      />
      <Textarea
        label="正文"
        description="一段一行。写清时间、地点、带什么、找谁问。涉密、涉个人隐私的内容不要写进通知。"
        value={draft.body}
        onChange={(event) => onChange({ body: event.currentTarget.value })}
        error={problemIn(error, 'body')}
        maxLength={5_000}
        autosize
        minRows={6}
        maxRows={20}
        required
      />
      <div className={classes.pair}>
        {draft.kind === 'task' && (
          <DayInput
            label="办理期限"
            description="最迟哪一天办完。"
            value={draft.dueOn}
            onChange={(dueOn) => onChange({ dueOn })}
            {...(today && { earliest: today })}
            error={problemIn(error, 'dueOn')}
            required
          />
        )}
        <DayInput
          label="活动日期"
          description="通知的是会议或活动时填写，用来核对是否提前通知。"
          value={draft.happensOn}
          onChange={(happensOn) => onChange({ happensOn })}
          error={problemIn(error, 'happensOn')}
        />
      </div>
    </>
  )
}
