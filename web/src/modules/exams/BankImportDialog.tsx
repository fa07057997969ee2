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
import { takenOf } from '../quizzes/importing.ts'
import { WhatWasRead } from '../quizzes/WhatWasRead.tsx'
import { bankClient, readQuestionFile, templateAt } from './api.ts'
import { topicName } from './topics.ts'
import { useWrite } from './useWrite.ts'

/** What a file of questions may be. */
const accepted = { endings: ['.xlsx', '.txt', '.gift'], largestMb: largestFileMb } as const

/** Takes questions from a file into a bank: first it is shown what was read, what has to be mended and what is there already. */
export function BankImportDialog({ bankId, onClose }: { bankId: string; onClose: () => void }) {
  const reading = useMutation({ mutationFn: (file: File) => readQuestionFile(bankId, file) })
  const [wanted, setWanted] = useState<ReadonlySet<ReadQuestion>>(new Set())
  const taken = takenOf(reading.data?.questions ?? [], wanted)
  const topics = [...new Set(taken.map((it) => it.topic))]
  const add = useWrite(
    () =>
      parseResponse(
        bankClient.questions.$post({
          param: { bankId },
          json: { questions: taken.map(({ topic, question }) => ({ topic, question })) },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="导入题目"
      lead="选好文件，先看读出了什么，再添加到题库。已有的题目不变。"
      submitLabel={taken.length > 0 ? `添加 ${taken.length} 题` : '添加题目'}
      isReady={taken.length > 0 && !reading.isPending}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <FileDrop
        label={reading.variables ? reading.variables.name : '把文件拖到这里，或点击选择'}
        hint={`Excel 表格（.xlsx）按模板的栏目填写，有“章节”一栏；GIFT 文本（.txt、.gift）可以从 Moodle 等平台导出，类别读作章节。不超过 ${largestFileMb} MB。`}
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
      {reading.data && <WhatWasRead setName="题库" it={reading.data} wanted={wanted} onWant={setWanted} />}
      {taken.length > 0 && (
        <p className={parts.note}>
          章节：
          {topics
            .map((topic) => `${topicName(topic)}（${taken.filter((it) => it.topic === topic).length} 题）`)
            .join('、')}
        </p>
      )}
    </FormDialog>
  )
}
