import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { cssVariables, theme } from '../ui/theme.ts'
import { styleNonce } from './nonce.ts'

/** The key is that of `public/color-scheme.js`, which runs before the first paint. */
const schemes = localStorageColorSchemeManager({ key: 'zhibu.colour-scheme' })

/** Theme and colour scheme for everything inside; follows the system until somebody chooses. */
export function Look({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={() => styleNonce() ?? ''}
    >
      {children}
    </MantineProvider>
  )
}
