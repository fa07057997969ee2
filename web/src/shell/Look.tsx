import { MantineProvider } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { cssVariables, theme } from '../ui/theme.ts'
import { colourSchemes } from './colour-scheme.ts'
import { styleNonce } from './nonce.ts'

/** Theme and colour scheme for everything inside; follows the system until somebody chooses. */
export function Look({ children }: { children: ReactNode }) {
  usePaperInPrint()
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colourSchemes}
      getStyleNonce={() => styleNonce() ?? ''}
    >
      {children}
    </MantineProvider>
  )
}

/** Paper is light: while the page is being printed, so is the scheme. */
function usePaperInPrint() {
  useEffect(() => {
    const attribute = 'data-mantine-color-scheme'
    const root = document.documentElement
    let onScreen = root.getAttribute(attribute)
    const before = () => {
      onScreen = root.getAttribute(attribute)
      root.setAttribute(attribute, 'light')
    }
    const after = () => root.setAttribute(attribute, onScreen ?? 'light')
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
}
