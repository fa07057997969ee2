import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MediaView, TextKind } from '@zhibu/server/modules/media/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { request } from '../../api.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { contentOf, mediaClient, mediaKey } from './api.ts'
import { type Chapter, linesOf, readChapters, vttOf } from './chapterLines.ts'
import { Player } from './Player.tsx'

/** The captions and chapters of a film or a sound, beside it, to be written and changed. */
export function TextsDialog({ it, onClose }: { it: MediaView; onClose: () => void }) {
  const texts = useQuery({ queryKey: [...mediaKey, 'texts', it.id, it.texts], queryFn: () => textsOf(it) })
  if (texts.isPending) return <PageLoading />
  if (texts.isError) return <ErrorState error={texts.error} onRetry={() => void texts.refetch()} />
  return <Writing it={it} known={texts.data} onClose={onClose} />
}

interface Texts {
  captions: string
  chapters: string
}

function Writing({ it, known, onClose }: { it: MediaView; known: Texts; onClose: () => void }) {
  const queries = useQueryClient()
  const [captions, setCaptions] = useState(known.captions)
  const [lines, setLines] = useState(known.chapters)
  const { chapters, wrong } = readChapters(lines)
  const save = useMutation({
    mutationFn: async () => {
      if (captions !== known.captions) await write(it, 'captions', captions)
      if (lines !== known.chapters)
        await write(it, 'chapters', chapters.length === 0 ? '' : vttOf(chapters, it.durationSeconds))
    },
    onSettled: () => queries.invalidateQueries({ queryKey: mediaKey }),
    onSuccess: onClose,
  })
  return (
    <FormDialog
      title="字幕和章节"
      lead="字幕让听不清、不便出声的人也能看懂，并成为可以查找的文字稿；章节让人直接跳到要看的一段。"
      submitLabel="保存"
      isReady={wrong === null}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Player kind={it.kind === 'sound' ? 'sound' : 'video'} src={contentOf(it)} label={it.altText || it.fileName} />
      <Textarea
        label="章节"
        description="一行一章：时间在前，名称在后，如“12:30 提问”"
        value={lines}
        onChange={(event) => setLines(event.currentTarget.value)}
        error={wrong && `第 ${wrong.line} 行：${wrong.problem}`}
        autosize
        minRows={3}
        maxRows={10}
      />
      <Stack gap={4}>
        <Textarea
          label="字幕"
          description="WebVTT 或 SRT；会议软件和剪辑软件都能导出"
          value={captions}
          onChange={(event) => setCaptions(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={14}
        />
        <Group gap="sm">
          <FileButton
            accept=".vtt,.srt,text/vtt"
            onChange={(file) => void file?.text().then(setCaptions)}
            inputProps={{ 'aria-label': '选择字幕文件' }}
          >
            {(props) => (
              <Button {...props} variant="default" size="compact-sm">
                选择字幕文件
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            留空保存，就是去掉字幕。
          </Text>
        </Group>
      </Stack>
    </FormDialog>
  )
}

const write = ({ id }: MediaView, kind: TextKind, text: string): Promise<unknown> =>
  parseResponse(mediaClient.items[':mediaId'].texts[':kind'].$put({ param: { mediaId: id, kind }, json: { text } }))

async function textsOf(it: MediaView): Promise<Texts> {
  const read = async (kind: TextKind) =>
    it.texts.includes(kind) ? (await request(`/api/media/items/${it.id}/texts/${kind}`)).text() : ''
  const [captions, chapters] = await Promise.all([read('captions'), read('chapters')])
  return { captions, chapters: linesOf(chaptersIn(chapters)) }
}

/** Chapters as the server writes them: a line with times, then the name. */
const chaptersIn = (vtt: string): Chapter[] =>
  [...vtt.matchAll(/^(\d\d):(\d\d):(\d\d)\.\d{3} --> .*\n(.*)$/gm)].map(([, hours, minutes, seconds, name = '']) => ({
    at: (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds),
    name: name.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  }))
