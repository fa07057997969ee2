import { Alert, Badge, Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReceptionCheck } from '@zhibu/server/modules/archive/reception-schema'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { StillMissing } from '../../ui/StillMissing.tsx'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { archiveClient, archiveKey } from './api.ts'
import { PackageFacts } from './PackageFacts.tsx'
import { ReceivedDocuments } from './ReceivedDocuments.tsx'
import classes from './Seals.module.css'
import { forgetFile, sendFile } from './uploading.ts'
import { type Wishes, wishesOf, wishFor } from './wishes.ts'

const route = getRouteApi('/signed-in/archive/receptions/new')

/** A package that lies at the server, and what was found in it. */
interface Arrived {
  file: File
  uploadId: string
  found: ReceptionCheck
}

/** Takes a package of another keeper over: sent, verified whole, shown, and only then accepted. */
export function NewReceptionPage() {
  const [sent, setSent] = useState<{ bytes: number; of: number }>()
  const [arrived, setArrived] = useState<Arrived>()
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])
  const send = useMutation({
    mutationFn: async (file: File): Promise<Arrived> => {
      setArrived(undefined)
      setSent({ bytes: 0, of: file.size })
      const sending = {
        onProgress: (bytes: number) => setSent({ bytes, of: file.size }),
        signal: stopping.current.signal,
      }
      const uploadId = await sendFile(file, sending)
      setSent(undefined)
      try {
        return { file, uploadId, found: await checked(uploadId) }
      } catch (error) {
        if (error instanceof Problem && error.details.status === 422) await forgetFile(file, uploadId)
        throw error
      }
    },
    onSuccess: setArrived,
    onSettled: () => setSent(undefined),
  })
  return (
    <Page
      title="接收档案包"
      breadcrumbs={[...wayFrom(useSession()?.can ?? [], '/archive'), { label: '接收记录', to: '/archive/receptions' }]}
      lead="系统先核验整个包，列出其中的材料，由您确认归入谁的档案、哪一类；确认以前不作任何登记。"
    >
      {arrived === undefined && (
        <Section title="选择档案包">
          <FileDrop
            label="把档案包拖到这里，或点击选择"
            hint="由本系统导出的 .zip 文件，不要解压。传到一半中断的，再选同一个文件就会接着传。"
            endings={['.zip']}
            largestMb={10 * 1024}
            disabled={send.isPending}
            onFiles={([file]) => file && send.mutate(file)}
          />
          {sent && (
            <ProgressBar
              label="正在上传"
              done={Math.round(sent.bytes / 1024)}
              total={Math.round(sent.of / 1024)}
              unit="KB"
            />
          )}
          {send.isPending && !sent && <p role="status">正在通读并核验整个包，内容较多时需要几分钟……</p>}
          <Refused error={send.error} />
        </Section>
      )}
      {arrived && <Accepting key={arrived.uploadId} arrived={arrived} onOther={() => setArrived(undefined)} />}
    </Page>
  )
}

const checked = (uploadId: string, personId?: string) =>
  parseResponse(
    archiveClient.receptions.checks.$post({ json: { uploadId, ...(personId !== undefined && { personId }) } }),
  )

/** Why a package was not taken, thing by thing. */
function Refused({ error }: { error: unknown }) {
  const fields = error instanceof Problem ? (error.details.fields ?? []) : []
  return (
    <>
      <ProblemNote error={error} />
      {fields.length > 1 && (
        <ul aria-label="包中的问题">
          {fields.map(({ path, message }) => (
            <li key={`${path} ${message}`} className={classes.digest}>
              {path}：{message}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Accepting({ arrived: { file, uploadId, found: first }, onOther }: { arrived: Arrived; onOther: () => void }) {
  const queries = useQueryClient()
  const navigate = route.useNavigate()
  const [found, setFound] = useState(first)
  const [sure] = first.candidates.filter((it) => it.by === 'number')
  const [personId, setPersonId] = useState(sure?.id)
  const [other, setOther] = useState<PersonRow>()
  const [wishes, setWishes] = useState<Wishes>({})
  const person = found.candidates.find((it) => it.id === personId)
  const choose = useMutation({
    mutationFn: (chosen: string) => checked(uploadId, chosen),
    onSuccess: (it, chosen) => {
      setFound(it)
      setPersonId(chosen)
    },
  })
  const accept = useMutation({
    mutationFn: (chosen: string) =>
      parseResponse(
        archiveClient.receptions.$post({
          json: { uploadId, personId: chosen, items: wishesOf(found, wishes, person) },
        }),
      ),
    onSuccess: async ({ id }) => {
      await forgetFile(file)
      await queries.invalidateQueries({ queryKey: archiveKey })
      await navigate({ to: '/archive/receptions/$receptionId', params: { receptionId: id } })
    },
  })
  const isSettled = found.items.every((it) => wishFor(it, wishes, person) !== undefined)
  const isReceived = person?.received ?? null
  return (
    <>
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
            { label: '档号', value: found.number },
            { label: '题名', value: found.title },
            { label: '档案中的姓名', value: found.subject.name },
            { label: '学号或工号', value: found.subject.number ?? '包中没有' },
            { label: '原所在组织', value: found.subject.organization },
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
      <Section
        title="归入谁的档案"
        lead="请核对姓名和学号。包里不带身份证号；人员名册中还没有这个人时，先登记，再回来接收。"
        actions={
          <Link to="/people/new" target="_blank">
            登记人员
          </Link>
        }
      >
        <Stack>
          {found.candidates.length === 0 && <p>在您管理的人员中没有找到学号或姓名相同的人。</p>}
          <RowList
            label="可能的人员"
            rows={found.candidates.map((it) => ({
              key: it.id,
              title: it.name,
              mark: it.id === personId && <Badge>归入这份档案</Badge>,
              facts: [it.studentNumber, it.organization, byNames[it.by]],
              actions: (
                <Button
                  variant="default"
                  disabled={it.id === personId}
                  aria-label={`选择${it.name}${it.studentNumber ?? ''}`}
                  onClick={() => setPersonId(it.id)}
                >
                  选择
                </Button>
              ),
            }))}
          />
          <PersonPicker
            label="选择其他人员"
            value={other}
            onChange={(it) => {
              setOther(it)
              if (it !== undefined) choose.mutate(it.id)
            }}
          />
          <ProblemNote error={choose.error} />
          {isReceived && (
            <Alert color="gray">
              这个包已由{isReceived.by}于 <InstantText at={isReceived.at} /> 接收到这份档案，不能重复接收。
              <Link to="/archive/receptions/$receptionId" params={{ receptionId: isReceived.id }}>
                查看接收记录
              </Link>
            </Alert>
          )}
        </Stack>
      </Section>
      <ReceivedDocuments found={found} person={person} wishes={wishes} onChange={setWishes} />
      <PackageFacts facts={found.facts} />
      <Section title="接收">
        <Stack>
          <ProblemNote error={accept.error} />
          <Group>
            <Button
              disabled={person === undefined || !isSettled || isReceived !== null}
              loading={accept.isPending}
              onClick={() => person && accept.mutate(person.id)}
            >
              接收并生成回执
            </Button>
            <StillMissing needs={{ 归入谁的档案: person !== undefined, 每件材料的去向: isSettled }} />
          </Group>
        </Stack>
      </Section>
    </>
  )
}

const byNames = { number: '学号相同', name: '姓名相同，请核对学号', chosen: '您选择的人员' } as const
