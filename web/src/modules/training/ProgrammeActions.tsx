import { Button, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ProgrammeView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { programmeClient, trainingKey } from './api.ts'
import { CopyDialog } from './CopyDialog.tsx'
import { useWrite } from './useWrite.ts'

/** What whoever runs a programme does with it as a whole, the next thing first; the rest in a menu. */
export function ProgrammeActions({ it, etag }: { it: ProgrammeView; etag: string }) {
  const [asked, setAsked] = useState<'cancel' | 'copy'>()
  const param = { programmeId: it.id }
  const announce = useWrite(() => parseResponse(programmeClient.announcement.$post({ param }, ifMatch(etag))))
  const { can } = it
  const more = [
    can.change && (
      <Menu.Item key="change" component={Link} to={`/training/${it.id}/change`}>
        修改培训班
      </Menu.Item>
    ),
    can.copy && (
      <Menu.Item key="copy" onClick={() => setAsked('copy')}>
        沿用到新学期
      </Menu.Item>
    ),
    can.cancel && (
      <Menu.Item key="cancel" color="red" onClick={() => setAsked('cancel')}>
        取消培训班
      </Menu.Item>
    ),
  ].filter((item) => item !== false)
  return (
    <>
      {can.announce && (
        <ConfirmButton
          variant="filled"
          question={`发布以后，本组织和下级的人都能看到这个培训班${it.taken + it.waiting > 0 ? `，名单上的 ${it.taken + it.waiting} 人会收到通知` : ''}。`}
          confirmLabel="发布培训班"
          isBusy={announce.isPending}
          disabled={it.sessionCount === 0}
          onConfirm={() => announce.mutate()}
        >
          发布培训班
        </ConfirmButton>
      )}
      {more.length > 0 && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="default">更多</Button>
          </Menu.Target>
          <Menu.Dropdown>{more}</Menu.Dropdown>
        </Menu>
      )}
      <ProblemNote error={announce.error} />
      {asked === 'copy' && <CopyDialog it={it} onClose={() => setAsked(undefined)} />}
      {asked === 'cancel' && (
        <ReasonDialog
          title="取消培训班"
          lead="看得到这个培训班的人会看到已经取消和原因，名单上的人会收到通知。已经登记的学时保留。"
          label="取消原因"
          submitLabel="取消培训班"
          write={(reason) => parseResponse(programmeClient.cancellation.$post({ param, json: { reason } }))}
          changes={trainingKey}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
