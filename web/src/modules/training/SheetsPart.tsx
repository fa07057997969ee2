import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { AttendanceSheet } from '@zhibu/server/modules/training/attendance-schema'
import { parseResponse } from 'hono/client'
import { useSending } from '../../sending.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { SendingList } from '../digitization/SendingList.tsx'
import { fileBy, makePrivateItem } from '../media/api.ts'
import { endingsOf, hintOf } from '../media/words.ts'
import { mediumOf, sessionClient, trainingKey } from './api.ts'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'

const mostSheets = 20

/** Pictures of the signed paper list, kept beside what was recorded of it: brought in here, so that nobody finds them in the library. */
export function SheetsPart({ sessionId, sheet }: { sessionId: string; sheet: AttendanceSheet }) {
  const { sheets, can } = sheet
  const queries = useQueryClient()
  const sending = useSending(async (file, uploading) => {
    const { id } = await fileBy(file, uploading, makePrivateItem)
    await parseResponse(sessionClient.sheets.$post({ param: { sessionId }, json: { mediaIds: [id] } }))
    await queries.invalidateQueries({ queryKey: trainingKey })
  })
  const remove = useWrite((mediaId: string) =>
    parseResponse(sessionClient.sheets[':mediaId'].$delete({ param: { sessionId, mediaId } })),
  )
  return (
    <Section title="纸质签到表" lead="签好的纸质签到表拍照放在这里备查，可不放。只有组织培训的人看得到。">
      {sheets.length === 0 ? (
        <p className={parts.note}>没有照片。</p>
      ) : (
        <div className={classes.pictures}>
          {sheets.map(({ mediaId, fileName }, at) => (
            <figure key={mediaId}>
              <a href={mediumOf(sessionId, mediaId)} target="_blank" rel="noopener">
                <img src={mediumOf(sessionId, mediaId, 480)} alt={`签到表第 ${at + 1} 张`} loading="lazy" />
              </a>
              <figcaption>
                {fileName}{' '}
                {can.record && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    aria-label={`去掉签到表第 ${at + 1} 张`}
                    loading={remove.isPending}
                    onClick={() => remove.mutate(mediaId)}
                  >
                    去掉
                  </Button>
                )}
              </figcaption>
            </figure>
          ))}
        </div>
      )}
      {can.record && sheets.length < mostSheets && (
        <FileDrop
          label="添加照片"
          hint={`拖到这里，或点击选择。${hintOf.picture}。拍摄地点等信息会自动去掉。`}
          endings={endingsOf.picture}
          largestMb={50}
          multiple
          onFiles={sending.add}
        />
      )}
      <SendingList items={sending.items} onAgain={sending.again} onForget={sending.forget} />
      <ProblemNote error={remove.error} />
    </Section>
  )
}
