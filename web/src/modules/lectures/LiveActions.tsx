import { Button, Checkbox } from '@mantine/core'
import type { LectureView } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { lectureClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Opens and closes the live page, for whoever holds the lecture. */
export function LiveActions({ it }: { it: LectureView }) {
  const [isOpening, setIsOpening] = useState(false)
  const param = { activityId: it.activityId }
  const close = useWrite(() => parseResponse(lectureClient.closing.$post({ param })))
  const moderate = useWrite((isModerated: boolean) =>
    parseResponse(lectureClient.moderation.$put({ param, json: { isModerated } })),
  )
  return (
    <>
      {it.can.close && (
        <Checkbox
          label="提问先看过再公开"
          checked={it.session.isModerated}
          disabled={moderate.isPending}
          onChange={(event) => moderate.mutate(event.currentTarget.checked)}
        />
      )}
      {it.can.open && (
        <Button onClick={() => setIsOpening(true)}>
          {it.session.openedAt === null ? '打开现场页' : '重新打开现场页'}
        </Button>
      )}
      {it.can.close && (
        <ConfirmButton
          question="结束以后不能再提问和举手，正在进行的举手表决一并结束。已有的提问都保留，仍可以书面回答。"
          confirmLabel="结束现场页"
          isBusy={close.isPending}
          onConfirm={() => close.mutate()}
        >
          结束现场页
        </ConfirmButton>
      )}
      <ProblemNote error={close.error ?? moderate.error} />
      {isOpening && <OpeningDialog it={it} onClose={() => setIsOpening(false)} />}
    </>
  )
}

function OpeningDialog({ it, onClose }: { it: LectureView; onClose: () => void }) {
  const [isModerated, setIsModerated] = useState(true)
  const open = useWrite(
    () => parseResponse(lectureClient.opening.$post({ param: { activityId: it.activityId }, json: { isModerated } })),
    onClose,
  )
  return (
    <FormDialog
      title="打开现场页"
      lead="打开以后，看得到这项活动的人都可以提问、附议和举手，直到您结束。"
      submitLabel="打开现场页"
      isBusy={open.isPending}
      error={open.error}
      onSubmit={() => open.mutate()}
      onClose={onClose}
    >
      <Checkbox
        label="提问先看过再公开"
        description="提问由组织者看过、公开以后，大家才看得到。进行中可以改。"
        checked={isModerated}
        onChange={(event) => setIsModerated(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
