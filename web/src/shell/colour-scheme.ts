import { localStorageColorSchemeManager, type MantineColorScheme, type MantineColorSchemeManager } from '@mantine/core'

const kept = localStorageColorSchemeManager({ key: 'zhibu.colour-scheme' })

/**
 * Keeps the choice between light, dark and what the system has, on this device. A cookie tells it to the server, which
 * writes it into the page, so that it is right from the first paint; a browser without them has it a moment later.
 */
export const colourSchemes: MantineColorSchemeManager = {
  ...kept,
  set(scheme) {
    kept.set(scheme)
    tellServer(scheme)
  },
}

// Anew with every visit, since some browsers keep such a cookie for a week only.
if (kept.get('auto') !== 'auto') tellServer(kept.get('auto'))

function tellServer(scheme: MantineColorScheme): void {
  const inAYear = Date.now() + 365 * 24 * 3600 * 1000
  if (!('cookieStore' in window)) return
  void cookieStore.set({ name: 'zhibu-colour-scheme', value: scheme, expires: inAYear, sameSite: 'lax' })
}
