import { useEffect, useState } from 'react'

/**
 * Properties of a choice among many whose list is made when it is opened: made with the page, the hundreds that nobody
 * looks at would take longer than all the rest of it.
 */
export function useListWhenOpened() {
  const [isOpen, setIsOpen] = useState(false)
  const [renderings, setRenderings] = useState(0)
  useEffect(() => {
    if (isOpen && renderings < untilNamed) setRenderings(renderings + 1)
    if (!isOpen) setRenderings(0)
  }, [isOpen, renderings])
  return {
    onDropdownOpen: () => setIsOpen(true),
    onDropdownClose: () => setIsOpen(false),
    comboboxProps: { keepMounted: false },
  }
}

/** A new list gets its lasting id in its second rendering, and the input names it in the one after. */
const untilNamed = 2
