import { Button, Group, Modal, Text } from '@mantine/core'
import { type ShouldBlockFn, useBlocker } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Asks before a link or the way back takes away the page. */
export function Leaving() {
  useEffect(watchActs, [])
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isLeaving,
    // The forms themselves let the browser ask.
    enableBeforeUnload: false,
    withResolver: true,
  })
  return (
    <Modal.Root
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      transitionProps={{ transition: 'fade' }}
      centered
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* Not the kit's header, which would be a second banner of the page. */}
        <Modal.Body pt="md">
          <Modal.Title mb="sm" fw={700}>
            还没有保存
          </Modal.Title>
          <Text mb="md">这一页填写的内容还没有保存或提交，离开以后就没有了。</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={proceed}>
              离开，不保存
            </Button>
            <Button data-autofocus onClick={reset}>
              留在这一页
            </Button>
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** What in an address puts another part of the same page in place of a form. */
const parts = ['list', 'post']

const isLeaving: ShouldBlockFn = ({ current, next, action }) => {
  // What a form does after it was sent, or when it is given up by its own button, is not asked about.
  if ((action === 'PUSH' || action === 'REPLACE') && !isActed) return false
  const partsOf = (search: object) => JSON.stringify(Object.entries(search).filter(([key]) => parts.includes(key)))
  return current.pathname !== next.pathname || partsOf(current.search) !== partsOf(next.search)
}

/** Whether the reader is clicking or pressing Enter somewhere but on a button just now: a link, a row, a hit of the search. */
let isActed = false

function watchActs(): () => void {
  const act = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key !== 'Enter') return
    if (event.target instanceof Element && event.target.closest('button')) return
    isActed = true
    setTimeout(() => {
      isActed = false
    })
  }
  window.addEventListener('click', act, true)
  window.addEventListener('keydown', act, true)
  return () => {
    window.removeEventListener('click', act, true)
    window.removeEventListener('keydown', act, true)
    isActed = false
  }
}
