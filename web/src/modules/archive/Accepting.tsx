import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { NewReception, ReceptionCheck } from '@zhibu/server/modules/archive/reception-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { StillMissing } from '../../ui/StillMissing.tsx'
import { archiveClient } from './api.ts'
import { type Arrived, checkPackage, ownerOf } from './arrived.ts'
import { archiveKey } from './key.ts'
import { PackageFacts } from './PackageFacts.tsx'
import { ReceivedDocuments } from './ReceivedDocuments.tsx'
import { Receiver } from './Receiver.tsx'
import { RefusalDialog } from './RefusalDialog.tsx'
import classes from './Seals.module.css'
import { forgetFile } from './uploading.ts'
import { presentIn, refusalOf, type Wishes, wishesOf, wishFor } from './wishes.ts'

const route = getRouteApi('/signed-in/archive/receptions/new')

interface Props {
  arrived: Arrived
  onOther: () => void
}

/** A package that was found sound: into whose file it goes, where its documents go, and that it is accepted or refused. */
export function Accepting({ arrived: { file, uploadId, found: first }, onOther }: Props) {
  const queries = useQueryClient()
  const navigate = route.useNavigate()
  const [found, setFound] = useState(first)
  const isOfPerson = found.subject.kind === 'person'
  // Codes of organisations are those of each university: only a person is known by a number that both have.
  const [sure] = first.candidates.filter((it) => isOfPerson && it.by === 'number')
  const [chosenId, setChosenId] = useState(sure?.id)
  const [wishes, setWishes] = useState<Wishes>({})
  const [isRefusing, setIsRefusing] = useState(false)
  const receiver = found.candidates.find((it) => it.id === chosenId)
  const choose = useMutation({
    mutationFn: (id: string) => checkPackage(uploadId, ownerOf(found, id)),
    onSuccess: (it, id) => {
      setFound(it)
      setChosenId(id)
    },
  })
  const accept = useMutation({
    mutationFn: ({ id, items }: { id: string; items: NewReception['items'] }) =>
      parseResponse(archiveClient.receptions.$post({ json: { ...ownerOf(found, id), uploadId, items } })),
    onSuccess: async ({ id }) => {
      await forgetFile(file)
      await queries.invalidateQueries({ queryKey: archiveKey })
      await navigate({ to: '/archive/receptions/$receptionId', params: { receptionId: id } })
    },
  })
  const leave = useMutation({
    mutationFn: () => forgetFile(file, uploadId),
    onSuccess: () => navigate({ to: '/archive/receptions' }),
  })
  const isSettled = found.items.every((it) => wishFor(it, wishes, receiver) !== undefined)
  const isReceived = receiver !== undefined && receiver.received !== null
  const addsNothing = receiver !== undefined && found.items.every((it) => presentIn(receiver, it) !== undefined)
  return (
    <>
      <Sound found={found} onOther={onOther} />
      <Receiver found={found} receiver={receiver} error={choose.error} onKnown={setChosenId} onOther={choose.mutate} />
      <ReceivedDocuments found={found} receiver={receiver} wishes={wishes} onChange={setWishes} />
      <PackageFacts facts={found.facts} kind={found.subject.kind} />
      <Section
        title="接收"
        lead={
          isReceived
            ? '这个包在这份档案里已经办理过，不能再办。关闭以后，刚才上传的文件随即删除。'
            : addsNothing &&
              `包中 ${found.items.length} 件材料，${receiver.name}的档案里都已有内容相同的，接收不会增加任何材料。通常写明原因、不接收即可；移交方需要接收凭证的，也可以照常接收。`
        }
      >
        <Stack>
          {!isRefusing && <ProblemNote error={accept.error ?? leave.error} />}
          <Group>
            {isReceived && (
              <Button loading={leave.isPending} onClick={() => leave.mutate()}>
                关闭，不重复办理
              </Button>
            )}
            {!isReceived && addsNothing && <Button onClick={() => setIsRefusing(true)}>不接收，写明原因</Button>}
            {!isReceived && (
              <Button
                variant={addsNothing ? 'default' : 'filled'}
                disabled={receiver === undefined || !isSettled}
                loading={accept.isPending && !isRefusing}
                onClick={() => receiver && accept.mutate({ id: receiver.id, items: wishesOf(found, wishes, receiver) })}
              >
                接收并生成回执
              </Button>
            )}
            {!isReceived && (
              <StillMissing
                needs={{
                  [isOfPerson ? '归入谁的档案' : '归入哪个组织的档案']: receiver !== undefined,
                  每件材料的去向: isSettled,
                }}
              />
            )}
          </Group>
        </Stack>
      </Section>
      {isRefusing && receiver && (
        <RefusalDialog
          isBusy={accept.isPending}
          error={accept.error}
          onRefuse={(reason) => accept.mutate({ id: receiver.id, items: refusalOf(found, reason) })}
          onClose={() => {
            accept.reset()
            setIsRefusing(false)
          }}
        />
      )}
    </>
  )
}

function Sound({ found, onOther }: { found: ReceptionCheck; onOther: () => void }) {
  const { subject } = found
  const isOfPerson = subject.kind === 'person'
  return (
    <Section
      title="核验通过"
      lead={`${found.items.length} 件材料逐件核对了校验值，与封存时一致。`}
      actions={
        <Button variant="default" onClick={onOther}>
          换一个包
        </Button>
      }
    >
      <DescriptionList
        items={[
          { label: '类别', value: isOfPerson ? '个人档案' : '组织档案' },
          { label: '档号', value: found.number },
          { label: '题名', value: found.title },
          { label: isOfPerson ? '档案中的姓名' : '档案中的组织', value: subject.name },
          { label: isOfPerson ? '学号或工号' : '组织编码', value: subject.number ?? '包中没有' },
          ...(isOfPerson ? [{ label: '原所在组织', value: subject.organization }] : []),
          { label: '移交单位', value: found.sender },
          {
            label: '封存',
            value: (
              <>
                {found.sealedBy}，<InstantText at={found.sealedAt} />
                ，第 {found.version} 次
              </>
            ),
          },
          ...(found.reason === null ? [] : [{ label: '补充原因', value: found.reason }]),
          ...(found.previous === null
            ? []
            : [{ label: '前次封存的包', value: found.previous.isHere ? '已在本校接收' : '没有在本校接收过' }]),
          { label: '整包校验值', value: <span className={classes.digest}>{found.digests.package}</span> },
        ]}
      />
    </Section>
  )
}
