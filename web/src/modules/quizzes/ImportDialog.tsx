import { useMutation } from '@tanstack/react-query'
import { largestFileMb } from '@zhibu/server/modules/quizzes/names-schema'
import type { ReadQuestion } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { quizClient, readFile, templateAt } from './api.ts'
import { takenOf } from './importing.ts'
import classes from './Quizzes.module.css'
import { useWrite } from './useWrite.ts'
import { WhatWasRead } from './WhatWasRead.tsx'

/** What a file of questions may be. */
const accepted = { endings: ['.xlsx', '.txt', '.gift'], largestMb: largestFileMb } as const

interface Props {
  quizId: string
  /** Each question of a set that is published says where it can be looked up. */
  isPublished: boolean
  onClose: () => void
}

/** Takes questions from a file: first it is shown what was read, what has to be mended and what is there already, then they are added. */
export function ImportDialog({ quizId, isPublished, onClose }: Props) {
  const reading = useMutation({ mutationFn: (file: File) => readFile(quizId, file) })
  const [wanted, setWanted] = useState<ReadonlySet<ReadQuestion>>(new Set())
  const taken = takenOf(reading.data?.questions ?? [], wanted)
  const withoutSource = taken.filter(({ question }) => question.source === '').length
  const isRefused = isPublished && withoutSource > 0
  const add = useWrite(
    () =>
      parseResponse(
        quizClient.questions.$post({ param: { quizId }, json: { questions: taken.map((it) => it.question) } }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="导入题目"
      lead="选好文件，先看读出了什么，再添加到题集。已有的题目不变。"
      submitLabel={taken.length > 0 ? `添加 ${taken.length} 题` : '添加题目'}
      isReady={taken.length > 0 && !reading.isPending && !isRefused}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <FileDrop
        label={reading.variables ? reading.variables.name : '把文件拖到这里，或点击选择'}
        hint={`Excel 表格（.xlsx）按模板的栏目填写；GIFT 文本（.txt、.gift）可以从 Moodle 等平台导出，解析里另起一行写“出处：”的，读作出处。不超过 ${largestFileMb} MB。`}
        {...accepted}
        disabled={reading.isPending || add.isPending}
        onFiles={([file]) => {
          add.reset()
          setWanted(new Set())
          if (file) reading.mutate(file)
        }}
      />
      <div>
        <DownloadLink href={templateAt}>下载模板</DownloadLink>
      </div>
      <ProblemNote error={reading.error} isKept />
      {reading.isPending && <p role="status">正在读取文件…</p>}
      {reading.data && <WhatWasRead it={reading.data} wanted={wanted} onWant={setWanted} />}
      {withoutSource > 0 && (
        <p role={isRefused ? 'alert' : 'note'} className={isRefused ? classes.problem : parts.note}>
          {isRefused
            ? `其中 ${withoutSource} 题没有出处。题集已经发布，请在文件里补上出处，或者先撤回发布，再添加。`
            : `其中 ${withoutSource} 题没有出处，添加以后补上，才能发布。`}
        </p>
      )}
    </FormDialog>
  )
}
