import { Button } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { StackView } from '@zhibu/server/modules/digitization/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { digitizationClient, digitizationKey, pictureUrl, stackQuery } from './api.ts'
import classes from './Digitization.module.css'
import { SendingList } from './SendingList.tsx'
import { useSendingInto } from './sending.ts'
import { useRemoving } from './useRemoving.ts'

const route = getRouteApi('/signed-in/digitization/$stackId/phone')

/** The camera of a phone: each photograph goes into the stack at once. */
export function PhonePage() {
  const { stackId } = route.useParams()
  const { data: it, error, refetch } = useQuery(stackQuery(stackId))
  return (
    <Page
      title="拍照"
      breadcrumbs={[{ label: '纸质材料整理', to: '/digitization' }]}
      {...(it && { subtitle: `${it.name} · ${it.organization.name}` })}
    >
      {it === undefined ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : it.can.add ? (
        <Camera it={it} />
      ) : (
        <EmptyState
          title="这一批已经拍完"
          action={
            <LinkButton to="/digitization/$stackId" params={{ stackId }}>
              查看识别结果
            </LinkButton>
          }
        >
          还有材料要拍的，请另开一批。
        </EmptyState>
      )}
    </Page>
  )
}

function Camera({ it }: { it: StackView }) {
  const queries = useQueryClient()
  const navigate = route.useNavigate()
  const sending = useSendingInto(it.id)
  const param = { stackId: it.id }
  const refresh = () => queries.invalidateQueries({ queryKey: digitizationKey })
  const remove = useRemoving(it.id)
  const finish = useMutation({
    mutationFn: () => parseResponse(digitizationClient.stacks[':stackId'].reading.$post({ param })),
    onSuccess: async () => {
      await refresh()
      await navigate({ to: '/digitization/$stackId', params: param })
    },
  })
  return (
    <div className={classes.camera}>
      <label className={classes.shutter}>
        <IconCamera size={36} stroke={1.5} aria-hidden />
        <span>拍照</span>
        <input
          className="for-screen-readers"
          type="file"
          accept="image/*"
          capture="environment"
          aria-label="拍照"
          onChange={(event) => {
            const taken = [...(event.currentTarget.files ?? [])]
            event.currentTarget.value = ''
            sending.add(taken.map(named))
          }}
        />
      </label>
      <p className={parts.note}>一页一张，纸要摊平、四边都在画面里。拍歪、拍倒不要紧，识别时自动转正。</p>
      <SendingList items={sending.items} onAgain={sending.again} onForget={sending.forget} />
      <ProblemNote error={remove.error ?? finish.error} />
      {it.files.length > 0 && (
        <ol className={classes.photos} aria-label={`已拍 ${it.pageCount} 页`}>
          {it.files.map((file) => (
            <li key={file.id}>
              <img src={pictureUrl(it.id, file.from, 200, 0)} alt={`第 ${file.from} 页`} loading="lazy" />
              <span aria-hidden>{file.from}</span>
              <ConfirmButton
                question="删去这一张；要重拍的，删去后再拍。"
                confirmLabel="删去"
                onConfirm={() => remove.mutate(file.id)}
                disabled={remove.isPending}
              >
                删去<span className="for-screen-readers">第 {file.from} 页</span>
              </ConfirmButton>
            </li>
          ))}
        </ol>
      )}
      <Button
        size="lg"
        disabled={it.files.length === 0 || sending.items.length > 0}
        loading={finish.isPending}
        onClick={() => finish.mutate()}
      >
        拍完了，开始识别
      </Button>
    </div>
  )
}

/** Cameras call every photograph the same. */
const named = (photo: File): File =>
  new File([photo], `照片 ${new Date().toTimeString().slice(0, 8).replaceAll(':', '')}${ending(photo.name)}`, {
    type: photo.type,
    lastModified: photo.lastModified,
  })

const ending = (name: string): string => /\.[a-z0-9]+$/i.exec(name)?.[0] ?? '.jpg'
