import { Button, type ButtonProps, Group, Popover, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'

interface Props {
  children: ReactNode
  /** What will happen, and whether it can be undone. */
  question: ReactNode
  /** The word on the button that does it, the same verb as the button: “撤销导入”. */
  confirmLabel: string
  onConfirm: () => void
  isBusy?: boolean
  disabled?: boolean
  variant?: ButtonProps['variant']
  /** As small and as quiet as the buttons around it. */
  isQuiet?: boolean
}

/** A button for what should not happen by a slip: it asks once, beside itself. */
export function ConfirmButton({
  children,
  question,
  confirmLabel,
  onConfirm,
  isBusy,
  disabled,
  variant,
  isQuiet = false,
}: Props) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <Popover opened={isAsking} onChange={setIsAsking} width={320} trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button
          variant={variant ?? (isQuiet ? 'subtle' : 'default')}
          {...(isQuiet && { size: 'compact-sm', color: 'gray' })}
          loading={isBusy ?? false}
          disabled={disabled ?? false}
          onClick={() => setIsAsking(true)}
        >
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={confirmLabel}>
        <Text mb="sm">{question}</Text>
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={() => setIsAsking(false)}>
            取消
          </Button>
          <Button
            color="red"
            onClick={() => {
              setIsAsking(false)
              onConfirm()
            }}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}
