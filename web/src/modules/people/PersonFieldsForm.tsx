import { Checkbox, Select, TextInput } from '@mantine/core'
import { personKindNames, sexNames } from '@zhibu/server/modules/people/names-schema'
import type { FieldName, PersonPage } from '@zhibu/server/modules/people/schema'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { DayOrMonthInput } from '../../ui/DayOrMonthInput.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { Section } from '../../ui/Section.tsx'
import { DetailsFields } from './DetailsFields.tsx'
import { fieldNames } from './names.ts'
import { type KnownFields, type PersonDraft, shown, withField } from './personDraft.ts'

interface Props {
  draft: PersonDraft
  onChange: (draft: PersonDraft) => void
  /** What stands in the register; empty for somebody new. */
  recorded: KnownFields
  /** The masks of the sealed fields that are on record. */
  masks?: Pick<PersonPage, 'idNumberMask' | 'phoneMask'>
  /** The fields that may be entered; all where it is left out. */
  allowed?: readonly FieldName[]
  error: unknown
}

type TextField =
  | 'name'
  | 'studentNumber'
  | 'ethnicity'
  | 'nativePlace'
  | 'education'
  | 'degree'
  | 'department'
  | 'major'
  | 'grade'
  | 'className'

/** The fields of a person, in groups. What may not be entered is not shown. */
export function PersonFieldsForm({ draft, onChange, recorded, masks, allowed, error }: Props) {
  const may = (field: FieldName) => allowed === undefined || allowed.includes(field)
  const problem = (field: FieldName) => problemIn(error, `set.${field}`) ?? problemIn(error, field)
  const text = (field: TextField) =>
    may(field) && (
      <TextInput
        key={field}
        label={fieldNames[field]}
        value={shown(draft, recorded, field) ?? ''}
        onChange={(event) =>
          onChange(withField(draft, field, event.currentTarget.value || (field === 'name' ? '' : undefined)))
        }
        error={problem(field)}
        required={field === 'name'}
        autoComplete="off"
      />
    )
  const dayOrMonth = (field: 'bornOn' | 'enrolledOn') =>
    may(field) && (
      <DayOrMonthInput
        label={fieldNames[field]}
        value={shown(draft, recorded, field)}
        onChange={(value, wrong) => wrong === undefined && onChange(withField(draft, field, value))}
        error={problem(field)}
      />
    )
  const sealed = (field: 'idNumber' | 'phone', mask: string | null | undefined) =>
    may(field) && (
      <TextInput
        label={fieldNames[field]}
        description={mask ? `现有 ${mask}；填写新号码即替换，不填则保留。` : undefined}
        inputMode={field === 'phone' ? 'tel' : 'text'}
        value={draft.set[field] ?? ''}
        onChange={(event) => onChange(replaced(draft, field, event.currentTarget.value))}
        error={problem(field)}
        autoComplete="off"
      />
    )
  return (
    <>
      <Section title="身份信息">
        <FieldGrid>
          {text('name')}
          {may('sex') && (
            <Select
              label={fieldNames.sex}
              data={choicesOf(sexNames)}
              value={shown(draft, recorded, 'sex') ?? null}
              onChange={(value) => onChange(withField(draft, 'sex', codeIn(sexNames, value)))}
              error={problem('sex')}
              clearable
              clearButtonProps={{ 'aria-label': '清除性别' }}
            />
          )}
          {text('ethnicity')}
          {dayOrMonth('bornOn')}
          {text('nativePlace')}
          {sealed('idNumber', masks?.idNumberMask)}
          {sealed('phone', masks?.phoneMask)}
        </FieldGrid>
      </Section>
      <Section title="学习和工作">
        <FieldGrid>
          {may('kind') && (
            <Select
              label={fieldNames.kind}
              data={choicesOf(personKindNames)}
              value={shown(draft, recorded, 'kind') ?? null}
              onChange={(value) => onChange(withField(draft, 'kind', codeIn(personKindNames, value)))}
              error={problem('kind')}
              clearable
              clearButtonProps={{ 'aria-label': '清除人员类别' }}
            />
          )}
          {(['studentNumber', 'department', 'major', 'grade', 'className', 'education', 'degree'] as const).map(text)}
          {dayOrMonth('enrolledOn')}
          {may('leavesOn') && (
            <DayInput
              label={fieldNames.leavesOn}
              value={shown(draft, recorded, 'leavesOn')}
              onChange={(value, wrong) => wrong === undefined && onChange(withField(draft, 'leavesOn', value))}
              error={problem('leavesOn')}
            />
          )}
        </FieldGrid>
        {may('isMobile') && (
          <Checkbox
            label="流动党员"
            checked={shown(draft, recorded, 'isMobile') ?? false}
            onChange={(event) => onChange(withField(draft, 'isMobile', event.currentTarget.checked))}
          />
        )}
      </Section>
      {may('details') && (
        <DetailsFields
          details={shown(draft, recorded, 'details') ?? {}}
          onChange={(details) =>
            onChange(withField(draft, 'details', Object.keys(details).length > 0 ? { ...details } : undefined))
          }
          error={problem('details')}
        />
      )}
    </>
  )
}

/** An emptied input of a sealed field means “keep it”, since what is kept is not shown. */
function replaced(draft: PersonDraft, field: 'idNumber' | 'phone', typed: string): PersonDraft {
  if (typed !== '') return withField(draft, field, typed)
  const { [field]: _, ...set } = draft.set
  return { ...draft, set }
}
