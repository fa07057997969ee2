import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { LectureView } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { MediaPicker } from '../media/MediaPicker.tsx'
import { Player } from '../media/Player.tsx'
import { lectureClient, recordingOf, recordingTextOf } from './api.ts'
import { useWrite } from './useWrite.ts'

/** The recording with chapters, captions and speed; who holds the lecture puts it up. */
export function RecordingPart({ it, from }: { it: LectureView; from: string | undefined }) {
  const [asked, setAsked] = useState<'video' | 'sound'>()
  const { activityId, recording, can } = it
  const param = { activityId }
  const put = useWrite((mediaId: string) => parseResponse(lectureClient.recording.$put({ param, json: { mediaId } })))
  const take = useWrite(() => parseResponse(lectureClient.recording.$delete({ param })))
  if (recording === null && (!can.putRecording || it.session.isOpen)) return null
  const word = recording === null ? '放上' : '换成另一份'
  return (
    <Section
      title="回放"
      {...(can.putRecording && {
        lead: '录像、录音传到素材库再放上来，断网可以续传。章节和字幕在素材库中填写。主讲人和能认出的人同意了才能放。',
      })}
      actions={
        can.putRecording ? (
          <>
            <Button variant="default" loading={put.isPending} onClick={() => setAsked('video')}>
              {word}录像
            </Button>
            <Button variant="default" loading={put.isPending} onClick={() => setAsked('sound')}>
              {word}录音
            </Button>
            {recording !== null && (
              <ConfirmButton
                question="取下以后，大家不再看得到回放。素材库里的文件保留。"
                confirmLabel="取下回放"
                isBusy={take.isPending}
                onConfirm={() => take.mutate()}
              >
                取下回放
              </ConfirmButton>
            )}
          </>
        ) : undefined
      }
    >
      <div className={parts.form}>
        {recording === null ? (
          <p className={parts.note}>还没有录像或录音。</p>
        ) : (
          <Player
            key={recording.mediaId}
            kind={recording.kind}
            src={recordingOf(activityId, from)}
            label={`${it.title}的回放`}
            captions={recording.hasCaptions ? recordingTextOf(activityId, 'captions') : undefined}
            chapters={recording.hasChapters ? recordingTextOf(activityId, 'chapters') : undefined}
          />
        )}
        <ProblemNote error={put.error ?? take.error} />
        {put.isError && (
          <p>
            <Link to="/media">打开素材库</Link>
          </p>
        )}
      </div>
      {asked && (
        <MediaPicker
          kind={asked}
          isAskedFirst
          onClose={() => setAsked(undefined)}
          onChoose={([chosen]) => {
            setAsked(undefined)
            if (chosen) put.mutate(chosen.id)
          }}
        />
      )}
    </Section>
  )
}
