import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Section } from '../../ui/Section.tsx'
import { ForKeepers } from '../organization/ForKeepers.tsx'
import { Accepting } from './Accepting.tsx'
import { type Arrived, checkPackage } from './arrived.ts'
import classes from './Seals.module.css'
import { forgetFile, sendFile } from './uploading.ts'

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
        return { file, uploadId, found: await checkPackage(uploadId) }
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
      lead="系统先核验整个包，列出其中的材料，由您确认归入哪个人或哪个组织的档案、哪一类；确认以前不作任何登记。"
    >
      <ForKeepers what="档案接收">
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
      </ForKeepers>
    </Page>
  )
}

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
