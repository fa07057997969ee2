import { addMonths } from '@zhibu/rules'
import { useState } from 'react'
import { DayInput } from '../../ui/DayInput.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import classes from './Guidance.module.css'

/** Takes the own records along, as a paper or to be edited. */
export function ExportRecords() {
  const today = useToday()
  const [chosen, setChosen] = useState<{ from: typeof today; until: typeof today }>()
  if (today === undefined) return null
  const { from, until } = chosen ?? { from: addMonths(today, -12), until: today }
  return (
    <Section title="导出我的指导记录" lead="自己留存用。仅自己可见的备注不在里面。">
      <div className={parts.form}>
        <div className={classes.filters}>
          <DayInput label="从哪天" value={from} onChange={(day) => setChosen({ from: day, until })} />
          <DayInput label="到哪天" value={until} onChange={(day) => setChosen({ from, until: day })} />
        </div>
        {from !== undefined && until !== undefined && (
          <div className={parts.buttons}>
            <DownloadButton url="/api/guidance/exports" body={{ from, until, form: 'pdf' }}>
              导出 PDF
            </DownloadButton>
            <DownloadButton url="/api/guidance/exports" body={{ from, until, form: 'word' }}>
              导出 Word
            </DownloadButton>
          </div>
        )}
      </div>
    </Section>
  )
}
