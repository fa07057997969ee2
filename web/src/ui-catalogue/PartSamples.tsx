import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { ConfirmButton } from '../ui/ConfirmButton.tsx'
import { FileDrop } from '../ui/FileDrop.tsx'
import { PrintSheet } from '../ui/PrintSheet.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { SeverityMark } from '../ui/SeverityMark.tsx'
import { StillMissing } from '../ui/StillMissing.tsx'
import { Sample } from './Sample.tsx'

/** Buttons, marks, files, progress, paper. */
export function PartSamples() {
  const [given, setGiven] = useState<string>()
  return (
    <>
      <Sample name="按钮与标记">
        <Group>
          <Button>登记</Button>
          <Button variant="default">导出</Button>
          <Button variant="light">查看</Button>
          <Button disabled>不可用</Button>
          <StillMissing needs={{ 姓名: false, 所在组织: false, 性别: true }} />
          <ConfirmButton
            question="将撤销本次导入的 128 人，其后录入的内容不受影响。"
            confirmLabel="撤销导入"
            onConfirm={() => {}}
          >
            撤销导入
          </ConfirmButton>
          <SeverityMark severity="error" />
          <SeverityMark severity="warning" />
          <SeverityMark severity="info" />
          <SeverityMark severity="error" count={3} />
        </Group>
      </Sample>
      <Sample name="FileDrop、ProgressBar 文件与进度">
        <FileDrop
          label={given ?? '把表格拖到这里，或点击选择'}
          hint="支持 .xlsx、.xls、.csv，不超过 20 MB；也可以直接粘贴"
          endings={['.xlsx', '.xls', '.csv']}
          largestMb={20}
          onFiles={([file]) => setGiven(file?.name)}
        />
        <Stack>
          <ProgressBar
            label="正在核对表格"
            done={3200}
            total={100000}
            unit="行"
            note="可以离开本页，结果会保留在导入记录中。"
          />
          <ProgressBar label="正在读取" done={512} unit="行" />
          <ProgressBar label="导入完成" done={100000} total={100000} unit="行" state="done" />
          <ProgressBar
            label="导入中断"
            done={41000}
            total={100000}
            unit="行"
            state="failed"
            note="没有写入任何内容，请重试。"
          />
        </Stack>
      </Sample>
      <Sample name="PrintSheet 打印页">
        <PrintSheet
          title="发展党员材料预审意见"
          subtitle="信息工程学院研究生第一党支部　沈知微"
          foot="支部工作台　2026年5月11日"
        >
          <p>一、缺少谈话记录。</p>
          <p>二、谈话日期晚于规定期限，请核对。</p>
        </PrintSheet>
      </Sample>
    </>
  )
}
