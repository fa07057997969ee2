import { Button, Group, Modal, Text } from '@mantine/core'

export interface LeavingDialogProps {
  isOpen: boolean
  onLeave: () => void
  onStay: () => void
}

/** Whether to leave what was typed and not sent. */
export function LeavingDialog({ isOpen, onLeave, onStay }: LeavingDialogProps) {
  return (
    <Modal.Root opened={isOpen} onClose={onStay} transitionProps={{ transition: 'fade' }} centered>
      <Modal.Overlay />
      <Modal.Content>
        {/* Not the kit's header, which would be a second banner of the page. */}
        <Modal.Body pt="md">
          <Modal.Title mb="sm" fw={700}>
            还没有保存
          </Modal.Title>
          <Text mb="md">这一页填写的内容还没有保存或提交，离开以后就没有了。</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onLeave}>
              离开，不保存
            </Button>
            <Button data-autofocus onClick={onStay}>
              留在这一页
            </Button>
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
