import { Autocomplete, TextInput } from '@mantine/core'
import { sentenceOf, signatoryOf, usualTitles } from '@zhibu/server/modules/certificates/names-schema'
import type { CertificateText } from '@zhibu/server/modules/certificates/schema'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { useToday } from '../../ui/today.ts'
import classes from './Certificates.module.css'
import { trimmed } from './draft.ts'

interface Props {
  text: CertificateText
  /** Whose name stands in the example. */
  name: string
  error: unknown
  onChange: (change: Partial<CertificateText>) => void
}

/** What is printed on a certificate, with the sentence as it will stand there. */
export function TextFields({ text, name, error, onChange }: Props) {
  const today = useToday()
  const latest = today === undefined ? {} : { latest: today }
  const shown = trimmed(text)
  const signatory = signatoryOf(shown)
  return (
    <>
      <FieldGrid>
        <Autocomplete
          label="证书名称"
          data={[...usualTitles]}
          value={text.title}
          onChange={(title) => onChange({ title })}
          error={problemIn(error, 'title')}
          maxLength={30}
          required
        />
        <TextInput
          label="参加的培训"
          description="写全称，如：临江大学党校第 58 期发展对象集中培训班。"
          value={text.programme}
          onChange={(event) => onChange({ programme: event.currentTarget.value })}
          error={problemIn(error, 'programme')}
          maxLength={100}
          required
        />
        <DayInput
          label="开始日期"
          value={text.fromOn ?? undefined}
          onChange={(day) => onChange({ fromOn: day ?? null })}
          error={problemIn(error, 'fromOn')}
          {...latest}
        />
        <DayInput
          label="结束日期"
          description="只有一天的不用填。"
          value={text.untilOn ?? undefined}
          onChange={(day) => onChange({ untilOn: day ?? null })}
          error={problemIn(error, 'untilOn')}
          {...latest}
        />
        <TextInput
          label="学时"
          description="照着要印的写，如：24 学时。可以不填。"
          value={text.hours}
          onChange={(event) => onChange({ hours: event.currentTarget.value })}
          error={problemIn(error, 'hours')}
          maxLength={30}
        />
        <TextInput
          label="结果"
          description="如：考核合格，准予结业。可以不填。"
          value={text.result}
          onChange={(event) => onChange({ result: event.currentTarget.value })}
          error={problemIn(error, 'result')}
          maxLength={60}
        />
        <TextInput
          label="签发人职务"
          description="可以不填，留空待签字。"
          value={text.signatoryOffice}
          onChange={(event) => onChange({ signatoryOffice: event.currentTarget.value })}
          error={problemIn(error, 'signatoryOffice')}
          maxLength={40}
        />
        <TextInput
          label="签发人姓名"
          value={text.signatoryName}
          onChange={(event) => onChange({ signatoryName: event.currentTarget.value })}
          error={problemIn(error, 'signatoryName')}
          maxLength={40}
        />
      </FieldGrid>
      <p className={classes.words}>
        {name}同志：{sentenceOf({ ...shown, programme: shown.programme || '……' })}
        {signatory !== null && (
          <>
            <br />
            {signatory}
          </>
        )}
      </p>
    </>
  )
}
