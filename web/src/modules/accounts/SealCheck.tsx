import { Alert, Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { accountsClient } from './api.ts'
import classes from './Entrance.module.css'

/** Reads the whole journal against its seals and says whether anything was altered, taken away or slipped in. */
export function SealCheck() {
  const check = useMutation({
    mutationFn: () => parseResponse(accountsClient.journal.verification.$get()),
  })
  const result = check.data
  return (
    <Section
      title="核验封存"
      lead="逐条重算封存的校验值。把末端校验值另行保存（如打印、抄录），以后可以证明此前的记录没有被改动。"
      actions={
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          核验
        </Button>
      }
    >
      <div role="status">
        {result && result.problem === null && (
          <Alert color="green" title="没有发现改动">
            已核验 {result.sealedRows.toLocaleString('zh-CN')} 条封存的记录，与封存时一致。
          </Alert>
        )}
        {result?.problem && (
          <Alert color="red" title="记录被改动过">
            {result.problem.message}请保留现场，立即报告安全管理员和主管领导。
          </Alert>
        )}
      </div>
      {result?.problem && (
        <DescriptionList
          items={[
            { label: '封存编号', value: result.problem.sealNumber ?? undefined },
            { label: '记录编号', value: result.problem.rowId ?? undefined },
          ]}
        />
      )}
      {result && result.anchors.length > 0 && (
        <RowList
          label="末端校验值"
          rows={result.anchors.map(({ number, hash }) => ({
            key: hash,
            title: `末端校验值（第 ${number} 次封存）`,
            facts: [
              <span key="hash" className={classes.link}>
                {hash}
              </span>,
            ],
          }))}
        />
      )}
      <ProblemNote error={check.error} />
    </Section>
  )
}
