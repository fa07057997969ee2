import { Button, Group, SegmentedControl, Stack } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { MediaKind, MediaView } from '@zhibu/server/modules/media/schema'
import { parseResponse } from 'hono/client'
import { lazy, Suspense, useState } from 'react'
import { useSession } from '../../session.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { describeItem, mediaClient, mediaKey, mediaQuery, type Whose } from './api.ts'
import { DescriptionFields } from './DescriptionFields.tsx'
import { descriptionOf, needsOf, saidOf } from './described.ts'
import { Library } from './Library.tsx'
import { kindNames } from './words.ts'

const MediaPicker = lazy(async () => ({ default: (await import('./MediaPicker.tsx')).MediaPicker }))
const TextsDialog = lazy(async () => ({ default: (await import('./TextsDialog.tsx')).TextsDialog }))

/** 素材: what one has brought in, and for whoever publishes what was brought in there. */
export function MediaPage() {
  const publishes = useSession()?.can.includes('publishing') ?? false
  const [of, setOf] = useState<Whose>('own')
  const [chosen, setChosen] = useState<MediaKind>()
  // Nobody has to look for what they have just brought in: it opens on its kind.
  const newest = useInfiniteQuery(mediaQuery(of, undefined)).data?.pages[0]?.items[0]
  const kind = chosen ?? newest?.kind ?? 'picture'
  const [isAdding, setIsAdding] = useState(false)
  const [opened, setOpened] = useState<{ it: MediaView; way: 'describe' | 'texts' | 'withdraw' }>()
  const close = () => setOpened(undefined)
  return (
    <Page
      title="素材"
      breadcrumbs={[{ label: '宣传', to: '/publicity' }]}
      lead="写稿件时用的图片、视频、音频和附件。三十天没有用到的会自动清理。"
      actions={<Button onClick={() => setIsAdding(true)}>上传{kindNames[kind]}</Button>}
    >
      <Stack gap="md">
        <Group gap="sm">
          {publishes && (
            <SegmentedControl
              aria-label="谁的素材"
              value={of}
              onChange={(value) => setOf(value === 'organization' ? 'organization' : 'own')}
              data={[
                { value: 'own', label: '我上传的' },
                { value: 'organization', label: '所管组织的' },
              ]}
            />
          )}
          <SegmentedControl
            aria-label="哪一种素材"
            value={kind}
            onChange={(value) => setChosen(codeIn(kindNames, value))}
            data={choicesOf(kindNames)}
          />
        </Group>
        <Library
          key={`${of} ${kind}`}
          of={of}
          kind={kind}
          actions={(it) => (
            <Group gap="xs">
              {it.can.change && (
                <Button size="compact-sm" variant="subtle" onClick={() => setOpened({ it, way: 'describe' })}>
                  说明
                </Button>
              )}
              {it.can.change && (it.kind === 'video' || it.kind === 'sound') && (
                <Button size="compact-sm" variant="subtle" onClick={() => setOpened({ it, way: 'texts' })}>
                  字幕和章节
                </Button>
              )}
              {it.can.withdraw && (
                <Button size="compact-sm" variant="subtle" onClick={() => setOpened({ it, way: 'withdraw' })}>
                  撤下
                </Button>
              )}
            </Group>
          )}
        />
      </Stack>
      {isAdding && (
        <Suspense>
          <MediaPicker kind={kind} isMultiple onChoose={() => setIsAdding(false)} onClose={() => setIsAdding(false)} />
        </Suspense>
      )}
      {opened?.way === 'describe' && <DescriptionDialog it={opened.it} onClose={close} />}
      {opened?.way === 'texts' && (
        <Suspense>
          <TextsDialog it={opened.it} onClose={close} />
        </Suspense>
      )}
      {opened?.way === 'withdraw' && <WithdrawalDialog it={opened.it} onClose={close} />}
    </Page>
  )
}

function DescriptionDialog({ it, onClose }: { it: MediaView; onClose: () => void }) {
  const queries = useQueryClient()
  const [said, setSaid] = useState(() => saidOf(it))
  const write = useMutation({
    mutationFn: () => describeItem(it, descriptionOf(said, it)),
    onSettled: () => queries.invalidateQueries({ queryKey: mediaKey }),
    onSuccess: onClose,
  })
  return (
    <FormDialog
      title="素材说明"
      submitLabel="保存"
      needs={needsOf(said, [it])}
      isBusy={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate()}
      onClose={onClose}
    >
      <DescriptionFields items={[it]} said={said} onChange={setSaid} error={write.error} />
    </FormDialog>
  )
}

function WithdrawalDialog({ it, onClose }: { it: MediaView; onClose: () => void }) {
  return (
    <ReasonDialog
      title="撤下素材"
      lead="撤下以后，用到它的文章里不再显示；三十天后内容一并清理。撤下不能取消。"
      label="撤下原因"
      submitLabel="撤下"
      write={(reason) =>
        parseResponse(mediaClient.items[':mediaId'].withdrawal.$post({ param: { mediaId: it.id }, json: { reason } }))
      }
      changes={mediaKey}
      onClose={onClose}
    />
  )
}
