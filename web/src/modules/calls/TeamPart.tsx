import { Badge } from '@mantine/core'
import type { EntryView } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { entriesClient } from './api.ts'
import classes from './Calls.module.css'
import { useWrite } from './useWrite.ts'

/** Whose work it is, and the code by which others join a draft. */
export function TeamPart({ it }: { it: EntryView }) {
  const remove = useWrite((personId: string) =>
    parseResponse(entriesClient[':entryId'].members[':personId'].$delete({ param: { entryId: it.id, personId } })),
  )
  return (
    <Section title="作者和成员">
      <RowList
        label="作者和成员"
        rows={it.members.map((member) => ({
          key: member.personId,
          title: member.name,
          mark: member.isAuthor ? <Badge>作者</Badge> : undefined,
          facts: [
            member.organization,
            member.consents.publication ? '同意公开作品' : '还没有同意公开作品',
            member.consents.name && '同意公开姓名',
          ],
          actions: it.can.write && !member.isAuthor && (
            <ConfirmButton
              question={`${member.name}不再是这件作品的成员。`}
              confirmLabel="移出成员"
              isBusy={remove.isPending}
              onConfirm={() => remove.mutate(member.personId)}
            >
              移出成员
            </ConfirmButton>
          ),
        }))}
      />
      <ProblemNote error={remove.error} />
      {it.teamCode !== null && (
        <p className={parts.note}>
          作品邀请码：<span className={classes.code}>{it.teamCode}</span>
          。告诉一起做的人，提交以前填了就成为成员，最多 {it.call.teamMost} 人。
        </p>
      )}
    </Section>
  )
}
