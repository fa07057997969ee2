import { Autocomplete } from '@mantine/core'
import classes from './ActDialog.module.css'
import type { ActDraft, FieldProps } from './actDraft.ts'
import { MembersInput } from './MembersInput.tsx'
import { NamedDays } from './NamedDays.tsx'

/** What is recorded only where it is to be compared: days on other papers, signatures, and who was present at an assembly. */
export function MoreFields(props: FieldProps) {
  const { draft, kind, onChange, onProblem, file } = props
  const { alsoDated = [], signatures = [], attendees = [] } = draft
  const isAssembly = kind === 'admissionAssembly' || kind === 'confirmationAssembly'
  const isFilled = alsoDated.length + signatures.length + attendees.length > 0
  return (
    <details {...(isFilled && { open: true })}>
      <summary>更多：其他材料上的日期、签名日期{isAssembly && '、到会党员'}（可不填）</summary>
      <div className={classes.more}>
        <NamedDays
          legend="其他材料上的日期"
          hint="同一件事在登记表、志愿书、会议记录上写的日期，填写后与上面的日期核对。"
          nameLabel="材料"
          names={['入党志愿书', '培养考察登记表', '会议记录', '批复', '公示']}
          dayLabel="材料上的日期"
          addLabel="添加一份材料"
          rows={alsoDated.map(({ source, on }) => ({ name: source, on }))}
          onChange={(rows) => onChange({ alsoDated: rows.map(({ name, on }) => ({ source: name, on })) })}
          onProblem={(at, problem) => onProblem(`alsoDated.${at}`, problem)}
          latest={file.on}
          fresh={{ name: '', on: undefined }}
        />
        <NamedDays
          legend="签名日期"
          hint="材料上的签名日期，填写后核对是否在工作日、是否在签名人任期内。"
          nameLabel="签名人"
          names={[...new Set((file.facts.branch?.offices ?? []).map((it) => it.name))]}
          dayLabel="签名日期"
          addLabel="添加一个签名"
          rows={signatures.map(signatureRow)}
          onChange={(rows) => onChange({ signatures: rows.map(({ name, ...it }) => ({ by: name, ...it })) })}
          onProblem={(at, problem) => onProblem(`signatures.${at}`, problem)}
          latest={file.on}
          fresh={signatureRow({ by: '' })}
          more={(row, change) => (
            <Autocomplete
              label="以什么职务签名"
              data={['支部书记', '支部副书记', '组织委员', '组织员']}
              value={row.office ?? ''}
              onChange={(office) => change({ office: office || undefined })}
            />
          )}
        />
        {isAssembly && <MembersInput {...props} field="attendees" label="到会有表决权的党员" />}
      </div>
    </details>
  )
}

type Signature = NonNullable<ActDraft['signatures']>[number]

const signatureRow = ({ by, on, office }: Signature) => ({ name: by, on, office })
