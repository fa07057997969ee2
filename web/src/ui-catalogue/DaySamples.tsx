import { SimpleGrid } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import { useState } from 'react'
import { DayInput } from '../ui/DayInput.tsx'
import { DayText } from '../ui/DayText.tsx'
import { DescriptionList } from '../ui/DescriptionList.tsx'
import { Sample } from './Sample.tsx'

/** Days written and days typed. */
export function DaySamples() {
  const [day, setDay] = useState<Day | undefined>('2026-05-11')
  const [empty, setEmpty] = useState<Day>()
  return (
    <Sample name="DayText、DayInput 日期">
      <DescriptionList
        items={[
          { label: '日期', value: <DayText on="2026-05-11" /> },
          { label: '只知年月', value: <DayText on="2026-05" /> },
          { label: '未到期', value: <DayText on="2026-05-23" relative="deadline" /> },
          { label: '逾期', value: <DayText on="2026-05-08" relative="deadline" /> },
          { label: '过去', value: <DayText on="2026-05-01" relative="day" /> },
          { label: '未填的项', value: undefined },
        ]}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <DayInput label="谈话日期" value={day} onChange={setDay} latest="2026-05-11" />
        <DayInput label="公示起始日" description="张贴当天" value={empty} onChange={setEmpty} required />
        <DayInput label="大会日期" value="2026-04-30" onChange={() => {}} error="早于公示结束的日期，请核对。" />
      </SimpleGrid>
    </Sample>
  )
}
