import { Button } from '@mantine/core'
import type { AttendanceSheet } from '@zhibu/server/modules/training/attendance-schema'
import { parseResponse } from 'hono/client'
import { lazy, Suspense, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { mediumOf, sessionClient } from './api.ts'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'

const MediaPicker = lazy(async () => ({ default: (await import('../media/MediaPicker.tsx')).MediaPicker }))

const mostSheets = 20

/** Pictures of the signed paper list, kept beside what was recorded of it. */
export function SheetsPart({ sessionId, sheet }: { sessionId: string; sheet: AttendanceSheet }) {
  const [isPicking, setIsPicking] = useState(false)
  const { sheets, can } = sheet
  const set = useWrite((mediaIds: string[]) =>
    parseResponse(sessionClient.sheets.$put({ param: { sessionId }, json: { mediaIds } })),
  )
  const ids = sheets.map((it) => it.mediaId)
  return (
    <Section
      title="纸质签到表"
      lead="签好的纸质签到表拍照放在这里备查，可不放。只有组织培训的人看得到。"
      actions={
        can.record && (
          <Button variant="default" onClick={() => setIsPicking(true)} disabled={sheets.length >= mostSheets}>
            添加照片
          </Button>
        )
      }
    >
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
                    loading={set.isPending}
                    onClick={() => set.mutate(ids.filter((id) => id !== mediaId))}
                  >
                    去掉
                  </Button>
                )}
              </figcaption>
            </figure>
          ))}
        </div>
      )}
      <ProblemNote error={set.error} />
      {isPicking && (
        <Suspense>
          <MediaPicker
            kind="picture"
            isMultiple
            onChoose={(items) => {
              setIsPicking(false)
              set.mutate([...new Set([...ids, ...items.map((it) => it.id)])].slice(0, mostSheets))
            }}
            onClose={() => setIsPicking(false)}
          />
        </Suspense>
      )}
    </Section>
  )
}
