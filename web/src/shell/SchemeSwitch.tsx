import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { oneOf } from '../address.ts'

const schemes = ['auto', 'light', 'dark'] as const

/** Light, dark, or as the system has it. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      aria-label="显示模式"
      fullWidth
      value={colorScheme}
      onChange={(value) => setColorScheme(oneOf(schemes, value) ?? 'auto')}
      data={[
        { value: 'auto', label: '跟随系统' },
        { value: 'light', label: '浅色' },
        { value: 'dark', label: '深色' },
      ]}
    />
  )
}
