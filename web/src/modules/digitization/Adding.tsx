import { Alert, Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { StackView } from '@zhibu/server/modules/digitization/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { endingsOf } from '../archive/endings.ts'
import { digitizationClient, digitizationKey } from './api.ts'
import classes from './Digitization.module.css'
import { SendingList } from './SendingList.tsx'
import { useSendingInto } from './sending.ts'
import { useRemoving } from './useRemoving.ts'

const endings = [...endingsOf.pdf, ...endingsOf.picture]
const largestMb = 2 * 1024

/** Files are added to a stack: from this page, or by a phone whose camera takes them. */
export function Adding({ it }: { it: StackView }) {
  const queries = useQueryClient()
  const sending = useSendingInto(it.id)
  const [told, setTold] = useState<string>()
  const param = { stackId: it.id }
  const refresh = () => queries.invalidateQueries({ queryKey: digitizationKey })
  const remove = useRemoving(it.id)
  const begin = useMutation({
    mutationFn: () => parseResponse(digitizationClient.stacks[':stackId'].reading.$post({ param })),
    onSettled: refresh,
  })
  const take = (files: readonly File[]) => {
    const known = new Set([...it.files.map((file) => file.fileName), ...sending.items.map(({ file }) => file.name)])
    const fit = files.filter((file) => endings.some((ending) => file.name.toLowerCase().endsWith(ending)))
    const fresh = fit.filter((file) => !known.has(file.name))
    sending.add(fresh)
    setTold(
      [
        fit.length > fresh.length &&
          `${fit.length - fresh.length} 个文件与本批中的同名，没有再传；内容确实不同的，请改名后再选。`,
        files.length > fit.length && `${files.length - fit.length} 个文件不是 PDF 或图片，没有上传。`,
      ]
        .filter((part) => part !== false)
        .join(''),
    )
  }
  return (
    <Section
      title="放入扫描件或照片"
      lead="一个 PDF 可以是整摞材料，也可以一页一张图片；按放入的先后排列。"
      actions={
        <Button
          disabled={!it.can.read || sending.items.length > 0}
          loading={begin.isPending}
          onClick={() => begin.mutate()}
        >
          添加完毕，开始识别
        </Button>
      }
    >
      <Stack gap="md">
        <div className={classes.adding}>
          <Stack gap="sm">
            <FileDrop
              label="把扫描件拖到这里，或点击选择，也可以粘贴"
              hint="可用 PDF、JPG、PNG、TIFF、WebP，可以一次选多个。"
              endings={endings}
              largestMb={largestMb}
              multiple
              onFiles={take}
            />
            <FolderChoice onFiles={take} />
          </Stack>
          <PhoneEntrance stackId={it.id} />
        </div>
        {told !== undefined && told !== '' && (
          <Alert color="yellow" role="status">
            {told}
          </Alert>
        )}
        <SendingList items={sending.items} onAgain={sending.again} onForget={sending.forget} />
        <ProblemNote error={begin.error ?? remove.error} />
        {it.files.length === 0 && sending.items.length === 0 ? (
          <EmptyState title="还没有文件" />
        ) : (
          <RowList
            label="已放入的文件"
            rows={it.files.map((file) => ({
              key: file.id,
              title: file.fileName,
              facts: [`${file.pageCount} 页`],
              actions: (
                <ConfirmButton
                  question={`从这一批中删去“${file.fileName}”。`}
                  confirmLabel="删去"
                  onConfirm={() => remove.mutate(file.id)}
                  disabled={remove.isPending}
                >
                  删去
                </ConfirmButton>
              ),
            }))}
          />
        )}
      </Stack>
    </Section>
  )
}

/** A folder of scans; what is no scan in it is left out. */
function FolderChoice({ onFiles }: { onFiles: (files: File[]) => void }) {
  return (
    <Group>
      <Button component="label" variant="default">
        选择整个文件夹
        <input
          className="for-screen-readers"
          type="file"
          aria-label="选择整个文件夹"
          multiple
          ref={(input) => input?.setAttribute('webkitdirectory', '')}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])]
            event.currentTarget.value = ''
            onFiles(files.sort((one, other) => one.name.localeCompare(other.name, 'zh-CN', { numeric: true })))
          }}
        />
      </Button>
    </Group>
  )
}

/** Where a phone goes on with this stack. Signing in is asked for there as everywhere. */
function PhoneEntrance({ stackId }: { stackId: string }) {
  const address = `${window.location.origin}/digitization/${stackId}/phone`
  return (
    <div className={classes.entrance}>
      <QrCode text={address} label="手机拍照页面的二维码" />
      <p className={parts.note}>用手机扫一扫，登录后直接拍照，照片随拍随传到这一批。</p>
      <LinkButton to="/digitization/$stackId/phone" params={{ stackId }} variant="default">
        在本机拍照
      </LinkButton>
    </div>
  )
}
