import { SegmentedControl, type SegmentedControlProps } from '@mantine/core'
import type { FilingPlace } from '@zhibu/rules'

interface Props extends Pick<SegmentedControlProps, 'mb' | 'w'> {
  value: FilingPlace['subject']
  onChange: (subject: FilingPlace['subject']) => void
}

/** Whether papers of persons are meant, or those of organisations. */
export function SubjectChoice({ value, onChange, ...room }: Props) {
  return (
    <SegmentedControl
      aria-label="归入哪一方的档案"
      data={[
        { value: 'person', label: '个人材料' },
        { value: 'organization', label: '组织材料' },
      ]}
      value={value}
      onChange={(it) => onChange(it === 'organization' ? 'organization' : 'person')}
      {...room}
    />
  )
}
