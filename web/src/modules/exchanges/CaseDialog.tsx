import { Checkbox } from '@mantine/core'
import type { QueryKey } from '@tanstack/react-query'
import type { CaseText } from '@zhibu/server/modules/exchanges/schema'
import { useState } from 'react'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useWriting } from '../../useWriting.ts'
import { PracticeFields } from './PracticeFields.tsx'
import { blankCase } from './words.ts'

interface Props {
  /** The case that is changed; a new one without it. */
  it?: CaseText
  save: (text: CaseText) => Promise<unknown>
  /** What is read anew once it is saved. */
  changes: QueryKey
  onClose: () => void
}

/** Only what is written, out of a case as it was read. */
const writtenOf = ({
  title,
  problem,
  done,
  effect,
  conditions,
  learning,
  contact,
  isSubmitted,
  agrees,
}: CaseText): CaseText => ({
  ...{ title, problem, done, effect, conditions, learning, contact, isSubmitted, agrees },
})

/** Writes a case in the one form, as a draft or for all who take part. */
export function CaseDialog({ it = blankCase, save, changes, onClose }: Props) {
  const [text, setText] = useState<CaseText>({ ...writtenOf(it), isSubmitted: true })
  const { mutate, isPending, error } = useWriting(changes, save, onClose)
  const change = (part: Partial<CaseText>) => setText((before) => ({ ...before, ...part }))
  const isWhole = text.problem.trim() !== '' && text.done.trim() !== '' && text.effect.trim() !== ''
  return (
    <FormDialog
      title={it === blankCase ? '写案例' : '修改案例'}
      lead="写自己真做过的事，没有成效的也值得交流。不要写涉密内容，不要写别人的身份证号、电话等个人信息。"
      submitLabel={text.isSubmitted ? '提交案例' : '存为草稿'}
      needs={{
        标题: text.title.trim().length >= 4,
        ...(text.isSubmitted && { '问题、做法和成效': isWhole }),
      }}
      isBusy={isPending}
      error={error}
      onSubmit={() => mutate(text)}
      onClose={onClose}
    >
      <PracticeFields value={text} error={error} onChange={change} />
      <Checkbox
        label="同意整理成做法卡片"
        description="会后由举办单位核对，放进本校的做法库，署您的姓名和单位，供其他支部参考。以后可以收回同意，卡片随即撤下。"
        checked={text.agrees}
        onChange={(event) => change({ agrees: event.currentTarget.checked })}
      />
      <Checkbox
        label="提交给参加交流会的人看"
        description="不勾选则存为草稿，只有您自己看得到。"
        checked={text.isSubmitted}
        onChange={(event) => change({ isSubmitted: event.currentTarget.checked })}
      />
    </FormDialog>
  )
}
