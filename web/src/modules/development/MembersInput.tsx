import { ActionIcon, Autocomplete, Button, Checkbox } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { NamedMember } from '@zhibu/rules'
import { DayInput } from '../../ui/DayInput.tsx'
import classes from './ActDialog.module.css'
import type { FieldProps } from './actDraft.ts'
import { DisciplineFields } from './DisciplineFields.tsx'

interface Props extends FieldProps {
  field: 'talkers' | 'members' | 'attendees'
  label: string
}

/**
 * People named in an act: members with the day of becoming a full member where it is known; of who talked only the name, and
 * before the approval whether it was somebody of the committee (Art. 23).
 */
export function MembersInput({ field, label, kind, draft, onChange, onProblem, file }: Props) {
  const members = draft[field] ?? []
  const put = (next: readonly NamedMember[]) => onChange({ [field]: next })
  const change = (at: number, part: { [Key in keyof NamedMember]?: NamedMember[Key] | undefined }) =>
    put(members.map((it, place) => (place === at ? withPart(it, part) : it)))
  const contacts = kind === 'introducers' && members.length === 0 ? contactPersonsOf(file) : []
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {field === 'attendees' && (
        <p className={classes.hint}>只需填写要核对到会资格的人：当时是否已是正式党员、是否已转出。</p>
      )}
      {members.map((member, at) => (
        // Rows are told apart by their place: names repeat, and are empty at first.
        <div key={String(at)} className={classes.member} data-talker={field === 'talkers' || undefined}>
          <div>
            <Autocomplete
              label="姓名"
              data={namesIn(file)}
              value={member.name}
              onChange={(name) => change(at, { name })}
              // A row is added to be filled in, which on a phone should take no further tap.
              autoFocus={member.name === ''}
              required
            />
          </div>
          {field !== 'talkers' && (
            <div>
              <DayInput
                label="转为正式党员的日期"
                value={member.fullOn}
                onChange={(fullOn, problem) => {
                  onProblem(`${field}.${at}`, problem)
                  change(at, { fullOn })
                }}
                latest={file.on}
              />
            </div>
          )}
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={`移去${member.name || `第 ${at + 1} 人`}`}
            onClick={() => {
              for (const part of ['', '.discipline', '.from', '.until', '.leftOn'])
                onProblem(`${field}.${at}${part}`, undefined)
              put(members.filter((_, place) => place !== at))
            }}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
          {kind === 'admissionTalk' && (
            <Checkbox
              label="是党委委员或组织员"
              checked={member.isCommitteeMemberOrOrganiser ?? false}
              onChange={(event) =>
                change(at, { isCommitteeMemberOrOrganiser: event.currentTarget.checked || undefined })
              }
            />
          )}
          {field !== 'talkers' && (
            <Checkbox
              label="是正式党员（日期不详时勾选）"
              checked={member.isFull ?? false}
              disabled={member.fullOn !== undefined}
              onChange={(event) => change(at, { isFull: event.currentTarget.checked || undefined })}
            />
          )}
          {kind === 'introducers' && (
            <DisciplineFields
              of={member}
              onChange={(discipline) => change(at, { discipline })}
              onProblem={(part, problem) => onProblem(`${field}.${at}.${part}`, problem)}
              latest={file.on}
            />
          )}
          {field === 'attendees' && (
            <DayInput
              label="转出组织关系的日期（已转出的填写）"
              value={member.leftOn}
              onChange={(leftOn, problem) => {
                onProblem(`${field}.${at}.leftOn`, problem)
                change(at, { leftOn })
              }}
              latest={file.on}
            />
          )}
        </div>
      ))}
      <div className={classes.buttons}>
        <Button variant="default" size="compact-sm" onClick={() => put([...members, { name: '' }])}>
          添加{label}
        </Button>
        {contacts.length > 0 && (
          <Button variant="default" size="compact-sm" onClick={() => put(contacts)}>
            同培养联系人（{contacts.map((it) => it.name).join('、')}）
          </Button>
        )}
      </div>
    </fieldset>
  )
}

function withPart(
  member: NamedMember,
  part: { [Key in keyof NamedMember]?: NamedMember[Key] | undefined },
): NamedMember {
  const { name, fullOn, isFull, isCommitteeMemberOrOrganiser, discipline, office, leftOn } = { ...member, ...part }
  return {
    name: name ?? '',
    ...(fullOn && { fullOn }),
    ...(isFull !== undefined && { isFull }),
    ...(isCommitteeMemberOrOrganiser !== undefined && { isCommitteeMemberOrOrganiser }),
    ...(discipline && { discipline }),
    ...(office && { office }),
    ...(leftOn && { leftOn }),
  }
}

/** Introducers are usually the contact persons. */
const contactPersonsOf = ({ acts }: FieldProps['file']): readonly NamedMember[] =>
  acts.flatMap(({ act, correctedBy }) =>
    act.kind === 'contactPersons' && correctedBy === undefined ? (act.members ?? []) : [],
  )

/** The names that the file knows already. */
function namesIn({ acts, facts }: FieldProps['file']): string[] {
  const named = acts.flatMap(({ act }) => [
    ...('members' in act ? (act.members ?? []) : []),
    ...('talkers' in act ? (act.talkers ?? []) : []),
  ])
  return [...new Set([...named, ...(facts.branch?.offices ?? [])].map((it) => it.name))]
}
